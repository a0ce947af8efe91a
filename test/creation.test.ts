import type { Event } from '@aws-sdk/client-cloudtrail';
import { describe, expect, test } from '@jest/globals';
import { namesService, readCreation } from '../lambda/evidence/creation.ts';
import type { Creation } from '../lambda/model/model.ts';

const id = 'vpce-0ce9fdcdd4aa4097e';
const eventTime = new Date('2026-10-01T03:12:44Z');

const linkedRole = {
  type: 'AssumedRole',
  principalId: 'AROAEXAMPLE:RDSSlrAssumptionSession',
  arn: 'arn:aws:sts::111122223333:assumed-role/AWSServiceRoleForRDS/RDSSlrAssumptionSession',
  sessionContext: {
    sessionIssuer: {
      type: 'Role',
      arn: 'arn:aws:iam::111122223333:role/aws-service-role/rds.amazonaws.com/AWSServiceRoleForRDS',
      userName: 'AWSServiceRoleForRDS',
    },
  },
  invokedBy: 'rds.amazonaws.com',
};

function recordOf(changes: object = {}) {
  return {
    eventSource: 'ec2.amazonaws.com',
    eventName: 'CreateVpcEndpoint',
    userIdentity: linkedRole,
    sourceIPAddress: 'rds.amazonaws.com',
    userAgent: 'rds.amazonaws.com',
    requestParameters: { CreateVpcEndpointRequest: { VpcId: 'vpc-1' } },
    responseElements: { CreateVpcEndpointResponse: { vpcEndpoint: { vpcEndpointId: id, tagSet: '' } } },
    ...changes,
  };
}

function eventOf(changes: object = {}, event: Event = {}): Event {
  const CloudTrailEvent = JSON.stringify(recordOf(changes));
  return { EventName: 'CreateVpcEndpoint', EventTime: eventTime, CloudTrailEvent, ...event };
}

function creationOf(changes: object = {}, event: Event = {}): Creation {
  const creation = readCreation(eventOf(changes, event), id);
  if (creation === null || creation === 'unreadable') throw new Error(`no creation, but ${creation}`);
  return creation;
}

describe('the record of a creation', () => {
  test('by a service-linked role names the principal, the role and the session', () => {
    expect(readCreation(eventOf({}, { Username: 'RDSSlrAssumptionSession' }), id)).toEqual({
      eventTime,
      principal: 'rds.amazonaws.com',
      roleName: 'AWSServiceRoleForRDS',
      sessionNames: ['RDSSlrAssumptionSession'],
      tags: {},
      claimedBy: [],
    });
  });

  test("in a caller's name names the service that acted, and the caller's own role", () => {
    const userIdentity = {
      type: 'AssumedRole',
      principalId: 'AROAEXAMPLE:alice',
      arn: 'arn:aws:sts::111122223333:assumed-role/Admin/alice',
      sessionContext: { sessionIssuer: { userName: 'Admin' } },
      invokedBy: 'redshift.amazonaws.com',
    };
    expect(creationOf({ userIdentity })).toMatchObject({
      principal: 'redshift.amazonaws.com',
      roleName: 'Admin',
      sessionNames: ['alice'],
    });
  });

  test('by a person names no service', () => {
    const userIdentity = { type: 'IAMUser', userName: 'alice', arn: 'arn:aws:iam::111122223333:user/alice' };
    const person = { userIdentity, sourceIPAddress: '203.0.113.7', userAgent: 'aws-cli/2.31.0' };
    expect(creationOf(person)).toMatchObject({ principal: null, roleName: null, sessionNames: ['alice'] });
  });

  test('takes the principal from wherever it is left', () => {
    const { invokedBy: _, ...userIdentity } = linkedRole;
    const principalOf = (changes: object) => creationOf({ userIdentity, ...changes }).principal;
    expect(principalOf({})).toBe('rds.amazonaws.com');
    expect(principalOf({ sourceIPAddress: undefined })).toBe('rds.amazonaws.com');
    expect(principalOf({ sourceIPAddress: 'rds.amazonaws.com.cn' })).toBe('rds.amazonaws.com.cn');
    expect(principalOf({ sourceIPAddress: 'osis.amazon.com' })).toBe('osis.amazon.com');
    expect(principalOf({ sourceIPAddress: 'mq.eu-west-1.amazonaws.com' })).toBe('mq.eu-west-1.amazonaws.com');
  });

  test.each(['203.0.113.7', '2001:db8::7'])(
    'takes no principal from what the client at %s writes of itself',
    (sourceIPAddress) => {
      const { invokedBy: _, ...userIdentity } = linkedRole;
      expect(creationOf({ userIdentity, sourceIPAddress }).principal).toBeNull();
    },
  );

  test('does not take what merely looks like a principal', () => {
    const { invokedBy: _, ...userIdentity } = linkedRole;
    const elsewhere = {
      userIdentity,
      sourceIPAddress: 'AWS Internal',
      userAgent: 'rds.amazonaws.com.example',
    };
    expect(creationOf(elsewhere).principal).toBeNull();
  });

  test("takes the role from the session's ARN where its name is missing", () => {
    expect(creationOf({ userIdentity: { arn: linkedRole.arn } }).roleName).toBe('AWSServiceRoleForRDS');
  });

  test("takes no role from a session, a user or a role that a customer called like a service's", () => {
    const role = 'AWSServiceRoleForRDS';
    const roleOf = (userIdentity: object) => creationOf({ userIdentity }).roleName;
    expect(roleOf({ arn: `arn:aws:sts::111122223333:assumed-role/Admin/${role}` })).toBeNull();
    expect(roleOf({ arn: `arn:aws:iam::111122223333:user/${role}`, userName: role })).toBeNull();
    const arn = `arn:aws:iam::111122223333:role/${role}`;
    expect(roleOf({ sessionContext: { sessionIssuer: { userName: role, arn } } })).toBe(arn);
  });

  test.each(['RDSAuroraServeless', 'RDSAuroraServerless'])(
    'keeps the session name %s as it is',
    (session) => {
      const userIdentity = { ...linkedRole, principalId: `AROAEXAMPLE:${session}`, arn: undefined };
      expect(creationOf({ userIdentity }, { Username: session }).sessionNames).toEqual([session]);
    },
  );

  test('without an identity, a time or a user still counts', () => {
    const bare = { userIdentity: undefined, sourceIPAddress: undefined, userAgent: undefined };
    const { EventTime: _, ...event } = eventOf(bare);
    expect(readCreation(event, id)).toEqual({
      eventTime: null,
      principal: null,
      roleName: null,
      sessionNames: [],
      tags: {},
      claimedBy: [],
    });
  });
});

