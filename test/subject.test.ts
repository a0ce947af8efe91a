import { describe, expect, test } from '@jest/globals';
import { parseRequest, type Request } from '../lambda/http/request.ts';
import { anywhere } from '../lambda/http/scope.ts';
import { Problem } from '../lambda/problem.ts';

const id = 'vpce-0ce9fdcdd4aa4097e';
const otherId = 'vpce-046418ae14aad1ea0';
const eni = 'eni-0a1b2c3d4e5f60718';

const ask = (query: string, allowedRegions: readonly string[] | 'any' = 'any'): Request =>
  parseRequest(
    {
      rawPath: '/identify',
      rawQueryString: query,
      headers: {},
      requestContext: { stage: '$default', requestId: 'request-1', http: { method: 'GET' } },
    },
    { region: 'eu-west-1', allowedRegions },
  );

const identify = (text: string, more = '') => ask(`q=${encodeURIComponent(text)}${more}`);

/** The Regions in the order in which they are asked; the deployment's own comes last. */
const answer = (endpointId: string, ...regions: readonly string[]) => ({
  route: 'identify',
  subject: { kind: 'vpc-endpoint', id: endpointId },
  regions: regions.map((region) => expect.objectContaining({ region })),
  notAllowed: [],
});

const refusal = (text: string, more = '') => {
  try {
    return identify(text, more);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { code: error.code, detail: error.message };
  }
};

