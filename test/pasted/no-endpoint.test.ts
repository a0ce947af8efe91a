import { describe, expect, test } from '@jest/globals';
import { askedIn, id, service } from '../support/asked.ts';

const eni = 'eni-0a1b2c3d4e5f60718';
const otherEni = 'eni-0b2c3d4e5f6071829';
const subnet = 'subnet-0a1b2c3d4e5f60718';
const group = 'sg-0c3d4e5f60718293a';
const vpc = 'vpc-0d1e2f3a4b5c6d7e8';

describe('what leads to network interfaces', () => {
  test.each([
    ['a flow log', `2 111122223333 ${eni} 10.0.1.5 10.0.2.9 443 49152 6 25 20000 1 2 ACCEPT OK`, [eni]],
    ['a refusal', `Network interface '${eni}' is currently in use. (in ${subnet})`, [eni]],
    ['a description', `${eni} and ${otherEni}\tVPC Endpoint Interface vpce-0ce9…`, [eni, otherEni]],
    ['one twice', `${eni}, ${eni.toUpperCase()}`, [eni]],
    ['an attachment', `eni-attach-0a1b2c3d4e5f60718 of ${eni}`, [eni]],
  ])('%s', (_, text, ids) => {
    expect(askedIn(text)).toEqual({ ids, regions: [] });
  });
});

/** What it is, the text, the code, and what the error names. */
const refusals: readonly (readonly [string, string, string, string])[] = [
  ['an id cut to 8 digits by dots', 'vpce-0ce9fdcd...', 'invalid-vpc-endpoint-id', '"vpce-0ce9fdcd..."'],
  ['by an ellipsis', 'vpce-0ce9fdcd… is in use', 'invalid-vpc-endpoint-id', 'cut or hidden'],
  ['by an ellipsis in brackets', 'vpce-0ce9fdcd[…]', 'invalid-vpc-endpoint-id', '"vpce-0ce9fdcd"'],
  ['in its middle', 'vpce-0ce9fdcd…4097e', 'invalid-vpc-endpoint-id', '"vpce-0ce9fdcd...4097e"'],
  ['by asterisks', 'vpce-0ce9fdcd*********', 'invalid-vpc-endpoint-id', 'cut or hidden'],
  ['by three asterisks', 'vpce-0ce9fdcd*** of a list', 'invalid-vpc-endpoint-id', 'cut or hidden'],
  ['by a wildcard', '"aws:SourceVpce": "vpce-0ce9fdcd*"', 'invalid-vpc-endpoint-id', 'vpce-0ce9fdcd*'],
  ['by letters', 'vpce-0ce9fdcdxxxxxxxxx', 'invalid-vpc-endpoint-id', 'cut or hidden'],
  ['by dots that are bullets', 'vpce-0ce9fdcd•••••••••', 'invalid-vpc-endpoint-id', 'cut or hidden'],
  ['by a line that ends', 'vpce-0ce9fdcd\n    d4aa', 'invalid-vpc-endpoint-id', '"vpce-0ce9fdcd"'],
  ['by a blank', 'vpce-0ce9fdcd d4aa4097e', 'invalid-vpc-endpoint-id', '"vpce-0ce9fdcd"'],
  ['to 16 digits', 'vpce-0ce9fdcdd4aa4097', 'invalid-vpc-endpoint-id', 'cut or hidden'],
  ['in text that goes on', 'vpce-0ce9 fdcd', 'invalid-vpc-endpoint-id', '"vpce-0ce9"'],
  ['a hidden id', 'vpce-xxxxxxxxxxxxxxxxx', 'invalid-vpc-endpoint-id', 'cut or hidden'],
  ['a placeholder', 'vpce-<id>', 'invalid-vpc-endpoint-id', '"vpce-"'],
  ['a cut interface', 'eni-0a1b2c3d…', 'invalid-network-interface-id', '"eni-0a1b2c3d..."'],
  [
    'a UUID after a prefix',
    'eni-0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9',
    'invalid-network-interface-id',
    'eni-0a1b2c3d',
  ],
  ['a message', 'msg-0a1b2c3d was sent', 'nothing-to-identify', 'msg-0a1b2c3d'],
  ['digits alone', '0ce9fdcdd4aa4097e', 'nothing-to-identify', '0ce9fdcdd4aa4097e'],
  ['base64', 'dnBjZS0wY2U5ZmRjZGQ0YWE0MDk3ZQ==', 'nothing-to-identify', 'dnBj'],
  ['a Region alone', 'us-east-1', 'nothing-to-identify', 'us-east-1'],
  ['a sentence', 'please delete my endpoint', 'nothing-to-identify', 'please'],
];

describe('what leads to several endpoints', () => {
  test.each([
    ['an endpoint service', `com.amazonaws.vpce.us-east-1.${service}`, [service], ['us-east-1']],
    ['two endpoints', `${id} vpce-046418ae14aad1ea0`, [id, 'vpce-046418ae14aad1ea0'], []],
    [
      'a subnet that cannot be deleted',
      `An error occurred (DependencyViolation) when calling the DeleteSubnet operation: The subnet '${subnet}' has dependencies and cannot be deleted.`,
      [subnet],
      [],
    ],
    ['a security group', `resource ${group} has a dependent object (in ${vpc})`, [group], []],
    ['a VPC', `The vpc '${vpc}' has dependencies and cannot be deleted.`, [vpc], []],
  ])('%s', (_, text, ids, regions) => {
    expect(askedIn(text)).toEqual({ ids, regions });
  });
});

describe('what leads to no endpoint is refused and named', () => {
  test.each(refusals)('%s', (_, text, code, named) => {
    expect(askedIn(text)).toEqual({ code, detail: expect.stringContaining(named) });
  });
});
