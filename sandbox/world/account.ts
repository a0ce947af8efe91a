/** What an AWS account holds, in the words of the AWS APIs. The services answer from it, the builders fill it. */
export interface Account {
  readonly accountId: string;
  readonly regions: Record<string, Region>;
  /** Every name the sandbox's DNS server knows; a name not in it does not exist (NXDOMAIN). Lower case, no final dot. */
  readonly dns: Record<string, DnsName>;
}

/** Exactly one alias, or addresses; a name with neither exists and has no records (NODATA). */
export interface DnsName {
  readonly cname?: string;
  readonly a?: readonly string[];
  readonly aaaa?: readonly string[];
}

/** The resources of one Region: lists of rows by name, each what the service's own operation returns. */
export type Region = Record<string, object[]>;

/** Finds a service's lists in a Region. */
export type Rows<Lists extends Region = Region> = (region: Region) => Lists;

/**
 * Declares a service's lists, by their names and what is in them where nothing is made yet: nothing.
 *
 * @example const rows = rowsOf({ dbProxies: [] as DBProxy[] });
 */
export function rowsOf<Lists extends Region>(none: Lists): Rows<Lists> {
  const names = Object.keys(none);
  return (region) => {
    for (const name of names) region[name] ??= [];
    return region as Lists;
  };
}

/** A resource that is deleted between the list and the question about it is listed, and not found. */
export interface Describable {
  readonly describable?: boolean;
}