describe('a text', () => {
  const refused = (serviceName: string) =>
    `${id} - Operation is not allowed for requester-managed VPC endpoints for the service ${serviceName}.`;

  test.each([
    ['com.amazonaws.vpce.ap-northeast-1.vpce-svc-0b2f119acb23c050e', 'ap-northeast-1'],
    ['cn.com.amazonaws.vpce.cn-north-1.vpce-svc-0b2f119acb23c050e', 'cn-north-1'],
    ['com.amazonaws.elasticache.serverless.ap-northeast-3.vpce-svc-0f88c433e3937fddc', 'ap-northeast-3'],
    ['com.amazonaws.us-east-1.transfer.server.c-0026', 'us-east-1'],
    ['com.amazonaws.us-gov-west-1.guardduty-data-fips', 'us-gov-west-1'],
    ['aws.sagemaker.us-west-2.labeling', 'us-west-2'],
  ])('with the service %s is about %s', (serviceName, region) => {
    expect(identify(refused(serviceName))).toEqual(answer(id, region, 'eu-west-1'));
    expect(identify(refused(serviceName), '&region=sa-east-1')).toEqual(answer(id, 'sa-east-1'));
  });

  test.each([
    ['a DNS name', `${id}-1hbywnw6.vpce-svc-0b2f119acb23c050e.us-east-1.vpce.amazonaws.com`, 'us-east-1'],
    [
      'the DNS name of a zone',
      `${id}-1hbywnw6-us-east-1a.vpce-svc-0b2f119acb23c050e.us-east-1.vpce.amazonaws.com.`,
      'us-east-1',
    ],
    [
      "a public service's DNS name",
      `${id}-1hbywnw6.elasticloadbalancing.eu-north-1.vpce.amazonaws.com`,
      'eu-north-1',
    ],
    [
      'an alias',
      `my-db-1.proxy-abc.us-east-1.rds.amazonaws.com is an alias for ${id}-1hbywnw6.vpce-svc-0b2f119acb23c050e.us-east-1.vpce.amazonaws.com.`,
      'us-east-1',
    ],
    ['an ARN', `arn:aws:ec2:us-east-2:111122223333:vpc-endpoint/${id}`, 'us-east-2'],
    ['an ARN of China', `arn:aws-cn:ec2:cn-northwest-1:111122223333:vpc-endpoint/${id}`, 'cn-northwest-1'],
    [
      'a command line',
      `aws ec2 delete-vpc-endpoints --vpc-endpoint-ids ${id} --region us-west-1`,
      'us-west-1',
    ],
    [
      "the console's address",
      `https://us-west-1.console.aws.amazon.com/vpcconsole/home?region=us-west-1#EndpointDetails:vpcEndpointId=${id}`,
      'us-west-1',
    ],
    [
      'output of the AWS CLI',
      JSON.stringify(
        {
          VpcEndpoints: [
            {
              VpcEndpointId: id,
              VpcId: 'vpc-0d1e2f3a4b5c6d7e8',
              ServiceName: 'com.amazonaws.vpce.us-west-2.vpce-svc-0b2f119acb23c050e',
            },
          ],
        },
        null,
        4,
      ),
      'us-west-2',
    ],
    ['a log line', JSON.stringify({ message: `An error occurred:\n${id}\n` }), 'eu-west-1'],
    ['the id in capitals', id.toUpperCase(), 'eu-west-1'],
    ['the id twice', `${id} ${id.toUpperCase()}`, 'eu-west-1'],
    ['its interface beside it', `${eni} ${id}`, 'eu-west-1'],
    ['words that look like ids', `vpce-owner says: my-vpce-1 is ${id}`, 'eu-west-1'],
    ['words that look like Regions', `${id} in my-db-1 of my-team-2`, 'eu-west-1'],
  ])('finds the endpoint and the Region in %s', (_, text, region) => {
    expect(identify(text)).toEqual(answer(id, ...new Set([region, 'eu-west-1'])));
  });

  test('a plus sign is a blank, as forms send it', () => {
    expect(ask(`q=see+${id}+please`)).toEqual(answer(id, 'eu-west-1'));
  });

  test.each([eni, `arn:aws:ec2:eu-west-1:111122223333:network-interface/${eni}`, `${eni} of vpce-owner`])(
    'finds the network interface in %s',
    (text) => {
      expect(identify(text)).toMatchObject({
        regions: [{ region: 'eu-west-1' }],
        subject: { kind: 'network-interfaces', ids: [eni] },
      });
    },
  );

  test('with several interfaces may be about one endpoint', () => {
    expect(identify('eni-00000001, eni-00000002 and ENI-00000001')).toMatchObject({
      subject: { kind: 'network-interfaces', ids: ['eni-00000001', 'eni-00000002'] },
    });
  });

  test('with more interfaces than can be asked about is refused', () => {
    const ids = Array.from({ length: 21 }, (_, index) => `eni-${String(index).padStart(8, '0')}`);
    expect(refusal(ids.join(' '))).toEqual({
      code: 'invalid-parameter',
      detail: expect.stringMatching(
        /^Expected q to name at most 20 network interfaces; it names 21: eni-0{8}, /,
      ),
    });
    expect(identify(ids.slice(1).join(' '))).toMatchObject({ subject: { ids: ids.slice(1) } });
  });

  const service = 'vpce-svc-0b2f119acb23c050e';
  const [subnet, group, vpc] = ['subnet-0a1b2c3d4e5f60718', 'sg-0c3d4e5f60718293a', 'vpc-0d1e2f3a4b5c6d7e8'];

  test.each([
    ['several endpoints', `${id}, ${otherId}, ${id} in ${subnet}`, { vpcEndpointIds: [id, otherId] }],
    ['an endpoint service', `com.amazonaws.vpce.eu-west-1.${service} in ${vpc}`, { serviceNames: [service] }],
    ['a subnet', `The subnet '${subnet}' of ${vpc} has dependencies`, { subnetIds: [subnet] }],
    ['a security group', `${group} in ${vpc}`, { securityGroupIds: [group] }],
    ['a VPC', `The vpc '${vpc}' has dependencies`, { vpcIds: [vpc] }],
  ])('with %s is about all of its endpoints', (_, text, scope) => {
    expect(identify(text)).toMatchObject({ route: 'sweep', scope: { ...anywhere, ...scope } });
  });

  test('with several endpoints is about them in the Regions that it names', () => {
    expect(identify(`${id} ${otherId} us-east-1a`)).toMatchObject({
      regions: [{ region: 'us-east-1' }, { region: 'eu-west-1' }],
    });
    expect(identify(`${id} ${otherId} us-east-1a`, '&region=us-east-2')).toMatchObject({
      regions: [{ region: 'us-east-2' }],
    });
  });

  test.each([
    'orders.proxy-abcdef.eu-west-1.rds.amazonaws.com',
    'sales.111122223333.eu-west-1.redshift-serverless.amazonaws.com',
    'boot-abc.c3.kafka-serverless.cn-north-1.amazonaws.com.cn',
  ])('with the name %s of a resource is about the endpoint that it leads to', (name) => {
    expect(identify(`connect to https://${name}:3306/ timed out`)).toMatchObject({
      route: 'identify',
      subject: { kind: 'hostnames', names: [name] },
    });
    // An id says more.
    expect(identify(`${name} ${id}`)).toMatchObject({ subject: { kind: 'vpc-endpoint', id } });
  });

  test.each(['rds.amazonaws.com', 'ec2.eu-west-1.amazonaws.com', 'eu-west-1.console.aws.amazon.com'])(
    'with the name %s of AWS itself is about nothing',
    (name) => {
      expect(refusal(`https://${name}/ answered 500`)).toMatchObject({ code: 'nothing-to-identify' });
    },
  );

  test.each([
    ['s-08dc03c0a9212642e', 'https://x.console.aws.amazon.com/transfer/home#/servers/s-08dc03c0a9212642e'],
    ['webapp-0df4270fcce1e2ad4', 'WEBAPP-0DF4270FCCE1E2AD4 is in use.'],
    ['aos-0a1b2c3d4e5f60718293a4b5c6', 'aos-0a1b2c3d4e5f60718293a4b5c6'],
    ['osis-bkzu6c1k72gu21zwh', '"EndpointId": "osis-bkzu6c1k72gu21zwh"'],
    ['odbnet_2hcm1p15do', 'odbnet_2hcm1p15do'],
    ['le-4dab182a327847d5a82a327827d54dab', 'delete le-4dab182a327847d5a82a327827d54dab,'],
    ['b-446b8dd3-e118-4926-add3-e1180926446b', 'broker b-446b8dd3-e118-4926-add3-e1180926446b'],
    ['g-2b6ztc7hgh', '(g-2b6ztc7hgh)'],
    ['prx-0724d12d21cdbae1f', 'DbiResourceId=prx-0724d12d21cdbae1f'],
    ['prx-endpoint-05837dd3c31d9ebf9', 'prx-endpoint-05837dd3c31d9ebf9'],
  ])('with the id %s is about what that resource holds', (id, text) => {
    expect(identify(text)).toMatchObject({ route: 'sweep', scope: { resourceIds: [id] } });
  });

  test.each(['logs-08dc03c0a9212642e', 's-08dc03c0a9212642e-copy', 'g-production', 'le-monde', 'aos-prod'])(
    'with %s, which is no id, is about nothing',
    (text) => {
      expect(refusal(text)).toMatchObject({ code: 'nothing-to-identify' });
    },
  );

  test('with a name that an id is part of is about the name', () => {
    const name = 'b-446b8dd3-e118-4926-add3-e1180926446b.mq.eu-west-1.on.aws';
    expect(identify(name)).toMatchObject({ subject: { kind: 'hostnames', names: [name] } });
  });

  test('with several Regions is asked in each, the service\u2019s last but for the deployment\u2019s own', () => {
    const text = `com.amazonaws.vpce.us-east-1.vpce-svc-0b2f119acb23c050e arn:aws:ec2:us-east-2:111122223333:vpc-endpoint/${id}`;
    expect(identify(text)).toMatchObject({
      subject: { kind: 'vpc-endpoint', id },
      regions: [
        { region: 'us-east-2', why: "named by an endpoint's ARN" },
        { region: 'us-east-1', why: 'named by a service name' },
        { region: 'eu-west-1', why: "this deployment's own" },
      ],
    });
    expect(identify(text, '&region=sa-east-1')).toEqual(answer(id, 'sa-east-1'));
  });

  test('that names Regions which are not allowed is asked in the others, and in the deployment\u2019s own', () => {
    const query = `q=${id}+us-east-1+us-west-2`;
    expect(ask(query, ['eu-west-1'])).toMatchObject({
      regions: [{ region: 'eu-west-1' }],
      notAllowed: ['us-east-1', 'us-west-2'],
    });
    expect(ask(query, ['eu-west-1', 'us-west-2'])).toMatchObject({
      regions: [{ region: 'us-west-2' }, { region: 'eu-west-1' }],
      notAllowed: ['us-east-1'],
    });
  });

  test.each([
    ['vpce-xyz', 'invalid-vpc-endpoint-id', '"vpce-xyz"'],
    [
      refused('com.amazonaws.vpce.us-east-1.vpce-svc-xxxxxx').replace(id, 'vpce-xxxxxx'),
      'invalid-vpc-endpoint-id',
      '"vpce-xxxxxx"',
    ],
    ['eni-12345', 'invalid-network-interface-id', '"eni-12345"'],
    [
      'vpce-0ce9fdcd… in subnet-0a1b2c3d4e5f60718',
      'invalid-vpc-endpoint-id',
      'It also names subnet-0a1b2c3d4e5f60718.',
    ],
    [
      'vpce-owner: vpce-0ce9fdcd...',
      'invalid-vpc-endpoint-id',
      '"vpce-0ce9fdcd...". The rest of it is cut or hidden',
    ],
    ['eni-0a1b****', 'invalid-network-interface-id', '"eni-0a1b****". The rest of it is cut or hidden'],
    ['0ce9fdcdd4aa4097e', 'nothing-to-identify', '"0ce9fdcdd4aa4097e"'],
  ])('%s is refused as %s, naming %s', (text, code, named) => {
    expect(refusal(text)).toEqual({ code, detail: expect.stringContaining(named) });
  });

  test('of 4,096 characters is read, and a longer one is not', () => {
    expect(identify(`${id}${' '.repeat(4096 - id.length)}`)).toEqual(answer(id, 'eu-west-1'));
    expect(refusal(`${id}${' '.repeat(4097 - id.length)}`)).toMatchObject({
      code: 'invalid-parameter',
    });
  });

  test('is shown in an error without control characters, and cut', () => {
    expect(refusal(`\u001b[31mhelp\u202e\u200b\r\n${'x'.repeat(200)}`)).toMatchObject({
      detail: expect.stringContaining(` got "\u0020[31mhelp ${'x'.repeat(90)}…".`),
    });
  });
});
