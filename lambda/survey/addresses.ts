/** Whose private addresses are: those of the endpoints that are asked about, and those that names lead to. */

import { vpcsOfEndpoints } from '../aws/endpoint.ts';
import { MalformedAnswer } from '../aws/failure.ts';
import { addressesOfInterfaces, endpointsAtAddresses } from '../aws/interface.ts';
import type { World } from '../model/world.ts';
import type { Addresses, Cases } from './state.ts';

export function newAddresses({ all, open }: Cases, connect: World['connect']): Addresses {
  const own = new Map(all.map(({ endpoint }) => [endpoint.id, endpoint.vpcId] as const));
  const answers = new Map<string, Promise<ReadonlyMap<string, string>>>();
  const once = (key: string, ask: () => Promise<ReadonlyMap<string, string>>) => {
    const answer = answers.get(key) ?? ask();
    answers.set(key, answer);
    return answer;
  };
  let asked: Promise<ReadonlyMap<string, readonly string[]>> | undefined;
  return {
    of: async ({ networkInterfaceIds }, usage) => {
      if (networkInterfaceIds.length === 0) {
        throw new MalformedAnswer(
          'ec2:DescribeVpcEndpoints: the endpoint has no interfaces to compare addresses with',
        );
      }
      asked ??= addressesOfInterfaces(
        connect(usage),
        [...open].flatMap(({ endpoint }) => endpoint.networkInterfaceIds),
      );
      const byInterface = await asked;
      const listed = networkInterfaceIds.map((id) => byInterface.get(id) ?? []);
      if (listed.some(({ length }) => length === 0)) {
        throw new MalformedAnswer('ec2:DescribeNetworkInterfaces: an interface is missing or has no address');
      }
      return new Set(listed.flat());
    },
    endpointsAt: (vpcId, addresses, usage) =>
      once(`${vpcId} ${addresses.join()}`, () => endpointsAtAddresses(connect(usage), vpcId, addresses)),
    vpcsOf: async (ids, usage) => {
      const known = ids.flatMap((id) => {
        const vpcId = own.get(id);
        return vpcId ? [[id, vpcId] as const] : [];
      });
      // Where one of them is, EC2 has said of those that are asked about.
      if (known.length > 0) return new Map(known);
      return once(ids.join(), () => vpcsOfEndpoints(connect(usage), ids));
    },
  };
}
