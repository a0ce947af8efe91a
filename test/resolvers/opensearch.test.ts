import { expect, test } from '@jest/globals';
import { behavesLikeAService } from '../support/behaves-like-a-service.ts';
import { checkOf, emptyRegion, lookUp } from '../support/lookup.ts';

test('an OpenSearch-managed endpoint owns the one that its hostname is an alias of, and the domain stays', async () => {
  const region = emptyRegion();
  const { vpcEndpointId, row } = region.domainEndpoint({ createdAt: region.daysAgo(300) });
  const { answer } = await lookUp(region, vpcEndpointId);
  const { VpcEndpointId, DomainArn } = row.endpoint;
  expect(answer).toMatchObject({
    verdict: 'identified',
    confidence: 'confirmed',
    owner: {
      resourceType: 'AWS::OpenSearchService::VpcEndpoint',
      resourceId: VpcEndpointId,
      arn: null,
      parentArn: DomainArn,
    },
    nextStep: {
      commands: [
        `aws opensearch delete-vpc-endpoint --vpc-endpoint-id ${VpcEndpointId} --region ap-northeast-1`,
      ],
    },
  });
});

test('a hostname with a scheme and a path is looked up without them', async () => {
  const region = emptyRegion();
  const { vpcEndpointId, row } = region.domainEndpoint({ createdAt: region.daysAgo(300) });
  row.endpoint.Endpoint = `https://${row.endpoint.Endpoint}/`;
  const { answer } = await lookUp(region, vpcEndpointId);
  expect(answer.verdict).toBe('identified');
});

test.each(['public', 'nowhere'] as const)(
  'a hostname that leads elsewhere (%s) leaves it a candidate, and never an owner',
  async (resolves) => {
    const region = emptyRegion();
    const { vpcEndpointId, row } = region.domainEndpoint({ resolves, createdAt: region.daysAgo(300) });
    const { answer } = await lookUp(region, vpcEndpointId);
    expect(answer).toMatchObject({
      verdict: 'service-identified',
      owner: null,
      candidates: [{ resourceId: row.endpoint.VpcEndpointId, strength: 'hint' }],
    });
  },
);

test('one that is listed and then not described may be it', async () => {
  const region = emptyRegion();
  const { vpcEndpointId, row } = region.domainEndpoint({ createdAt: region.daysAgo(300) });
  row.describable = false;
  const { answer } = await lookUp(region, vpcEndpointId);
  expect(answer).toMatchObject({ owner: null, complete: false });
  expect(checkOf(answer, 'opensearch')).toMatchObject({
    outcome: 'failed',
    reason: expect.stringContaining(
      `${row.endpoint.VpcEndpointId} is listed, but was not described (ENDPOINT_NOT_FOUND)`,
    ),
  });
});

behavesLikeAService('opensearch');
