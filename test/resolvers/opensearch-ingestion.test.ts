import { describe, expect, test } from '@jest/globals';
import { behavesLikeAService } from '../support/behaves-like-a-service.ts';
import { checkOf, emptyRegion, lookUp } from '../support/lookup.ts';

const old = (region: ReturnType<typeof emptyRegion>) => ({ createdAt: region.daysAgo(300) });

describe('a pipeline', () => {
  test('owns the endpoint that it names as managed by the service', async () => {
    const region = emptyRegion();
    const { vpcEndpointId, row } = region.vpcPipeline({ name: 'traces', ...old(region) });
    const { answer, queries } = await lookUp(region, vpcEndpointId);
    expect(answer).toMatchObject({
      verdict: 'identified',
      confidence: 'confirmed',
      owner: { resourceType: 'AWS::OSIS::Pipeline', resourceId: 'traces', arn: row.pipeline.PipelineArn },
      nextStep: { commands: ['aws osis delete-pipeline --pipeline-name traces --region ap-northeast-1'] },
    });
    expect(queries).toEqual([]);
  });

  test('owns no endpoint that the customer manages, and none where it is public', async () => {
    const region = emptyRegion();
    const network = region.network();
    const { vpcEndpointId } = region.orphan({ network, ...old(region) });
    region.otherPipeline({ network, vpcEndpointId });
    region.otherPipeline();
    const { answer } = await lookUp(region, vpcEndpointId);
    expect(answer).toMatchObject({ owner: null, candidates: [] });
    expect(checkOf(answer, 'opensearch-ingestion')).toMatchObject({ outcome: 'no-match', reason: null });
  });

  test.each([
    ['is being made, and names none', 'CREATING', undefined, 'does not say its VPC endpoints (CREATING)'],
    [
      'has an endpoint service, and names none',
      'ACTIVE',
      'vpce-svc',
      'does not say its VPC endpoints (ACTIVE)',
    ],
  ])('that %s may hold the endpoint', async (_, Status, service, reason) => {
    const region = emptyRegion();
    const { vpcEndpointId, row } = region.vpcPipeline(old(region));
    row.pipeline.Status = Status;
    row.pipeline.VpcEndpoints = [];
    if (service === undefined) delete row.pipeline.VpcEndpointService;
    const { answer } = await lookUp(region, vpcEndpointId);
    expect(answer).toMatchObject({ owner: null, complete: false });
    expect(checkOf(answer, 'opensearch-ingestion')?.reason).toContain(reason);
  });

  test.each([undefined, 'vpce-050f79086ee71ac0z', 'osis-1'])(
    'whose endpoint has an id that is none of EC2\u2019s (%s) may hold another',
    async (id) => {
      const region = emptyRegion();
      const { vpcEndpointId, row } = region.vpcPipeline(old(region));
      const [endpoint] = row.pipeline.VpcEndpoints ?? [];
      if (id === undefined) delete endpoint?.VpcEndpointId;
      else if (endpoint !== undefined) endpoint.VpcEndpointId = id;
      const { answer } = await lookUp(region, vpcEndpointId);
      expect(answer).toMatchObject({ owner: null, complete: false });
    },
  );

  test('that names the endpoint of a pipeline endpoint leaves it to that', async () => {
    const region = emptyRegion();
    const { vpcEndpointId, network, row } = region.pipelineEndpoint(old(region));
    const pipeline = region.vpcPipeline({ network, ...old(region) });
    pipeline.row.pipeline.VpcEndpoints?.push({
      VpcEndpointId: vpcEndpointId,
      VpcId: network.vpcId,
      VpcOptions: { ...row.VpcOptions, VpcEndpointManagement: 'SERVICE' },
    });
    const { answer } = await lookUp(region, vpcEndpointId);
    expect(answer).toMatchObject({ verdict: 'identified', owner: { resourceId: row.EndpointId } });
  });
});

describe('a pipeline endpoint', () => {
  test.each(['own', 'of-ec2'] as const)(
    'owns its endpoint, and the pipeline stays (%s id)',
    async (endpointId) => {
      const region = emptyRegion();
      const { vpcEndpointId, row } = region.pipelineEndpoint({ endpointId, ...old(region) });
      const { answer, queries } = await lookUp(region, vpcEndpointId);
      const { EndpointId, PipelineArn } = row;
      expect(answer).toMatchObject({
        verdict: 'identified',
        confidence: 'confirmed',
        owner: {
          resourceType: 'AWS::OSIS::PipelineEndpoint',
          resourceId: EndpointId,
          arn: null,
          parentArn: PipelineArn,
        },
        nextStep: {
          commands: [`aws osis delete-pipeline-endpoint --endpoint-id ${EndpointId} --region ap-northeast-1`],
        },
      });
      expect(queries.length > 0).toBe(endpointId === 'own');
    },
  );

  test.each(['public', 'nowhere'] as const)(
    'whose URL leads elsewhere (%s) is a candidate',
    async (resolves) => {
      const region = emptyRegion();
      const { vpcEndpointId, row } = region.pipelineEndpoint({ resolves, ...old(region) });
      const { answer } = await lookUp(region, vpcEndpointId);
      expect(answer).toMatchObject({
        verdict: 'service-identified',
        owner: null,
        candidates: [{ resourceId: row.EndpointId, strength: 'hint' }],
      });
    },
  );

  test('without a URL may hold the endpoint', async () => {
    const region = emptyRegion();
    const { vpcEndpointId, row } = region.pipelineEndpoint({ status: 'CREATING', ...old(region) });
    delete row.IngestEndpointUrl;
    const { answer } = await lookUp(region, vpcEndpointId);
    expect(answer).toMatchObject({ owner: null, complete: false });
    expect(checkOf(answer, 'opensearch-ingestion')?.reason).toMatch(/has no ingest URL yet \(CREATING\)$/);
  });
});

test('an endpoint to OpenSearch Serverless is no single pipeline\u2019s, however many list it', async () => {
  const region = emptyRegion();
  const { vpcEndpointId } = region.orphan(old(region));
  for (const name of ['traces', 'logs']) region.otherPipeline({ name, serviceEndpointIds: [vpcEndpointId] });
  const { answer } = await lookUp(region, vpcEndpointId);
  expect(answer).toMatchObject({
    verdict: 'identified',
    owner: { resourceType: 'AWS::OSIS::ServiceVpcEndpoint', resourceId: vpcEndpointId, arn: null },
    nextStep: { commands: ['aws osis list-pipelines --region ap-northeast-1'] },
  });
  expect(answer.nextStep.summary).toContain('Delete the pipelines that list');
});

behavesLikeAService('opensearch-ingestion');
