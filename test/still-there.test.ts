/** A live resource that says less than usual of its endpoints is no reason to call one an orphan. */
import { describe, expect, test } from '@jest/globals';
import { forwardAccessSession } from '../sandbox/build.ts';
import { parseFault } from '../sandbox/faults.ts';
import { startApi } from './support/api.ts';
import { emptyRegion, lookUp } from './support/lookup.ts';

const actionFor = async (region: Parameters<typeof lookUp>[0], id: string) =>
  (await lookUp(region, id)).answer.nextStep.action;

test.each([
  ['DELETING', { VpcEndpoints: [] }],
  ['CREATE_FAILED', { VpcEndpoints: undefined, VpcEndpointService: undefined }],
])('a pipeline that is %s and lists nothing may hold the endpoint', async (status, left) => {
  const region = emptyRegion();
  const { vpcEndpointId, row } = region.vpcPipeline({ status, createdAt: region.daysAgo(5) });
  Object.assign(row.pipeline, left);
  expect(await actionFor(region, vpcEndpointId)).not.toBe('contact-support');
});

test.each([null, ''])('a pipeline endpoint whose VPC comes as %j may hold the endpoint', async (VpcId) => {
  const region = emptyRegion();
  const { vpcEndpointId, row } = region.pipelineEndpoint({
    createdAt: region.daysAgo(5),
    resolves: 'nowhere',
  });
  Object.assign(row, { VpcId });
  expect(await actionFor(region, vpcEndpointId)).not.toBe('contact-support');
});

describe('a firewall', () => {
  const firewallIn = (region: ReturnType<typeof emptyRegion>) => region.resources.firewalls[0];

  test('that says nothing of the zone of its subnet may hold the endpoint', async () => {
    const region = emptyRegion();
    const { vpcEndpointId } = region.firewall({ createdAt: region.daysAgo(5) });
    Object.assign(firewallIn(region)?.FirewallStatus ?? {}, { SyncStates: {} });
    expect(await actionFor(region, vpcEndpointId)).not.toBe('contact-support');
  });

  test('that is being deleted is waited for, though one of its zones is gone', async () => {
    const region = emptyRegion();
    const network = region.network({ subnets: 2 });
    const { vpcEndpointId } = region.firewall({
      status: 'DELETING',
      network,
      createdAt: region.daysAgo(300),
    });
    for (const { Attachment } of Object.values(firewallIn(region)?.FirewallStatus?.SyncStates ?? {}))
      if (Attachment?.EndpointId !== vpcEndpointId)
        Object.assign(Attachment ?? {}, { EndpointId: undefined });
    expect(await actionFor(region, vpcEndpointId)).toBe('wait');
  });
});

test('an endpoint that a NAT gateway names is the proxy’s, while its other zone is being attached', async () => {
  const region = emptyRegion();
  const { vpcEndpointId } = region.networkFirewallProxy({ createdAt: region.daysAgo(300) });
  const [gateway] = region.resources.natGateways;
  const [appliance] = gateway?.AttachedAppliances ?? [];
  gateway?.AttachedAppliances?.push({
    ...appliance,
    VpcEndpointId: undefined,
    AttachmentState: 'attaching',
  });
  const { answer } = await lookUp(region, vpcEndpointId);
  expect(answer).toMatchObject({ verdict: 'identified', confidence: 'confirmed' });
});

test.each(['network-firewall:ListFirewalls=denied', 'odb:ListOdbNetworks=denied'])(
  'under %s a row says what the single answer says of what CloudTrail knows',
  async (fault) => {
    const region = emptyRegion();
    const creator = forwardAccessSession('docdb-elastic');
    const { vpcEndpointId } = region.orphan({ createdAt: region.daysAgo(5), creator });
    region.orphan({ createdAt: region.daysAgo(300) });
    const api = await startApi(region.account, { region: region.name, faults: parseFault(fault) });
    const { vpcEndpoints } = JSON.parse((await api.request('/vpc-endpoints')).body);
    const row = vpcEndpoints.find((one: { vpcEndpointId: string }) => one.vpcEndpointId === vpcEndpointId);
    const { complete, verdict, nextStep } = await api.identify(vpcEndpointId);
    await api.close();
    expect(row).toMatchObject({ complete, verdict, nextStep: { action: nextStep.action } });
  },
);
