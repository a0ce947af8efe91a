import { describe, expect, test } from '@jest/globals';
import cdkJson from '../../cdk.json' with { type: 'json' };
import { resolvers } from '../../lambda/resolvers/index.ts';
import { parseContext } from '../../lib/context.ts';
import { contextKeys } from '../../lib/context-keys.ts';
import { stackName } from '../../lib/settings.ts';

const parse = parseContext;

describe('what a deployment can choose', () => {
  test('is all optional', () => {
    expect(parse({})).toEqual({
      stageName: 'default',
      regions: null,
      services: 'all',
      logRetentionDays: 90,
      logRemoval: 'destroy',
      alarmTopicArn: null,
      deadlineSeconds: 25,
      throttleRate: 10,
      throttleBurst: 20,
      reservedConcurrency: null,
      jwt: null,
    });
  });

  test('may come as text from the command line', () => {
    expect(
      parse({
        stageName: 'staging',
        regions: 'cn-north-1, cn-northwest-1,cn-north-1',
        services: '-msk, -transfer',
        logRetentionDays: '365',
        logRemoval: 'retain',
        alarmTopicArn: 'arn:aws-cn:sns:cn-north-1:111122223333:alarms',
        deadlineSeconds: '10',
        throttleRate: '1',
        throttleBurst: '5000',
        reservedConcurrency: '3',
        jwtIssuer: 'https://login.example.com/tenant',
        jwtAudience: 'vpce-owner, https://api.example.com',
        jwtScopes: 'vpce-owner/read, openid',
      }),
    ).toEqual({
      stageName: 'staging',
      regions: ['cn-north-1', 'cn-northwest-1'],
      services: resolvers.map(({ id }) => id).filter((id) => id !== 'msk' && id !== 'transfer'),
      logRetentionDays: 365,
      logRemoval: 'retain',
      alarmTopicArn: 'arn:aws-cn:sns:cn-north-1:111122223333:alarms',
      deadlineSeconds: 10,
      throttleRate: 1,
      throttleBurst: 5000,
      reservedConcurrency: 3,
      jwt: {
        issuer: 'https://login.example.com/tenant',
        audience: ['vpce-owner', 'https://api.example.com'],
        scopes: ['vpce-owner/read', 'openid'],
      },
    });
  });

  test('may be the services that are asked, and is all of them by default', () => {
    expect(parse({ services: 'all' }).services).toBe('all');
    expect(parse({ services: 'msk, rds-proxy' }).services).toEqual(['rds-proxy', 'msk']);
  });

  test('may come as numbers and lists from cdk.json', () => {
    const { regions, deadlineSeconds } = parse({ regions: ['eu-west-1', 'us-east-1'], deadlineSeconds: 5 });
    expect({ regions, deadlineSeconds }).toEqual({ regions: ['eu-west-1', 'us-east-1'], deadlineSeconds: 5 });
  });

  test.each([
    ['stageName', 'Staging', 'up to 30 lower-case letters'],
    ['stageName', 'a-', 'up to 30 lower-case letters, digits and single hyphens'],
    ['stageName', '', 'up to 30'],
    ['stageName', 'a'.repeat(31), 'up to 30'],
    ['regions', 'eu-west-1,Dublin', 'Regions separated by commas, such as eu-west-1,us-east-1'],
    ['regions', 'eu-west-1,', 'Regions separated by commas'],
    ['regions', '*', 'Regions separated by commas'],
    ['regions', { a: 1 }, 'Regions separated by commas'],
    ['services', 'msk,-transfer', 'all, the services to ask separated by commas, or those to leave out'],
    ['services', 'kafka', 'all, the services to ask'],
    ['services', '', 'all, the services to ask'],
    ['services', 'guardduty', 'all, the services to ask'],
    ['logRetentionDays', '10', 'one of the numbers of days that CloudWatch Logs takes (1, 3, 5, 7'],
    ['logRetentionDays', '0', 'one of the numbers of days'],
    ['logRemoval', 'keep', 'destroy or retain'],
    ['alarmTopicArn', 'alarms', 'the ARN of an SNS topic, such as arn:aws:sns:eu-west-1:111122223333:alarms'],
    ['alarmTopicArn', 'arn:aws:sqs:eu-west-1:111122223333:alarms', 'the ARN of an SNS topic'],
    ['deadlineSeconds', '27', 'a whole number from 1 to 26, such as 25'],
    ['deadlineSeconds', '0', 'a whole number from 1 to 26'],
    ['deadlineSeconds', '2.5', 'a whole number from 1 to 26'],
    ['throttleRate', 'many', 'a whole number from 1 to 10000'],
    ['throttleBurst', '-1', 'a whole number from 1 to 5000'],
    ['reservedConcurrency', '0', 'a whole number from 1 to 10000'],
  ])('is refused as %s=%j, with what was expected', (key, value, expected) => {
    expect(() => parse({ [key]: value })).toThrow(`${key}: expected ${expected}`);
    expect(() => parse({ [key]: value })).toThrow(`but got ${JSON.stringify(value)}`);
  });

  test.each([
    ['http://login.example.com'],
    ['login.example.com'],
    ['https://login.example.com/?tenant=1'],
    ['https://login.example.com/?'],
    ['https://login.example.com/#keys'],
    ['https://'],
    ['https://user@login.example.com'],
    ['https://user:secret@login.example.com/tenant'],
    ['https://login.example.com\\@elsewhere.example.com'],
    ['https://localhost'],
    ['https://LOCALHOST:8443/realms/main'],
    ['https://localhost./'],
    ['https://issuer.localhost'],
    ['https://keycloak/realms/main'],
    ['https://203.0.113.7'],
    ['https://0x7f.1/'],
    ['https://2130706433/'],
    ['https://[2001:db8::7]/'],
  ])('is refused with the issuer %s', (jwtIssuer) => {
    expect(() => parse({ jwtIssuer, jwtAudience: 'vpce-owner' })).toThrow(
      "jwtIssuer: expected an https URL as the tokens' iss claim has it, with a public host name and without user, " +
        `query or fragment, such as https://login.example.com/tenant, but got ${JSON.stringify(jwtIssuer)}`,
    );
  });

  test.each([
    ['https://login.example.com'],
    ['https://login.example.com:8443/'],
    ['https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Example'],
  ])('takes the issuer %s as it is written', (jwtIssuer) => {
    expect(parse({ jwtIssuer, jwtAudience: 'vpce-owner' }).jwt?.issuer).toBe(jwtIssuer);
  });

  test.each([['read "all"'], ['read,'], ['read write'], ['']])(
    'is refused with the scopes %j',
    (jwtScopes) => {
      expect(() =>
        parse({ jwtIssuer: 'https://login.example.com', jwtAudience: 'vpce-owner', jwtScopes }),
      ).toThrow("jwtScopes: expected values of the tokens' scope claim separated by commas");
    },
  );

  test.each([
    ['jwtIssuer', 'https://login.example.com', ['jwtAudience']],
    ['jwtAudience', 'vpce-owner', ['jwtIssuer']],
    ['jwtScopes', 'read', ['jwtIssuer', 'jwtAudience']],
  ])('is refused with %s alone', (key, value, others) => {
    for (const other of others) {
      expect(() => parse({ [key]: value })).toThrow(
        `${other}: expected beside ${key}, because an authorizer needs both, but got nothing`,
      );
    }
  });

  test.each([['region'], ['jwtIsuer'], ['stage'], ['stage-nam']])(
    'is refused as %s, which is no key of it',
    (key) => {
      expect(() => parse({ [key]: 'staging' })).toThrow(`${key}: expected one of stageName, regions, `);
    },
  );

  test.each(contextKeys)('is refused as %s in another spelling, with the one that was meant', (key) => {
    const words = key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    const spellings = [words, words.replaceAll('-', '_'), words.replaceAll('-', '.'), key.toUpperCase()];
    for (const spelling of [...spellings, `@${key}`, ` ${key}`, `${key}:`]) {
      if (spelling === key) continue;
      expect(() => parse({ [spelling]: 'prod' })).toThrow(
        `${spelling}: expected no such key; did you mean ${key}?`,
      );
    }
  });

  test("may stand beside the CDK's own keys", () => {
    const context = {
      ...cdkJson.context,
      'availability-zones:account=1': [],
      'aws:cdk:bundling-stacks': [],
      'aws-cdk:enableDiffNoFail': true,
      'acknowledged-issue-numbers': [1],
      'cli-telemetry': false,
    };
    expect(parse(context)).toEqual(parse({}));
  });

  test('is refused with every mistake at once', () => {
    expect(() => parse({ stageName: 'X', deadlineSeconds: '60' })).toThrow(
      /stageName: .*\n.*deadlineSeconds: /,
    );
  });
});

