import type { NetworkInterface, Tag, VpcEndpoint } from '@aws-sdk/client-ec2';
import { ec2Query } from '../protocols/ec2-query.ts';
import { AwsError, type Input } from '../protocols/protocol.ts';
import { ec2Rows } from '../world/rows.ts';
import { filters, pageSize, texts } from './input.ts';
import type { Service } from './service.ts';

/**
 * EC2's two questions about VPC endpoints. There is no `requester-managed` filter for endpoints, only for interfaces.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeVpcEndpoints.html
 */
export const ec2 = {
  id: 'ec2',
  api: {
    id: 'ec2',
    protocol: ec2Query,
    pageToken: 'NextToken',
    invalidPageToken: (token) => invalidValue(token, 'NextToken', 'The token is invalid.'),
  },
  rows: ec2Rows,
  operations: {
    DescribeVpcEndpoints: (input, { region, page }) => {
      checkFields(input, ['VpcEndpointIds', ...commonFields]);
      const ids = texts(input, 'VpcEndpointIds');
      const size = maxResults(input, ids);
      const named = select(
        ec2Rows(region).vpcEndpoints,
        (endpoint) => endpoint.VpcEndpointId,
        ids,
        endpointIds,
      );
      return page(
        'VpcEndpoints',
        filtered(named, input, endpointFilters, (endpoint) => endpoint.Tags),
        size,
      );
    },

    DescribeNatGateways: (input, { region, page }) => {
      checkFields(input, commonFields);
      return page('NatGateways', ec2Rows(region).natGateways, maxResults(input, undefined));
    },

    DescribeNetworkInterfaces: (input, { region, page }) => {
      checkFields(input, ['NetworkInterfaceIds', 'IncludeManagedResources', ...commonFields]);
      const ids = texts(input, 'NetworkInterfaceIds');
      const size = maxResults(input, ids);
      /** What a service manages may be hidden from lists; who knows its id is shown it. */
      const hidden = ids === undefined && input['IncludeManagedResources'] !== true;
      const named = select(
        ec2Rows(region).networkInterfaces.filter(
          ({ Operator }) => !hidden || Operator?.HiddenByDefault !== true,
        ),
        (networkInterface) => networkInterface.NetworkInterfaceId,
        ids,
        interfaceIds,
      );
      const matching = filtered(
        named,
        input,
        interfaceFilters,
        (networkInterface) => networkInterface.TagSet,
      );
      return page('NetworkInterfaces', matching, size);
    },
  },
} as const satisfies Service;

const largestPage = 1000;

/**
 * Over all filters of a call.
 *
 * @see https://github.com/gjbae1212/gossm/issues/47 has the error of DescribeInstances; others are taken to word it alike
 */
const mostFilterValues = 200;

const commonFields = ['Filters', 'MaxResults', 'NextToken', 'DryRun'];

function checkFields(input: Input, known: readonly string[]): void {
  const unknown = Object.keys(input).find((field) => !known.includes(field));
  if (unknown !== undefined) {
    throw new AwsError('UnknownParameter', `The parameter ${unknown} is not recognized`);
  }
  if (input['DryRun'] === true) {
    throw new AwsError('DryRunOperation', 'Request would have succeeded, but DryRun flag is set.', 412);
  }
}

/** EC2 lets nobody ask for fewer than 5, and answers 1000 at once to whoever asks for more (documented). */
function maxResults(input: Input, ids: readonly string[] | undefined): number {
  const limits = { min: 5, max: Number.POSITIVE_INFINITY };
  const size = pageSize(input, 'MaxResults', limits, (value) =>
    invalidValue(value, 'maxResults', 'Expecting a value greater than 5.'),
  );
  if (size !== undefined && ids !== undefined) {
    throw new AwsError(
      'InvalidParameterCombination',
      'The parameter MaxResults cannot be used together with a list of resource ids in the same request',
    );
  }
  return Math.min(size ?? largestPage, largestPage);
}

interface IdRules {
  readonly form: RegExp;
  readonly malformed: (id: string) => AwsError;
  readonly notFound: (ids: string) => AwsError;
}

const endpointIds: IdRules = {
  form: /^vpce-([0-9a-f]{8}|[0-9a-f]{17})$/,
  malformed: (id) => new AwsError('InvalidVpcEndpointId.Malformed', `Invalid Id: '${id}'`),
  notFound: (ids) =>
    new AwsError('InvalidVpcEndpointId.NotFound', `The Vpc Endpoint Id '${ids}' does not exist`),
};