describe('the tags of a creation', () => {
  const arn = 'arn:aws:network-firewall:ap-northeast-1:111122223333:firewall/edge';
  const managed = (value: unknown) => ({ Key: 'AWSNetworkFirewallManaged', Value: value, tag: 2 });
  const requested = (TagSpecification: unknown) => ({
    requestParameters: { CreateVpcEndpointRequest: { TagSpecification } },
  });

  test.each([
    ['text', 'true'],
    ['a boolean', true],
    ['a number', 4711],
  ])('come as %s', (_, value) => {
    const one = requested({ ResourceType: 'vpc-endpoint', tag: 1, Tag: managed(value) });
    expect(creationOf(one).tags).toEqual({ AWSNetworkFirewallManaged: String(value) });
  });

  test('come in lists of lists', () => {
    const tags = requested([{ Tag: [{ Key: 'Firewall', Value: arn, tag: 1 }] }, { Tag: [managed(true)] }]);
    expect(creationOf(tags).tags).toEqual({ Firewall: arn, AWSNetworkFirewallManaged: 'true' });
  });

  test.each([
    ['alone', { item: { key: 'Firewall', value: arn } }],
    ['in a list', { item: [{ key: 'Firewall', value: arn }] }],
  ])('come in the answer too, %s', (_, tagSet) => {
    const responseElements = { CreateVpcEndpointResponse: { vpcEndpoint: { vpcEndpointId: id, tagSet } } };
    expect(creationOf({ responseElements }).tags).toEqual({ Firewall: arn });
  });

  test('without a value are empty, and without a key are none', () => {
    const tags = requested({
      Tag: [{ Key: 'Empty', Value: '', tag: 1 }, { Value: 'keyless', tag: 2 }, null],
    });
    expect(creationOf(tags).tags).toEqual({ Empty: '' });
  });
});

describe('what is no creation of this endpoint', () => {
  test.each([
    ['a call that EC2 refused', { errorCode: 'Client.InvalidParameter', responseElements: null }],
    ['a refused call without an error code', { responseElements: null }],
    ['a dry run', { errorCode: 'Client.DryRunOperation' }],
    ['another call', { eventName: 'CreateTags' }],
    [
      'another endpoint',
      {
        responseElements: { CreateVpcEndpointResponse: { vpcEndpoint: { vpcEndpointId: 'vpce-032a826a' } } },
      },
    ],
  ])('%s', (_, changes) => {
    expect(readCreation(eventOf(changes), id)).toBeNull();
  });

  test('an error code of null does not make a call a failed one', () => {
    expect(creationOf({ errorCode: null, errorMessage: null }).principal).toBe('rds.amazonaws.com');
  });
});

