import type { Scope } from './scope.ts';

export interface Network {
  readonly vpc: Vpc;
  readonly vpcId: string;
  readonly subnets: readonly Subnet[];
  readonly securityGroupIds: readonly string[];
}

interface Vpc {
  readonly vpcId: string;
  /** The first two numbers of its private addresses. */
  readonly range: string;
  readonly ipv6: boolean;
  takeSubnetNumber(): number;
}

export interface Subnet {
  readonly subnetId: string;
  readonly availabilityZone: string;
  takeAddress(): Address;
}

export interface Address {
  readonly ipv4: string;
  readonly ipv6: string | null;
}

export interface NetworkOptions {
  readonly name?: string;
  readonly subnets?: number;
  /** Other subnets and another security group of the same VPC. */
  readonly vpcOf?: Network;
  /** The very subnets of another network, with a security group of its own. */
  readonly subnetsOf?: Network;
  /** All VPCs have the same private addresses unless told otherwise. */
  readonly range?: string;
  readonly ipv6?: boolean;
}

export function network(scope: Scope, options: NetworkOptions = {}): Network {
  const name = options.name ?? scope.nextName('network');
  const neighbour = options.subnetsOf ?? options.vpcOf;
  const vpc = neighbour?.vpc ?? newVpc(scope, name, options);
  return {
    vpc,
    vpcId: vpc.vpcId,
    subnets:
      options.subnetsOf?.subnets ??
      Array.from({ length: options.subnets ?? 2 }, (_, index) =>
        newSubnet(scope, vpc, `${name}/${index}`, index),
      ),
    securityGroupIds: [scope.id('sg', name)],
  };
}

/** As a service takes it that lives in one subnet. */
export function oneSubnetOf(network: Network, index = 0): Network {
  const subnet = network.subnets[index];
  if (subnet === undefined) throw new RangeError(`${network.vpcId} has no subnet number ${index}`);
  return { ...network, subnets: [subnet] };
}

function newVpc(scope: Scope, name: string, options: NetworkOptions): Vpc {
  let subnetCount = 0;
  return {
    vpcId: scope.id('vpc', name),
    range: options.range ?? '10.0',
    ipv6: options.ipv6 ?? false,
    takeSubnetNumber: () => {
      if (subnetCount === 16) throw new RangeError('A sandbox VPC has room for 16 subnets of 4096 addresses');
      subnetCount += 1;
      return subnetCount - 1;
    },
  };
}

function newSubnet(scope: Scope, vpc: Vpc, name: string, index: number): Subnet {
  const subnetNumber = vpc.takeSubnetNumber();
  const vpcGroup = (Number.parseInt(vpc.vpcId.slice(-4), 16) || 1).toString(16);
  const ipv6Prefix = `2001:db8:${vpcGroup}:${(subnetNumber + 1).toString(16)}`;
  /** AWS keeps the first four addresses of a subnet. */
  let host = 4;
  return {
    subnetId: scope.id('subnet', name),
    availabilityZone: `${scope.region}${'abcdef'.charAt(index % 6)}`,
    takeAddress: () => {
      const address = {
        ipv4: `${vpc.range}.${subnetNumber * 16 + (host >> 8)}.${host & 255}`,
        ipv6: vpc.ipv6 ? `${ipv6Prefix}::${host.toString(16)}` : null,
      };
      host += 1;
      if (host >= 4095) throw new RangeError(`${name} has no address left`);
      return address;
    },
  };
}
