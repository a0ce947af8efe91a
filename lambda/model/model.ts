/**
 * The words of the program: what is asked about, what speaks about it, and what came of it. Types only.
 *
 * Two laws are in them. A Claim has no way to become a Match, and only a Match makes an owner. What could not be read is
 * a Gap with its reason, and nothing stands for "no resource" but a list that was read whole.
 */
/** Where is looked: one Region of one account. */
export interface Place {
  readonly region: string;
  /** `null` where it could not be learned. */
  readonly accountId: string | null;
}

/** What a caller asks about: one endpoint, by its id, by those of interfaces of it, or by names of its owner. In lower case. */
export type Subject =
  | { readonly kind: 'vpc-endpoint'; readonly id: string }
  | { readonly kind: 'network-interfaces'; readonly ids: readonly [string, ...string[]] }
  | { readonly kind: 'hostnames'; readonly names: readonly [string, ...string[]] };

/** The VPC endpoint that is asked about, as EC2 describes it. */
export interface Endpoint {
  readonly id: string;
  readonly type: string | null;
  /** Lower case. EC2 documents mixed case and sends lower. */
  readonly state: string | null;
  /** `null` where EC2 leaves it out, which is not `true`. */
  readonly requesterManaged: boolean | null;
  readonly serviceName: string | null;
  readonly vpcId: string | null;
  readonly subnetIds: readonly string[];
  readonly networkInterfaceIds: readonly string[];
  readonly securityGroupIds: readonly string[];
  readonly createdAt: Date | null;
  readonly ownerId: string | null;
  readonly tags: Readonly<Record<string, string>>;
}

export interface Network {
  readonly vpcId?: string | undefined;
  readonly subnetIds?: readonly string[] | undefined;
  readonly securityGroupIds?: readonly string[] | undefined;
}

/** What a service owns, with all that it says of where its endpoints are. Resolvers make these, and compare nothing. */
export interface Resource {
  /** CloudFormation's type name, or one made after their pattern. */
  readonly type: string;
  readonly id: string;
  readonly arn: string | null;
  readonly parentArn?: string | null;
  /** Each of these proves an endpoint to be its. */
  readonly shows: {
    readonly endpointIds?: readonly string[] | undefined;
    readonly interfaceIds?: readonly string[] | undefined;
    readonly hostnames?: readonly string[] | undefined;
    /** Endpoint services that lead to it alone. */
    readonly serviceNames?: readonly string[] | undefined;
  };
  readonly network: Network;
  /** How many endpoints it can have, where that is documented; `as-listed`: `shows` has them all. Absent: nobody says. */
  readonly mostEndpoints?: number | 'as-listed';
  readonly createdAt?: Date | undefined;
  /** `unsure`: why its endpoints are not known yet. */
  readonly state?: 'deleting' | { readonly unsure: string } | undefined;
  /** An ARN that this list does not have, with the resource that it is of. */
  readonly lacks?: { readonly member: 'arn' | 'parentArn'; readonly type: string; readonly id: string };
  /** What refuses its removal until it is taken off, as its service says: `delete protection`. Absent: nobody says. */
  readonly protections?: readonly string[];
  /** What the console calls it, where that is not its id. */
  readonly consoleId?: string;
}

/** An item of a list that could not be read. It does not hide the others. */
export interface Unreadable {
  readonly error: unknown;
}

/** One page of a list, in the list's order. */
export type Items = readonly (Resource | Unreadable)[];

export interface ServiceRef {
  readonly id: string;
  readonly name: string;
}

/** A tag, a service name or a creation points at a service, and perhaps at a resource that can be asked for. */
export interface Claim {
  readonly source: 'endpoint-tag' | 'service-name' | 'cloudtrail';
  readonly service: ServiceRef;
  /** The services whose resources it speaks for. */
  readonly speaksFor: readonly string[];
  readonly statement: string;
  /** The ARN of the resource that it names. */
  readonly names?: string;
  /** Anyone who may tag can have written it. */
  readonly written?: true;
}

