/** What a service of the sandbox is. Types only. */
import type { AwsError, Input, Protocol } from '../protocols/protocol.ts';
import type { Account, Region, Rows } from '../world/account.ts';
import type { Creator } from '../world/creator.ts';
import type { Example } from '../world/example.ts';
import type { Generation, Kind } from '../world/generation.ts';
import type { Scope } from '../world/scope.ts';

/**
 * One service that makes VPC endpoints, or that is asked about them: all that the sandbox knows of it. A service is
 * written `as const satisfies Service`, so that the compiler knows the names of its operations, rows and builders.
 */
export interface Service {
  /** As owners name it: `rds-proxy`. */
  readonly id: string;
  /** The AWS API that its operations belong to; two services may share one. Absent: it is known by its marks only. */
  readonly api?: Api;
  readonly operations?: Readonly<Record<string, Operation>>;
  readonly rows?: Rows;
  /** Who calls CreateVpcEndpoint for it. */
  readonly creator?: Creator;
  /** What tests make of it: `region.rdsProxy({...})`. */
  readonly builders?: Readonly<Record<string, (scope: Scope, ...options: never[]) => object>>;
  /** What the demo account has of it, and what is asked about that. */
  readonly examples?: (scope: Scope) => readonly Example[];
  /** What a generated account has of it: each makes one resource. */
  readonly kinds?: (generation: Generation) => readonly Kind[];
}

/** One of AWS's APIs, by the name that it has in SigV4 and in IAM actions: those are the same for all of these. */
export interface Api {
  readonly id: string;
  readonly protocol: Protocol;
  /** The field that carries the page token, in requests and in answers. */
  readonly pageToken: string;
  readonly invalidPageToken: (token: string) => AwsError;
}

export type Operation = (input: Input, context: Context) => object;

export interface Context {
  readonly account: Account;
  readonly regionName: string;
  readonly region: Region;
  readonly now: () => Date;
  /** One page of a list under the name of its field, with the token of the next page if there is one. */
  readonly page: (field: string, items: readonly (object | string)[], size: number | undefined) => object;
  /** Whether the Region's quota of lookups per second has room for one more, which this takes. */
  readonly takeLookup: () => boolean;
}
