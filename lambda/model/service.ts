/**
 * What a resolver is: one AWS service that makes VPC endpoints in its customers' VPCs. Types only.
 *
 * `unlisted` is not optional: a service must say what it makes endpoints for that no list of it shows, for a false orphan
 * hangs on it.
 */
import type { NodeHttpHandler } from '@smithy/node-http-handler';
import type { Endpoint, Items, Place, Resource, ServiceRef } from './model.ts';

/** What an SDK file exports: the client's class, its commands and paginators, and the prefix of its IAM actions. */
export interface Sdk {
  readonly Client: new (settings: ClientSettings) => object;
  readonly prefix: string;
}

export interface ClientSettings {
  readonly region: string;
  readonly requestHandler: NodeHttpHandler;
  /** Not adaptive: that holds back every call of a client whose service throttled one, for as long as it sees fit. */
  readonly retryMode: 'standard';
  readonly maxAttempts: number;
  /** Elsewhere than at AWS, and as somebody else than the SDK's chain of providers says. */
  readonly endpoint?: string;
  /** An endpoint of one's own is asked under the name that it has: some APIs put another label before it. */
  readonly disableHostPrefix?: true;
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/** Hands out a service's client with the commands and paginators that go with it. */
export type Aws = <M extends Sdk>(
  load: () => Promise<M>,
) => Promise<M & { readonly client: InstanceType<M['Client']> }>;

/**
 * IAM actions, each with what it is granted on: anything, or the ARNs of `rds` and `db-proxy:*`. The account is this one, or
 * any where it is `*`: a resource that is shared has its owner's account in its ARN.
 *
 * Lists are granted on anything. IAM's data does not say that a list honours a resource, and nobody has seen it work: a list
 * that is refused, or leaves something out, is worse. They only read, and only in the allowed Regions.
 */
export type Actions = Readonly<Record<string, 'anything' | readonly ArnPattern[]>>;
export type ArnPattern = readonly [service: string, resource: string, account?: '*'];

/** Services that one principal makes endpoints for. */
export interface Family extends ServiceRef {
  readonly principals: readonly string[];
  readonly roles: readonly string[];
}

/** How a service's endpoints are known before the service is asked. */
export interface Marks {
  /** First labels of the service principals that make its endpoints, and of nobody else's. */
  readonly principals?: readonly string[];
  readonly roles?: readonly string[];
  readonly family?: Family;
  /** Session names that tell it from the others of its family. */
  readonly session?: RegExp;
  /** Endpoint service names that are this service's alone. EC2 sets them, so they rule every other service out. */
  readonly serviceName?: RegExp;
  /** Its endpoints never have another service name: AWS's own policy says so. */
  readonly serviceNameAlways?: true;
  /** `arn`: the value names the resource; `any`: the key is enough. */
  readonly tags?: Readonly<Record<string, 'arn' | 'any' | RegExp>>;
  /** It makes no endpoint without one of these tags: AWS's own policies say so. Tags can be taken off, so one without is asked about last. */
  readonly tagsAlways?: true;
  /** The endpoint types that it is known to make. Of others it is asked last, and its tags do not stand. */
  readonly types?: readonly string[];
  /** Endpoint types that it cannot make, with the reason. */
  readonly never?: Readonly<Record<string, string>>;
}

/** Resources that a person has to look for by hand, and the command that shows them. */
export interface ByHand {
  /** `the MSK Serverless cluster or managed VPC connection` */
  readonly what: string;
  /** One command that only reads; absent where the service has none. Its Region is added. */
  readonly command?: readonly string[];
  /** The endpoint types that it can be about; absent: any. */
  readonly types?: readonly string[];
}

export interface Removal {
  readonly summary: string;
  /** Program and arguments; they are quoted for the shell later. */
  readonly commands: readonly (readonly string[])[];
  readonly warnings: readonly string[];
  readonly documentation: string;
}

/** Which resources may be left out of a list. */
export interface Scope extends Place {
  /** What cannot hold an endpoint in this VPC, for lists that are `byVpc`; `null`: nothing. */
  readonly vpcId: string | null;
}

/** One list of a service's resources. */
export interface List {
  /** The service leaves out what is in other VPCs than the scope's. */
  readonly byVpc?: true;
  /** Its resources may list what belongs to a narrower one of these lists. */
  readonly yieldsTo?: readonly List[];
  /** The name of the endpoint service, where it tells the lists apart: for an endpoint with this name, this list is read before the others. */
  readonly serviceName?: RegExp;
  /** Page by page. Errors are thrown. */
  readonly read: (aws: Aws, scope: Scope) => AsyncIterable<Items>;
}

/** One AWS service that makes VPC endpoints: data first. One without lists is known by its marks only. */
export interface Service extends ServiceRef {
  readonly marks: Marks;
  /** What the ids of its resources look like, where nothing else has such ids. In lower case, without anchors. */
  readonly ids?: RegExp;
  /** The IAM actions of every call below. */
  readonly actions: Actions;
  /** The lists of the resources that can hold an endpoint. */
  readonly lists: readonly List[];
  /** Asked when no other service has shown the owner, or when a claim speaks for it: its lists take a call for each resource, or settle little. */
  readonly askedLast?: true;
  /** What it makes endpoints for that no list above shows; `null`: they show all. */
  readonly unlisted: ByHand | null;
  /** The resource that a claim names: the cheapest calls first. Yields nothing when it does not exist. */
  readonly named?: {
    readonly arn: RegExp;
    readonly read: (aws: Aws, arn: string, place: Place) => AsyncIterable<Items>;
  };
  /** Fetches what the list does not say of an owner: ARNs that are missing. Errors are thrown. */
  readonly detail?: (aws: Aws, resource: Resource) => Promise<Resource>;
  /** This deployment does not ask it. */
  readonly isOff?: true;
  /** Services whose resources it makes endpoints for. */
  readonly makesFor?: readonly string[];
  /** Path of the console's page of a resource. */
  readonly console?: (resource: Resource) => string;
  /** What removes the endpoint: the smallest act first. */
  readonly removal?: (resource: Resource, place: Place, endpoint: Endpoint) => Removal;
}