describe('what is chosen lies where the deployment can reach it', () => {
  const topic = (partition: string, region: string) => `arn:${partition}:sns:${region}:111122223333:alarms`;
  const china = topic('aws-cn', 'cn-north-1');
  const dublin = topic('aws', 'eu-west-1');

  test.each([
    ['eu-west-1', { regions: 'eu-west-1,us-east-1,me-central-1', alarmTopicArn: dublin }],
    ['cn-north-1', { regions: 'cn-northwest-1', alarmTopicArn: china }],
    [null, { regions: 'us-east-1', alarmTopicArn: dublin }],
    [null, { alarmTopicArn: china }],
    [null, { regions: 'eusc-de-east-1' }],
    ['us-gov-west-1', {}],
  ])('in a stack in %s: %j', (stackRegion, context) => {
    expect(() => parse(context, stackRegion)).not.toThrow();
  });

  test.each([
    [
      null,
      { regions: 'eu-west-1,cn-north-1,us-gov-west-1' },
      'regions: expected Regions of one partition, and eu-west-1 is in aws, but got cn-north-1 (aws-cn), us-gov-west-1 (aws-us-gov)',
    ],
    [
      'us-gov-west-1',
      { regions: 'us-gov-east-1,us-east-1' },
      "regions: expected Regions of one partition, and the stack's own Region, us-gov-west-1, is in aws-us-gov, but got us-east-1 (aws)",
    ],
    [
      null,
      { alarmTopicArn: topic('aws', 'cn-north-1') },
      'alarmTopicArn: expected the partition of cn-north-1, aws-cn, but got aws',
    ],
    [
      'us-east-1',
      { alarmTopicArn: dublin },
      "alarmTopicArn: expected a topic in the stack's own Region, us-east-1, because alarms reach no other, but got one in eu-west-1",
    ],
    [
      null,
      { regions: 'eu-west-1', alarmTopicArn: china },
      'alarmTopicArn: expected a topic in aws, where eu-west-1 is, but got aws-cn',
    ],
  ])('or is refused, in a stack in %s: %j', (stackRegion, context, message) => {
    expect(() => parse(context, stackRegion)).toThrow(message);
  });
});

test('the stack of the default stage has the plain name, another carries its stage', () => {
  expect(stackName(parse({}))).toBe('vpce-owner');
  expect(stackName(parse({ stageName: 'staging' }))).toBe('vpce-owner-staging');
});
