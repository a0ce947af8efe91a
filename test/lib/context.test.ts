import { describe, expect, test } from '@jest/globals';
import cdkJson from '../../cdk.json' with { type: 'json' };
import { parseContext, stackName } from '../../lib/context.ts';

const parse = parseContext;

describe('what a deployment can choose', () => {
  test('is all optional', () => {
    expect(parse({})).toEqual({
      stageName: 'default',
      regions: null,
      logRetentionDays: 90,
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
        regions: 'eu-west-1, us-gov-west-1,eu-west-1',
        logRetentionDays: '365',
        alarmTopicArn: 'arn:aws-cn:sns:cn-north-1:111122223333:alarms',
        deadlineSeconds: '10',
        throttleRate: '1',
        throttleBurst: '5000',
        reservedConcurrency: '3',
        jwtIssuer: 'https://login.example.com/tenant',
        jwtAudience: 'vpce-owner, https://api.example.com',
      }),
    ).toEqual({
      stageName: 'staging',
      regions: ['eu-west-1', 'us-gov-west-1'],
      logRetentionDays: 365,
      alarmTopicArn: 'arn:aws-cn:sns:cn-north-1:111122223333:alarms',
      deadlineSeconds: 10,
      throttleRate: 1,
      throttleBurst: 5000,
      reservedConcurrency: 3,
      jwt: {
        issuer: 'https://login.example.com/tenant',
        audience: ['vpce-owner', 'https://api.example.com'],
      },
    });
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
    ['logRetentionDays', '10', 'one of the numbers of days that CloudWatch Logs takes (1, 3, 5, 7'],
    ['logRetentionDays', '0', 'one of the numbers of days'],
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
    ['https://'],
  ])('is refused with the issuer %s', (jwtIssuer) => {
    expect(() => parse({ jwtIssuer, jwtAudience: 'vpce-owner' })).toThrow(
      `jwtIssuer: expected an https URL as the tokens' iss claim has it, such as https://login.example.com/tenant, but got "${jwtIssuer}"`,
    );
  });

  test.each([
    ['jwtIssuer', 'https://login.example.com', 'jwtAudience'],
    ['jwtAudience', 'vpce-owner', 'jwtIssuer'],
  ])('is refused with %s alone', (key, value, other) => {
    expect(() => parse({ [key]: value })).toThrow(
      `${other}: expected beside ${key}, because an authorizer needs both, but got nothing`,
    );
  });

  test.each([['stagename'], ['region'], ['jwtIsuer']])('is refused as %s, which is no key of it', (key) => {
    expect(() => parse({ [key]: 'staging' })).toThrow(`${key}: expected one of stageName, regions, `);
  });

  test("may stand beside the CDK's own keys", () => {
    const context = { ...cdkJson.context, 'availability-zones:account=1': [], 'aws:cdk:bundling-stacks': [] };
    expect(parse(context)).toEqual(parse({}));
  });

  test('is refused with every mistake at once', () => {
    expect(() => parse({ stageName: 'X', deadlineSeconds: '60' })).toThrow(
      /stageName: .*\n.*deadlineSeconds: /,
    );
  });
});

test('the stack of the default stage has the plain name, another carries its stage', () => {
  expect(stackName(parse({}))).toBe('vpce-owner');
  expect(stackName(parse({ stageName: 'staging' }))).toBe('vpce-owner-staging');
});