const interfaceIds: IdRules = {
  form: /^eni-([0-9a-f]{8}|[0-9a-f]{17})$/,
  malformed: (id) => new AwsError('InvalidNetworkInterfaceId.Malformed', `Invalid id: "${id}"`),
  notFound: (ids) =>
    new AwsError('InvalidNetworkInterfaceID.NotFound', `The networkInterface ID '${ids}' does not exist`),
};

/** What the ids name: one that is malformed or unknown fails the whole call. */
function select<T>(
  all: readonly T[],
  idOf: (item: T) => string | undefined,
  ids: readonly string[] | undefined,
  rules: IdRules,
): readonly T[] {
  if (ids === undefined) return all;
  const malformed = ids.find((id) => !rules.form.test(id));
  if (malformed !== undefined) throw rules.malformed(malformed);
  const unknown = ids.filter((id) => !all.some((item) => idOf(item) === id));
  if (unknown.length > 0) throw rules.notFound(unknown.join(', '));
  return all.filter((item) => ids.includes(idOf(item) ?? ''));
}

type FilterTable<T> = Readonly<Record<string, (item: T) => readonly (string | boolean | undefined)[]>>;

const endpointFilters: FilterTable<VpcEndpoint> = {
  'ip-address-type': (endpoint) => [endpoint.IpAddressType],
  'service-name': (endpoint) => [endpoint.ServiceName],
  'service-region': (endpoint) => [endpoint.ServiceRegion],
  'vpc-endpoint-id': (endpoint) => [endpoint.VpcEndpointId],
  'vpc-endpoint-state': (endpoint) => [endpoint.State],
  'vpc-endpoint-type': (endpoint) => [endpoint.VpcEndpointType],
  'vpc-id': (endpoint) => [endpoint.VpcId],
};

/** Those that have to do with endpoints, of the many that EC2 has. */
const interfaceFilters: FilterTable<NetworkInterface> = {
  'addresses.private-ip-address': (eni) =>
    (eni.PrivateIpAddresses ?? []).map((address) => address.PrivateIpAddress),
  'availability-zone': (eni) => [eni.AvailabilityZone],
  description: (eni) => [eni.Description],
  'group-id': (eni) => (eni.Groups ?? []).map((group) => group.GroupId),
  'interface-type': (eni) => [eni.InterfaceType],
  'ipv6-addresses.ipv6-address': (eni) => (eni.Ipv6Addresses ?? []).map((address) => address.Ipv6Address),
  'network-interface-id': (eni) => [eni.NetworkInterfaceId],
  'owner-id': (eni) => [eni.OwnerId],
  'private-ip-address': (eni) => [eni.PrivateIpAddress],
  'requester-id': (eni) => [eni.RequesterId],
  'requester-managed': (eni) => [eni.RequesterManaged],
  status: (eni) => [eni.Status],
  'subnet-id': (eni) => [eni.SubnetId],
  'vpc-id': (eni) => [eni.VpcId],
};

/** Items that fit every filter, in one of its values; `*` and `?` are wildcards unless a backslash precedes them. */
function filtered<T>(
  items: readonly T[],
  input: Input,
  table: FilterTable<T>,
  tagsOf: (item: T) => readonly Tag[] | undefined,
): readonly T[] {
  const asked = filters(input);
  if (asked.flatMap(({ values }) => values).length > mostFilterValues) {
    throw new AwsError(
      'FilterLimitExceeded',
      `The maximum number of filter values specified on a single call is ${mostFilterValues}`,
    );
  }
  const tests = asked.map(({ name, values }) => {
    const read = name.startsWith('tag:')
      ? (item: T) => (tagsOf(item) ?? []).filter((tag) => tag.Key === name.slice(4)).map((tag) => tag.Value)
      : name === 'tag-key'
        ? (item: T) => (tagsOf(item) ?? []).map((tag) => tag.Key)
        : Object.hasOwn(table, name)
          ? table[name]
          : undefined;
    if (read === undefined) throw new AwsError('InvalidParameterValue', `The filter '${name}' is invalid`);
    const patterns = values.map(wildcard);
    return (item: T) =>
      read(item).some(
        (value) => value !== undefined && patterns.some((pattern) => pattern.test(String(value))),
      );
  });
  return items.filter((item) => tests.every((fits) => fits(item)));
}

function wildcard(pattern: string): RegExp {
  const source = pattern.replace(/\\[*?\\]|[*?]|[^\w]/g, (part) =>
    part === '*' ? '.*' : part === '?' ? '.' : part.length === 2 ? part : `\\${part}`,
  );
  return new RegExp(`^${source}$`, 's');
}

function invalidValue(value: string, parameter: string, reason: string): AwsError {
  return new AwsError(
    'InvalidParameterValue',
    `Value ( ${value} ) for parameter ${parameter} is invalid. ${reason}`,
  );
}
