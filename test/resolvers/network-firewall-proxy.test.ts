import { expect, test } from '@jest/globals';
import { parseFault } from '../../sandbox/faults.ts';
import { behavesLikeAService } from '../support/behaves-like-a-service.ts';
import { checkOf, emptyRegion, lookUp } from '../support/lookup.ts';

test('a proxy owns the endpoint that its NAT gateway names, and no proxy is described', async () => {
  const region = emptyRegion();
  const { vpcEndpointId, natGatewayId, owner } = region.networkFirewallProxy({
    createdAt: region.daysAgo(300),
  });
  const { answer, calls } = await lookUp(region, vpcEndpointId);
  expect(answer).toMatchObject({
    verdict: 'identified',
    confidence: 'confirmed',
    owner: { resourceType: 'AWS::NetworkFirewall::Proxy', arn: owner.arn, parentArn: owner.parentArn },
    nextStep: {
      commands: [
        `aws network-firewall delete-proxy --nat-gateway-id ${natGatewayId} --proxy-name ${owner.resourceId} --region ap-northeast-1`,
      ],
    },
  });
  expect(calls.filter(({ operation }) => operation === 'DescribeProxy')).toEqual([]);
});

test.each(['unnamed', 'absent'] as const)(
  'a proxy that its NAT gateway does not tell (%s) is known by its endpoint service, less surely',
  async (attached) => {
    const region = emptyRegion();
    const { vpcEndpointId, owner } = region.networkFirewallProxy({
      attached,
      createdAt: region.daysAgo(300),
    });
    const { answer } = await lookUp(region, vpcEndpointId);
    expect(answer).toMatchObject({
      verdict: 'identified',
      confidence: 'probable',
      owner: { resourceId: owner.resourceId },
    });
  },
);

test('a proxy with another endpoint service is a candidate on its subnet, and no owner', async () => {
  const region = emptyRegion();
  const made = region.networkFirewallProxy({ attached: 'absent', createdAt: region.daysAgo(300) });
  made.row.VpcEndpointServiceName = 'com.amazonaws.vpce.ap-northeast-1.vpce-svc-00000000000000000';
  const { answer } = await lookUp(region, made.vpcEndpointId);
  expect(answer).toMatchObject({ owner: null, candidates: [{ resourceId: made.owner.resourceId }] });
});

test('one that is being attached may hold the endpoint', async () => {
  const region = emptyRegion();
  const { vpcEndpointId, row } = region.networkFirewallProxy({ attached: 'unnamed', status: 'ATTACHING' });
  delete row.VpcEndpointServiceName;
  const { answer } = await lookUp(region, vpcEndpointId);
  expect(answer).toMatchObject({ owner: null, complete: false });
  expect(checkOf(answer, 'network-firewall-proxy')?.reason).toMatch(
    /does not say its VPC endpoint \(ATTACHING\)$/,
  );
});

test('one whose NAT gateway EC2 does not list may hold the endpoint', async () => {
  const region = emptyRegion();
  const { vpcEndpointId } = region.networkFirewallProxy({ createdAt: region.daysAgo(300) });
  region.resources.natGateways = [];
  const { answer } = await lookUp(region, vpcEndpointId);
  expect(answer).toMatchObject({ owner: null, complete: false });
  expect(checkOf(answer, 'network-firewall-proxy')?.reason).toMatch(
    /is on a NAT gateway that EC2 does not list \(ATTACHED\)$/,
  );
});

test('a refusal to list proxies is a gap, and no orphan', async () => {
  const region = emptyRegion();
  const { vpcEndpointId } = region.orphan({ createdAt: region.daysAgo(300) });
  const faults = parseFault('network-firewall:ListProxies=denied');
  const { answer } = await lookUp(region, vpcEndpointId, { faults });
  expect(answer).toMatchObject({ complete: false, nextStep: { action: 'grant-permission' } });
});

test('that proxies may not be listed is no matter of what others own', async () => {
  const region = emptyRegion();
  const faults = {
    ...parseFault('network-firewall:ListProxies=denied'),
    ...parseFault('ec2:DescribeNatGateways=denied'),
  };
  const createdAt = region.daysAgo(300);
  for (const { vpcEndpointId } of [
    region.rdsProxy({ createdAt }),
    region.firewall({ createdAt, tagged: false }),
  ]) {
    const { answer } = await lookUp(region, vpcEndpointId, { faults });
    expect(answer).toMatchObject({ verdict: 'identified', complete: true });
  }
});

behavesLikeAService('network-firewall-proxy');