/**
 * What became of a claim. `refuted`: the resource that it names does not hold the endpoint; `unfit`: it speaks against
 * what EC2 says of the endpoint; `gone`: that resource does not exist; `foreign`: it is another account's, and could not
 * be read.
 */
export type Standing = 'stands' | 'refuted' | 'unfit' | 'gone' | 'foreign';
export type JudgedClaim = Claim & { readonly standing: Standing };

/**
 * A resource holds the endpoint. The only thing that makes an owner; equal addresses, or an endpoint service that the resource
 * names, prove less than an id or an alias.
 */
export interface Match {
  readonly service: ServiceRef;
  readonly resource: Resource;
  readonly by: 'id' | 'alias' | 'service-name' | 'address';
  readonly statement: string;
}

/** Nothing proves that the resource holds the endpoint, and nothing excludes it. */
export interface Doubt {
  readonly service: ServiceRef;
  readonly resource: Resource;
  /** Same VPC, subnets and security group: worth to be shown as a candidate. */
  readonly sharesNetwork: boolean;
  /** Another endpoint of it is known, or it was made after this one: it comes after others, and is not left out. */
  readonly lessLikely: boolean;
}

export type GapKind =
  | 'denied'
  | 'throttled'
  | 'credentials'
  | 'timed-out'
  | 'malformed'
  | 'unreachable'
  | 'not-in-region'
  | 'undecided'
  | 'error';

/** Something that could have changed the answer was not learned. */
export interface Gap {
  readonly kind: GapKind;
  /** The IAM action of the call, `ec2:DescribeVpcEndpoints`, where the failure was that of an AWS call. */
  readonly action: string | null;
  /** One clause that a person can act on. */
  readonly reason: string;
}

/** What became of one check for one endpoint. There is no other way for it to end, and no default. */
export type Coverage =
  /** `without`: what the service makes endpoints for that was not asked for. */
  | { readonly read: 'whole'; readonly without: string | null; readonly note: string | null }
  | { readonly read: 'partly'; readonly gaps: readonly [Gap, ...Gap[]] }
  | { readonly read: 'not'; readonly because: NotRead; readonly reason: string };

/** `not-asked`: no resolver asks this service, and it may have made the endpoint. The others cannot change the answer. */
export type NotRead = 'ruled-out' | 'owner-found' | 'out-of-reach' | 'not-in-region' | 'not-asked';

export interface Check {
  readonly name: string;
  readonly coverage: Coverage;
  /** Whether it found what holds the endpoint, or who made it. */
  readonly matched: boolean;
  /** AWS requests sent, retries included. */
  readonly apiCalls: number;
  /** Those of them that AWS throttled. */
  readonly throttled: number;
  readonly durationMs: number;
}

/** One endpoint, and all that was found. */
export interface Case {
  readonly endpoint: Endpoint;
  /** Where was looked. */
  readonly place: Place;
  readonly creation: Creation | null;
  readonly claims: readonly JudgedClaim[];
  /** Everything that holds it by id or alias, each resource once: one is the owner, two are a contradiction. */
  readonly owners: readonly Match[];
  /** A resource lists it, but a narrower one that could not be read may hold it. */
  readonly listedBy: readonly Match[];
  /** What holds it by the name of its endpoint service, or by address. */
  readonly probable: readonly Match[];
  readonly doubts: readonly Doubt[];
  readonly checks: readonly Check[];
}

/** Who made an endpoint, as CloudTrail's record of it says. All of it is a claim. */
export interface Creation {
  readonly eventTime: Date | null;
  /** The creating service's principal, `rds.amazonaws.com`; `null` when a person's own call made the endpoint. */
  readonly principal: string | null;
  /** `AWSServiceRoleForRDS`, or a customer's role. */
  readonly roleName: string | null;
  /** Session and user names, wherever the record has them: `RDSSlrAssumptionSession`. */
  readonly sessionNames: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
  /** Principals of services that logged an operation of the same name for this endpoint: `es.amazonaws.com`. */
  readonly claimedBy: readonly string[];
}
