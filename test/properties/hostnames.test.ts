import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { endpointOfName } from '../../lambda/aws/dns.ts';
import type { Endpoint } from '../../lambda/aws/endpoint.ts';
import { type Lookups, place } from '../../lambda/match.ts';
import type { Attachment } from '../../lambda/resolver.ts';
import { hostileText } from '../support/hostile.ts';
import '../support/seed.ts';

const own = 'vpce-0ce9fdcdd4aa4097e';
const other = 'vpce-0fedcba9876543210';
const tail = 'vpce-svc-0b2f119acb23c050e.ap-northeast-1.vpce.amazonaws.com';

const endpoint: Endpoint = {
  id: own,
  type: 'Interface',
  state: 'available',
  requesterManaged: true,
  serviceName: null,
  vpcId: 'vpc-1',
  subnetIds: ['subnet-1'],
  networkInterfaceIds: ['eni-1'],
  securityGroupIds: ['sg-1'],
  createdAt: null,
  ownerId: '111122223333',
  tags: {},
  dnsNames: [`${own}-abcd1234.${tail}`],
};

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

const attachments: fc.Arbitrary<Attachment> = fc.record(
  {
    owner: fc.constant({
      resourceType: 'Test',
      resourceId: 'a',
      arn: null,
      parentArn: null,
      consoleUrl: null,
    }),
    hostnames: fc.array(names, { maxLength: 3 }),
    vpcId: fc.constantFrom('vpc-1', 'vpc-2', undefined),
    subnetIds: fc.constantFrom([], ['subnet-1'], ['subnet-2']),
    securityGroupIds: fc.constantFrom([], ['sg-1']),
    vpcEndpointIds: fc.subarray([other]),
    endpointCount: fc.constantFrom(1, 2),
  },
  { requiredKeys: ['owner'] },
);

/** The endpoint's id, a dash, and the rest of a name of VPC endpoints. */
const isOwn = (name: string) =>
  name.trim().toLowerCase().startsWith(`${own}-`) && name.toLowerCase().includes('.vpce.');

describe('a host name, whatever it is and wherever it leads', () => {
  test('speaks for an endpoint only by its name, or by all of its addresses within the VPC', async () => {
    await fc.assert(
      fc.asyncProperty(
        attachments,
        fc.array(names, { maxLength: 3 }),
        fc.array(addresses, { maxLength: 3 }),
        async (attachment, chain, found) => {
          const lookups: Lookups = {
            dnsSuffix: 'amazonaws.com',
            aliases: async () => chain.map((name) => name.toLowerCase().replace(/\.$/, '')),
            addresses: async () => found,
            endpointAddresses: async () => new Set(['10.0.0.5']),
          };
          const at = await place(attachment, endpoint, lookups);
          if (at.kind !== 'match') return;
          if (at.source === 'dns') {
            expect([...(attachment.hostnames ?? []), ...chain].some(isOwn)).toBe(true);
            return;
          }
          expect(found.every((address) => address.includes('10.0.0.5'))).toBe(true);
          expect(attachment.vpcId === 'vpc-1' || attachment.securityGroupIds?.includes('sg-1')).toBe(true);
        },
      ),
      { numRuns: 3_000 },
    );
  });

  test('is a name of an endpoint only where the id stands at its beginning', () => {
    fc.assert(
      fc.property(names, (name) => {
        const id = endpointOfName(name, 'amazonaws.com');
        if (id !== null) expect(name.trim().toLowerCase().startsWith(`${id}-`)).toBe(true);
      }),
      { numRuns: 3_000 },
    );
  });
});
