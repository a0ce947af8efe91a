import { describe, expect, test } from '@jest/globals';
import { consoleUrl, makeArn, parseArn } from '../lambda/aws/region.ts';

const accountId = '111122223333';

test.each([
  ['ap-northeast-1', 'arn:aws:redshift:ap-northeast-1:111122223333:cluster:sales'],
  ['cn-north-1', 'arn:aws-cn:redshift:cn-north-1:111122223333:cluster:sales'],
  ['us-gov-west-1', 'arn:aws-us-gov:redshift:us-gov-west-1:111122223333:cluster:sales'],
])('an ARN has the partition of its Region (%s)', (region, arn) => {
  expect(makeArn('redshift', { region, accountId }, 'cluster:sales')).toBe(arn);
});

test('there is no ARN without an account', () => {
  expect(makeArn('redshift', { region: 'ap-northeast-1', accountId: null }, 'cluster:sales')).toBeNull();
});

test.each([
  [
    'ap-northeast-1',
    'https://ap-northeast-1.console.aws.amazon.com/rds/home?region=ap-northeast-1#proxy:id=a',
  ],
  ['cn-north-1', 'https://console.amazonaws.cn/rds/home?region=cn-north-1#proxy:id=a'],
  ['us-gov-west-1', 'https://console.amazonaws-us-gov.com/rds/home?region=us-gov-west-1#proxy:id=a'],
])("a page of the console is at its partition's address (%s)", (region, url) => {
  expect(consoleUrl({ region, accountId }, 'rds/home#proxy:id=a')).toBe(url);
});

test('a page without a fragment gets none', () => {
  expect(consoleUrl({ region: 'us-east-1', accountId }, 'rds/home')).toBe(
    'https://us-east-1.console.aws.amazon.com/rds/home?region=us-east-1',
  );
});

test('there is no page where the console has no public address', () => {
  expect(consoleUrl({ region: 'us-iso-east-1', accountId }, 'rds/home')).toBeNull();
});

describe('reading an ARN', () => {
  test.each([
    [
      'arn:aws:network-firewall:ap-northeast-1:111122223333:firewall/edge',
      {
        partition: 'aws',
        service: 'network-firewall',
        region: 'ap-northeast-1',
        accountId,
        resource: 'firewall/edge',
      },
    ],
    [
      'arn:aws-cn:rds:cn-north-1:111122223333:db-proxy:prx-0a',
      { partition: 'aws-cn', service: 'rds', region: 'cn-north-1', accountId, resource: 'db-proxy:prx-0a' },
    ],
    [
      'arn:aws-us-gov:s3:::bucket',
      { partition: 'aws-us-gov', service: 's3', region: '', accountId: '', resource: 'bucket' },
    ],
  ])('takes %s apart', (arn, parts) => {
    expect(parseArn(arn)).toEqual(parts);
  });

  test.each([
    '',
    'edge',
    'arn:aws:network-firewall:ap-northeast-1:111122223333:',
    'arn:aws:network-firewall:ap-northeast-1:1111:firewall/edge',
    'arn:aws:network-firewall:ap-northeast-1:111122223333:firewall/ed ge',
    'arn:aws:network-firewall:ap-northeast-1:111122223333:firewall/edge\n',
    ' arn:aws:network-firewall:ap-northeast-1:111122223333:firewall/edge',
  ])('takes %j for something else', (text) => {
    expect(parseArn(text)).toBeNull();
  });
});
