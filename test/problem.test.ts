import { expect, test } from '@jest/globals';
import { problem } from '../lambda/http/contract.ts';
import { Problem } from '../lambda/problem.ts';

test('a problem becomes an RFC 9457 document that fits the contract', () => {
  const document = new Problem('aws-access-denied', 'EC2 refused.', {
    action: 'ec2:DescribeVpcEndpoints',
  }).toDocument('request-1');
  expect(problem.parse(document)).toEqual({
    type: 'urn:vpce-owner:problem:aws-access-denied',
    title: 'AWS denied access',
    status: 502,
    detail: 'EC2 refused.',
    code: 'aws-access-denied',
    requestId: 'request-1',
    action: 'ec2:DescribeVpcEndpoints',
  });
});
