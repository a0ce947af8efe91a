import type { Event } from '@aws-sdk/client-cloudtrail';
import type { VpcEndpoint } from '@aws-sdk/client-ec2';
import { type Creator, callerOf } from './creator.ts';
import { trailRows } from './rows.ts';
import type { Scope } from './scope.ts';

export type Tags = Readonly<Record<string, string>>;

export interface EventOptions {
  readonly creator?: Creator;
  /** The tags asked for at the creation, where they are not those that the service writes. */
  readonly tags?: Tags;
  /** CloudTrail makes JSON of EC2's XML and has been seen to make `true` a boolean: suspected for tags too. */
  readonly tagValues?: 'text' | 'typed';
  /** A list of one: CloudTrail has been seen to write the bare item. */
  readonly lists?: 'bare' | 'array';
  /** An earlier call of the same creator that EC2 refused. */
  readonly failedBefore?: boolean;
  /**
   * Services that log an operation of the same name for this endpoint a minute before it is made, `es` or `aoss`. That
   * their records list its id is suspected only.
   */
  readonly claimedBy?: readonly string[];
  /** `false` leaves EC2's own record out, and all the others in. */
  readonly creation?: false;
  /** Later calls that name the endpoint, each by a person, a minute apart. */
  readonly later?: readonly ('CreateTags' | 'DeleteVpcEndpoints' | 'ModifyVpcEndpoint')[];
}

/** CloudTrail's event history ends here. */
const historyDays = 90;

/** What the event history holds of an endpoint's creation. */
export function recordCreation(
  scope: Scope,
  endpoint: VpcEndpoint,
  createdAt: Date,
  creator: Creator,
  serviceTags: Tags,
  options: EventOptions,
): void {
  if (createdAt <= scope.daysAgo(historyDays)) return;
  const add = (part: string, call: Omit<Call, 'endpoint' | 'requestId'>): void => {
    const requestId = scope.uuidOf(`request/${endpoint.VpcEndpointId}/${part}`);
    trailRows(scope.resources).events.push(toEvent(scope, { ...call, endpoint, requestId }));
  };
  const { creator: caller = creator, tags = serviceTags } = options;
  const shape = shapeOf(options);
  const request = { CreateVpcEndpointRequest: requestOf(endpoint, tags, shape) };
  const call = { name: 'CreateVpcEndpoint', caller, request };

  if (options.failedBefore === true) {
    const error = { errorCode: 'Client.InvalidParameter', errorMessage: 'The subnet has no free address.' };
    add('failed', { ...call, at: moved(scope, createdAt, -30), response: null, error });
  }
  const response = { CreateVpcEndpointResponse: responseOf(endpoint, createdAt, tags, shape) };
  for (const service of options.claimedBy ?? []) {
    const source = `${service}.amazonaws.com`;
    const claim = claimOf(service, endpoint);
    add(`claim/${service}`, { ...call, ...claim, source, at: moved(scope, createdAt, -60) });
  }
  if (options.creation !== false) add('created', { ...call, at: createdAt, response });
  for (const [index, name] of (options.later ?? []).entries()) {
    add(`later/${index}`, {
      name,
      caller: { kind: 'user', name: 'alice' },
      at: moved(scope, createdAt, 60 * (index + 1)),
      request: { [`${name}Request`]: { VpcEndpointId: { tag: 1, content: endpoint.VpcEndpointId } } },
      response: { [`${name}Response`]: { return: true } },
    });
  }
}

/** What OpenSearch Service and OpenSearch Serverless are asked, and what they answer. */
function claimOf(service: string, { VpcEndpointId, VpcId, SubnetIds }: VpcEndpoint) {
  const caller: Creator = { kind: 'user', name: 'alice' };
  return service === 'es'
    ? {
        caller,
        request: { domainArn: '', vpcOptions: { subnetIds: SubnetIds } },
        response: { vpcEndpoint: { vpcEndpointId: 'aos-0123456789abcdef', status: 'CREATING' } },
      }
    : {
        caller,
        request: { name: 'endpoint', vpcId: VpcId, subnetIds: SubnetIds },
        response: { createVpcEndpointDetail: { id: VpcEndpointId, name: 'endpoint', status: 'PENDING' } },
      };
}

interface Call {
  readonly name: string;
  /** EC2, where it is left out. */
  readonly source?: string;
  readonly caller: Creator;
  readonly at: Date;
  readonly endpoint: VpcEndpoint;
  readonly requestId: string;
  readonly request: object;
  readonly response: object | null;
  readonly error?: { readonly errorCode: string; readonly errorMessage: string };
}