describe('what acts for people', () => {
  const user = { type: 'IAMUser', userName: 'alice', arn: 'arn:aws:iam::111122223333:user/alice' };

  test.each([
    ['console.ec2.amazonaws.com', 'signin.amazonaws.com'],
    ['console.amazonaws.com', undefined],
    ['ec2.console.amazonaws.com', undefined],
    ['signin.amazonaws.com.cn', undefined],
  ])('is no creator: a person at %s, invoked by %s', (userAgent, invokedBy) => {
    for (const sourceIPAddress of ['203.0.113.7', 'AWS Internal', undefined]) {
      const creation = creationOf({ userIdentity: { ...user, invokedBy }, sourceIPAddress, userAgent });
      expect(creation).toMatchObject({ principal: null, roleName: null, sessionNames: ['alice'] });
      expect(namesService(creation)).toBe(false);
    }
  });

  test.each(['cloudformation', 'servicecatalog', 'ssm', 'ec2', 'autoscaling', 'states', 'sts', 'config'])(
    'is no creator: %s',
    (label) => {
      const host = `${label}.amazonaws.com`;
      const changes = {
        userIdentity: { ...user, invokedBy: host },
        sourceIPAddress: host,
        userAgent: 'rds.amazonaws.com',
      };
      expect(creationOf(changes).principal).toBeNull();
    },
  );

  test('is no creator under a name with further labels', () => {
    const invokedBy = 'member.org.stacksets.cloudformation.amazonaws.com';
    const changes = {
      userIdentity: { ...user, invokedBy },
      sourceIPAddress: invokedBy,
      userAgent: invokedBy,
    };
    expect(creationOf(changes).principal).toBeNull();
  });
});

describe('whether a record names a service', () => {
  const person = { userIdentity: { userName: 'rds.amazonaws.com' }, sourceIPAddress: '203.0.113.7' };

  test('is so for a principal, a service-linked role and a service that claims the endpoint', () => {
    expect(namesService(creationOf())).toBe(true);
    expect(namesService({ ...creationOf(), principal: null })).toBe(true);
    expect(namesService(creationOf({ eventSource: 'es.amazonaws.com' }))).toBe(true);
  });

  test('is not so for a user or a role of the customer, whatever their names', () => {
    expect(namesService(creationOf(person))).toBe(false);
    const sessionIssuer = { userName: 'rds', arn: 'arn:aws:iam::111122223333:role/rds' };
    expect(namesService(creationOf({ ...person, userIdentity: { sessionContext: { sessionIssuer } } }))).toBe(
      false,
    );
  });
});

describe("another service's operation of the same name", () => {
  const claim = (source: string) => ({
    eventTime,
    principal: null,
    roleName: null,
    sessionNames: [],
    tags: {},
    claimedBy: [source],
  });

  test.each(['es.amazonaws.com', 'aoss.amazonaws.com'])(
    'is a claim for %s, and no creation',
    (eventSource) => {
      expect(readCreation(eventOf({ eventSource }), id)).toEqual(claim(eventSource));
    },
  );

  test.each([
    ['OpenSearch Service', 'es.amazonaws.com', { vpcEndpoint: { vpcEndpointId: 'aos-0123456789' } }],
    ['OpenSearch Serverless', 'aoss.amazonaws.com', { createVpcEndpointDetail: { id, status: 'PENDING' } }],
  ])('is read with the answer of %s', (_, eventSource, responseElements) => {
    expect(readCreation(eventOf({ eventSource, responseElements }), id)).toEqual(claim(eventSource));
  });

  test('is no claim when it failed, or made another endpoint', () => {
    const eventSource = 'aoss.amazonaws.com';
    const responseElements = { createVpcEndpointDetail: { id: 'vpce-032a826a' } };
    expect(readCreation(eventOf({ eventSource, errorCode: 'ConflictException' }), id)).toBeNull();
    expect(readCreation(eventOf({ eventSource, responseElements }), id)).toBeNull();
  });

  test('is told by the event where the record has lost its source, and cannot be told without either', () => {
    const lost = { eventSource: undefined };
    expect(readCreation(eventOf(lost, { EventSource: 'es.amazonaws.com' }), id)).toEqual(
      claim('es.amazonaws.com'),
    );
    expect(creationOf(lost, { EventSource: 'ec2.amazonaws.com' }).principal).toBe('rds.amazonaws.com');
    expect(readCreation(eventOf(lost), id)).toBe('unreadable');
  });

  test("is EC2's own in China too, and nobody's under a name that is no service's", () => {
    expect(creationOf({ eventSource: 'ec2.amazonaws.com.cn' }).principal).toBe('rds.amazonaws.com');
    for (const eventSource of ['ec2.example.com', 'cloudformation.amazonaws.com', 'EC2']) {
      expect(readCreation(eventOf({ eventSource }), id)).toBe('unreadable');
    }
  });
});

describe('what cannot be read is not an absence', () => {
  test.each([
    ['is cut off', '{"eventName":"CreateVpcEndpoint","userIdentity":{'],
    ['is not JSON', 'not JSON'],
    ['is empty', ''],
    ['is missing', undefined],
    ['is no object', 'null'],
    ['has no answer', JSON.stringify({ ...recordOf(), responseElements: {} })],
  ])('a record that %s', (_, CloudTrailEvent) => {
    const event = {
      EventName: 'CreateVpcEndpoint',
      ...(CloudTrailEvent === undefined ? {} : { CloudTrailEvent }),
    };
    expect(readCreation(event, id)).toBe('unreadable');
  });
});
