import { describe, expect, test } from '@jest/globals';
import { claimsOf } from '../../lambda/evidence/claims.ts';
import type { Creation, Endpoint } from '../../lambda/model/model.ts';
import { services } from '../../lambda/resolvers/index.ts';
import { byRds, endpointWith } from '../support/cases.ts';

const firewallArn = 'arn:aws:network-firewall:ap-northeast-1:111122223333:firewall/edge';

const claims = (changes: Partial<Endpoint>, creation: Creation | null = null) =>
  claimsOf(services, endpointWith(changes), creation);
const created = (changes: Partial<Creation>) => claims({}, { ...byRds, ...changes });
const servicesOf = (changes: Partial<Creation>) => created(changes).map(({ service }) => service.id);

describe('a tag', () => {
  test("names the firewall whose ARN it holds, and is known to be anyone's to write", () => {
    const tags = { Firewall: firewallArn, AWSNetworkFirewallManaged: 'true' };
    const service = { id: 'network-firewall', name: 'AWS Network Firewall' };
    const shared = {
      source: 'endpoint-tag',
      service,
      speaksFor: ['network-firewall', 'network-firewall-proxy'],
      written: true,
    };
    expect(claims({ tags })).toEqual([
      { ...shared, statement: `The endpoint carries the tag Firewall=${firewallArn}`, names: firewallArn },
      { ...shared, statement: 'The endpoint carries the tag AWSNetworkFirewallManaged=true' },
    ]);
  });

  test('whose value is no ARN of a firewall claims nothing', () => {
    expect(claims({ tags: { Firewall: 'edge', AWSNetworkFirewallManaged: 'no' } })).toEqual([]);
  });

  test("counts whatever its value is where the key is the service's own", () => {
    expect(claims({ tags: { AWSMSKManaged: '' } })).toMatchObject([
      {
        service: { id: 'msk' },
        statement: 'The endpoint carries the tag AWSMSKManaged, which Amazon MSK sets',
      },
    ]);
  });

  test.each(['__proto__', 'constructor', 'toString'])('called %s claims nothing', (key) => {
    expect(claims({ tags: Object.fromEntries([[key, 'true']]) })).toEqual([]);
  });

  test('that was asked for with the endpoint is as easily written as one on it', () => {
    expect(created({ tags: { AWSMSKManaged: 'true' } })).toMatchObject([
      { source: 'cloudtrail', service: { id: 'msk' }, written: true },
      { source: 'cloudtrail', service: { id: 'rds-proxy' } },
    ]);
  });

  test('counts after what CloudTrail and EC2 say', () => {
    const serviceName = 'com.amazonaws.ap-northeast-1.transfer.server.c-0026';
    const all = claims({ serviceName, tags: { AWSMSKManaged: 'true' } }, byRds);
    expect(all.map(({ source }) => source)).toEqual(['service-name', 'cloudtrail', 'endpoint-tag']);
  });
});

describe('the creator', () => {
  test('is told from its siblings by the name of the session', () => {
    expect(servicesOf({})).toEqual(['rds-proxy']);
    expect(servicesOf({ sessionNames: ['RDSAuroraServeless'] })).toEqual(['aurora-serverless']);
    expect(servicesOf({ sessionNames: ['RDSAuroraServerless'] })).toEqual(['aurora-serverless']);
  });

  test('is the whole family where the session tells nothing', () => {
    expect(created({ sessionNames: ['Unknown'] })).toEqual([
      {
        source: 'cloudtrail',
        service: { id: 'rds', name: 'Amazon RDS' },
        speaksFor: ['rds-proxy', 'aurora-serverless'],
        statement: 'rds.amazonaws.com created the endpoint',
      },
    ]);
  });

  test('is not told by a session or user name alone, which anyone may choose', () => {
    expect(created({ principal: null, roleName: null })).toEqual([]);
    expect(created({ principal: null, roleName: 'Admin' })).toEqual([]);
  });

  test('speaks for the services that it makes endpoints for', () => {
    expect(created({ principal: 'fms.amazonaws.com', roleName: null, sessionNames: [] })).toMatchObject([
      { service: { id: 'firewall-manager' }, speaksFor: ['firewall-manager', 'network-firewall'] },
    ]);
  });

  test.each([
    ['quicksight.amazonaws.com', 'quicksight', 'Amazon QuickSight'],
    ['dms.eu-west-1.amazonaws.com', 'dms', 'AWS Database Migration Service'],
  ])('that no resolver knows is named as AWS does: %s', (principal, id, name) => {
    expect(created({ principal, roleName: null, sessionNames: [] })).toMatchObject([
      { service: { id, name }, speaksFor: [] },
    ]);
    expect(created({ claimedBy: [principal] }).at(-1)).toMatchObject({ service: { id, name } });
  });

  test('that nobody knows is named as it is', () => {
    const principal = 'newthing.amazonaws.com';
    expect(created({ principal, roleName: null, sessionNames: [] })).toMatchObject([
      { service: { id: 'newthing', name: principal }, speaksFor: [] },
    ]);
  });

  test('that is a person claims nothing', () => {
    expect(created({ principal: null, roleName: 'Admin', sessionNames: ['alice'] })).toEqual([]);
  });

  test('is joined by a service that logged an operation of the same name', () => {
    expect(created({ claimedBy: ['es.amazonaws.com'] })).toMatchObject([
      { service: { id: 'rds-proxy' } },
      {
        service: { id: 'opensearch' },
        statement: 'es.amazonaws.com logged CreateVpcEndpoint for the endpoint',
      },
    ]);
  });
});

describe('a service name', () => {
  test('that only one service has claims the endpoint for it', () => {
    const serviceName = 'com.amazonaws.ap-northeast-1.transfer.server.c-0026';
    expect(claims({ serviceName })).toEqual([
      {
        source: 'service-name',
        service: { id: 'transfer', name: 'AWS Transfer Family' },
        speaksFor: ['transfer'],
        statement: `The service name ${serviceName} is AWS Transfer Family's`,
      },
    ]);
  });

  test.each([
    'com.amazonaws.vpce.ap-northeast-1.vpce-svc-0b2f119acb23c050e',
    'com.amazonaws.ap-northeast-1.transfer',
    'com.example.ap-northeast-1.transfer.server.c-0026',
    'com.amazonaws.ap-northeast-1.ssm',
  ])('%s claims nothing', (serviceName) => {
    expect(claims({ serviceName })).toEqual([]);
  });
});
