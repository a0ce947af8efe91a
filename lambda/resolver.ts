/** What a resolver is: one AWS service that puts VPC endpoints into its customers' VPCs. */
import type { Aws } from './aws/clients.ts';
import type { Endpoint } from './aws/endpoint.ts';
import type { Place } from './aws/region.ts';
import type { Creation } from './evidence/cloudtrail.ts';
import type { Evidence, Owner } from './http/contract.ts';

/** All that is known of an endpoint before any service is asked. */
export interface Traces {
  readonly endpoint: Endpoint;
  /** The creation event, once CloudTrail has answered. */
  readonly creation: Creation | null;
}

/** Something says that this service made the endpoint. Only the service's own API can confirm it. */
export interface Claim {
  readonly source: Extract<Evidence['source'], 'endpoint-tag' | 'service-name' | 'cloudtrail'>;
  readonly statement: string;
  /** The resource that is named, as `confirm` takes it. */
  readonly resource?: string;
}

export interface Recognition {
  readonly claims: readonly Claim[];
  /** Why the endpoint cannot be this service's. Only for what EC2 itself says: tags can be written by anyone. */
  readonly ruledOut?: string;
  /** The endpoint is not of the kind that this service makes, as far as is known: it is asked last. */
  readonly unlikely?: boolean;
}

/** A resource that can hold endpoints, with all that its service says of where they are. */
export interface Attachment {
  readonly owner: Owner;
  /** Endpoints that the service lists for the resource. */
  readonly vpcEndpointIds?: readonly string[];
  /** Network interfaces of those endpoints, where the service lists them. */
  readonly networkInterfaceIds?: readonly string[];
  /** Names that the resource answers on. */
  readonly hostnames?: readonly string[];
  readonly vpcId?: string | undefined;
  readonly subnetIds?: readonly string[] | undefined;
  readonly securityGroupIds?: readonly string[] | undefined;
  readonly createdAt?: Date | undefined;
  readonly deleting?: boolean;
  /** How many endpoints the resource has, where its service lists fewer. Default 1. */
  readonly endpointCount?: number;
  /** Why this resource, though it may hold the endpoint, cannot be told to: it has no hostname yet. */
  readonly undecided?: string | undefined;
  /** Its list may name an endpoint that belongs to a narrower resource of the same service. */
  readonly givesWay?: boolean;
  /** An ARN of the owner that this list does not have. */
  readonly missing?: MissingArn;
}

/** An item of a list that could not be read. It does not hide the others. */
export interface Unreadable {
  readonly error: unknown;
}

/** What comes at once. */
export type Page = readonly (Attachment | Unreadable)[];

/** It may be in what another list of the service shows; where it is not, it is asked for, for the match only. */
export interface MissingArn {
  readonly member: 'arn' | 'parentArn';
  readonly resourceType: string;
  readonly resourceId: string;
  readonly ask: (aws: Aws) => Promise<string | undefined>;
}

/** One list of a service's resources. */
export interface AttachmentList {
  /** The service leaves out what is in other VPCs than the scope's. A list of the whole Region serves every lookup. */
  readonly byVpc: boolean;
  /** Page by page. Errors are thrown. */
  readonly read: (aws: Aws, scope: Scope) => AsyncIterable<Page>;
}

/** Which resources may be left out of a listing. */
export interface Scope extends Place {
  /** What cannot hold an endpoint in this VPC, for lists that are `byVpc`; `null`: nothing. */
  readonly vpcId: string | null;
}

export interface Removal {
  readonly summary: string;
  /** Program and arguments; they are quoted for the shell later. */
  readonly commands: readonly (readonly string[])[];
  readonly warnings: readonly string[];
  readonly documentation: string;
}

export interface Resolver {
  readonly id: string;
  readonly name: string;
  /** IAM actions of every call below. */
  readonly actions: readonly string[];
  /** What the traces say for or against this service. Pure. */
  readonly recognise: (traces: Traces) => Recognition;
  /** The lists of the resources that can hold an endpoint, all of them read at the same time. */
  readonly attachments: readonly AttachmentList[];
  /** The resource that a claim names: the cheapest calls first. Yields nothing when it does not exist. */
  readonly confirm?: (aws: Aws, resource: string, place: Place) => AsyncIterable<Page>;
  /** What removes a resource, and the endpoint with it. */
  readonly removal: (owner: Owner, place: Place) => Removal;
}
