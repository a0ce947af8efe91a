import { afterEach, expect, test } from '@jest/globals';
import { newAccount } from '../../sandbox/build.ts';
import { parseFault } from '../../sandbox/faults.ts';
import { type Api, startApi } from '../support/api.ts';
import { beginVirtualTime } from '../support/virtual-time.ts';

let api: Api;
afterEach(() => api.close());

/** A lookup of an endpoint that only the list of its VPC's firewalls leads to. */
async function lookUp(fault: string) {
  const region = newAccount('111122223333').region('ap-northeast-1', new Date());
  const network = region.network();
  const firewalls = ['a', 'b', 'c', 'd'].map((name) => region.firewall({ name, network, tagged: false }));
  const [, , { vpcEndpointId = '' } = {}] = firewalls;
  api = await startApi(region.account, { faults: parseFault(fault) });
  const time = beginVirtualTime(() => api.sandbox.calls.length + api.sandbox.queries.length);
  try {
    const { verdict, owner, complete } = await time.passUntil(api.identify(vpcEndpointId));
    return { verdict, owner: owner?.resourceId, complete, afterMs: time.now() };
  } finally {
    time.end();
  }
}

test.each([1, 2])(
  'answers that are cut off in the middle (%d of them) are asked for again, at once',
  async (times) => {
    const { afterMs, ...answer } = await lookUp(`network-firewall:DescribeFirewall=cut-off:${times}`);
    expect(answer).toEqual({ verdict: 'identified', owner: 'c', complete: true });
    expect(afterMs).toBeLessThan(5_000);
  },
);
