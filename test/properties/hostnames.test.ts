import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { endpointOfName, normalise } from '../../lambda/aws/dns.ts';
import type { Resource } from '../../lambda/model/model.ts';
import { endpointWith, resourceWith } from '../support/cases.ts';
import { hostileText } from '../support/hostile.ts';
import { interfaceOf, listing, serviceOf, worldOf } from '../support/worlds.ts';
import '../support/seed.ts';
import { times } from '../support/thorough.ts';

const own = 'vpce-0ce9fdcdd4aa4097e';
const other = 'vpce-0fedcba9876543210';
const tail = 'vpce-svc-0b2f119acb23c050e.ap-northeast-1.vpce.amazonaws.com';

const endpoint = endpointWith({
  id: own,
  serviceName: null,
  subnetIds: ['subnet-1'],
  networkInterfaceIds: ['eni-1'],
  createdAt: null,
});
const interfaces = [interfaceOf(endpoint, 'eni-1', '10.0.0.5')];

const names = fc.oneof(
  fc.constantFrom(
    `${own}-abcd1234.${tail}`,
    `${own}-ABCD1234-ap-northeast-1a.${tail}.`.toUpperCase(),
    `${other}-abcd1234.${tail}`,
    `${own}0-abcd1234.${tail}`,
    `x${own}-abcd1234.${tail}`,
    `${own}.${tail}`,
    `a.${own}-abcd1234.${tail}`,
    `${own}-abcd1234.example.com`,
    'orders.proxy-abc123.ap-northeast-1.rds.amazonaws.com',
  ),
  hostileText,
  fc.domain(),
);
const addresses = fc.oneof(
  fc.constantFrom('10.0.0.5', '10.0.0.6', '198.51.100.1', '::ffff:10.0.0.5'),
  fc.ipV4(),
  fc.ipV6(),
);

const resources: fc.Arbitrary<Resource> = fc
  .record({
    hostnames: fc.array(names, { maxLength: 3 }),
    vpcId: fc.constantFrom('vpc-1', 'vpc-2', undefined),
    subnetIds: fc.constantFrom([], ['subnet-1'], ['subnet-2']),
    securityGroupIds: fc.constantFrom([], ['sg-1']),
    endpointIds: fc.subarray([other]),
    mostEndpoints: fc.constantFrom(1, 2, 'as-listed' as const),
  })
  .map(({ hostnames, endpointIds, mostEndpoints, ...network }) =>
    resourceWith({ shows: { hostnames, endpointIds }, network, mostEndpoints }),
  );

/** The endpoint's id, a dash, and the rest of a name of VPC endpoints. */
const isOwn = (name: string) =>
  name.trim().toLowerCase().startsWith(`${own}-`) && name.toLowerCase().includes('.vpce.');

describe('a host name, whatever it is and wherever it leads', () => {
  test('speaks for an endpoint only by its name, or by all of its addresses within the VPC', async () => {
    await fc.assert(
      fc.asyncProperty(
        resources,
        fc.array(names, { maxLength: 3 }),
        fc.array(addresses, { maxLength: 3 }),
        async (resource, chain, found) => {
          const { hostnames = [] } = resource.shows;
          const leads = {
            aliases: chain.map((name) => name.toLowerCase().replace(/\.$/, '')),
            addresses: found,
          };
          const { survey } = worldOf({
            services: [serviceOf('rds-proxy', { lists: [listing(resource)] })],
            names: Object.fromEntries(hostnames.map((name) => [normalise(name), leads])),
            interfaces,
          });
          const [of] = await survey(endpoint);
          if ((of?.owners ?? []).length > 0) expect([...hostnames, ...chain].some(isOwn)).toBe(true);
          if ((of?.probable ?? []).length === 0) return;
          expect(found.every((address) => address.includes('10.0.0.5'))).toBe(true);
          const { vpcId, securityGroupIds } = resource.network;
          expect(vpcId === 'vpc-1' || (vpcId === undefined && securityGroupIds?.includes('sg-1'))).toBe(true);
        },
      ),
      { numRuns: times(600, 3_000) },
    );
  });

  test('is a name of an endpoint only where the id stands at its beginning', () => {
    fc.assert(
      fc.property(names, (name) => {
        const id = endpointOfName(name, 'amazonaws.com');
        if (id !== null) expect(name.trim().toLowerCase().startsWith(`${id}-`)).toBe(true);
      }),
      { numRuns: times(600, 3_000) },
    );
  });
});