function toEvent(scope: Scope, call: Call): Event {
  const { userIdentity, username, source, userAgent, accessKeyId } = callerOf(scope, call.caller, call.at);
  const { source: eventSource = 'ec2.amazonaws.com' } = call;
  const eventTime = new Date(Math.floor(call.at.getTime() / 1000) * 1000);
  const eventId = scope.uuidOf(`event/${call.requestId}`);
  const record = {
    eventVersion: '1.11',
    userIdentity,
    eventTime: eventTime.toISOString().replace('.000Z', 'Z'),
    eventSource,
    eventName: call.name,
    awsRegion: scope.region,
    sourceIPAddress: source,
    userAgent,
    ...call.error,
    requestParameters: call.request,
    responseElements: call.response,
    requestID: call.requestId,
    eventID: eventId,
    readOnly: false,
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: scope.accountId,
    eventCategory: 'Management',
  };
  return {
    EventId: eventId,
    EventName: call.name,
    ReadOnly: 'false',
    ...(accessKeyId === undefined ? {} : { AccessKeyId: accessKeyId }),
    EventTime: eventTime,
    EventSource: eventSource,
    Username: username,
    Resources: resourcesOf(call),
    CloudTrailEvent: JSON.stringify(record),
  };
}

/** A refused call made no endpoint, so its event names none. */
function resourcesOf({ endpoint, response }: Call): Event['Resources'] {
  const named = (type: string) => (name: string | undefined) => ({
    ResourceType: `AWS::EC2::${type}`,
    ResourceName: name,
  });
  return [
    ...[endpoint.VpcId].map(named('VPC')),
    ...(response === null ? [] : [endpoint.VpcEndpointId].map(named('VPCEndpoint'))),
    ...(endpoint.SubnetIds ?? []).map(named('Subnet')),
    ...(endpoint.Groups ?? []).map(({ GroupId }) => GroupId).map(named('SecurityGroup')),
  ];
}

interface Shape {
  list<T>(items: readonly T[]): T | readonly T[];
  value(text: string): string | boolean | number;
}

function shapeOf({ tagValues = 'typed', lists = 'bare' }: EventOptions): Shape {
  return {
    list: (items) => (lists === 'bare' && items.length === 1 && items[0] !== undefined ? items[0] : items),
    value: (text) => (tagValues === 'typed' ? typed(text) : text),
  };
}

function typed(text: string): string | boolean | number {
  if (text === 'true' || text === 'false') return text === 'true';
  return /^[1-9]\d{0,14}$/.test(text) ? Number(text) : text;
}

/** CloudTrail numbers the items of EC2's request lists in a key called `tag`. */
function requestOf(endpoint: VpcEndpoint, tags: Tags, shape: Shape): object {
  const items = (values: readonly (string | undefined)[] = []) =>
    shape.list(values.map((content, index) => ({ tag: index + 1, content })));
  const tagList = Object.entries(tags).map(([Key, value], index) => ({
    Value: shape.value(value),
    tag: index + 1,
    Key,
  }));
  return {
    VpcId: endpoint.VpcId,
    ServiceName: endpoint.ServiceName,
    VpcEndpointType: endpoint.VpcEndpointType,
    SubnetId: items(endpoint.SubnetIds),
    ...(endpoint.Groups?.length
      ? { SecurityGroupId: items(endpoint.Groups.map(({ GroupId }) => GroupId)) }
      : {}),
    ...(tagList.length === 0
      ? {}
      : {
          TagSpecification: shape.list([{ ResourceType: 'vpc-endpoint', tag: 1, Tag: shape.list(tagList) }]),
        }),
  };
}

function responseOf(endpoint: VpcEndpoint, createdAt: Date, tags: Tags, shape: Shape): object {
  const set = <T>(items: readonly T[]) => (items.length === 0 ? '' : { item: shape.list(items) });
  return {
    xmlns: 'http://ec2.amazonaws.com/doc/2016-11-15/',
    vpcEndpoint: {
      vpcEndpointId: endpoint.VpcEndpointId,
      vpcEndpointType: endpoint.VpcEndpointType,
      vpcId: endpoint.VpcId,
      serviceName: endpoint.ServiceName,
      state: 'pending',
      requesterManaged: endpoint.RequesterManaged,
      creationTimestamp: createdAt.toISOString(),
      ownerId: Number(endpoint.OwnerId),
      ipAddressType: endpoint.IpAddressType,
      subnetIdSet: set((endpoint.SubnetIds ?? []).map((subnetId) => ({ subnetId }))),
      groupSet: set(
        (endpoint.Groups ?? []).map(({ GroupId }) => ({ groupId: GroupId, groupName: 'default' })),
      ),
      tagSet: set(Object.entries(tags).map(([key, value]) => ({ key, value: shape.value(value) }))),
      dnsEntrySet: '',
      networkInterfaceIdSet: '',
      routeTableIdSet: '',
    },
  };
}

/** No event is of the future, and none is older than the history. */
function moved(scope: Scope, time: Date, seconds: number): Date {
  const latest = Math.min(time.getTime() + seconds * 1000, scope.now.getTime());
  return new Date(Math.max(latest, scope.daysAgo(historyDays).getTime() + 1000));
}
