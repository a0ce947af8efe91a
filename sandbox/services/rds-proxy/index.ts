import { AwsError, type Input } from '../../protocols/protocol.ts';
import { filters, maxRecords, text } from '../input.ts';
import { byName, rds, same, unknownFilter } from '../rds.ts';
import type { Service } from '../service.ts';
import { creator, rdsProxy as proxy, rdsProxyEndpoint, rdsProxyInCreation, rows } from './build.ts';
import { examples, kinds } from './examples.ts';

export type { ProxyEndpointMade, ProxyMade, ProxyOptions } from './build.ts';

export const rdsProxy = {
  id: 'rds-proxy',
  api: rds,
  rows,
  creator,
  builders: { rdsProxy: proxy, rdsProxyEndpoint, rdsProxyInCreation },
  examples,
  kinds,
  operations: {
    DescribeDBProxies: (input, { region, page }) => {
      const size = maxRecords(input);
      refuseFilters(input);
      const named = byName(
        rows(region).dbProxies,
        text(input, 'DBProxyName'),
        (proxy) => [proxy.DBProxyName],
        proxyNotFound,
      );
      return page('DBProxies', named, size);
    },

    DescribeDBProxyEndpoints: (input, { region, page }) => {
      const size = maxRecords(input);
      refuseFilters(input);
      const proxyName = text(input, 'DBProxyName');
      byName(rows(region).dbProxies, proxyName, (proxy) => [proxy.DBProxyName], proxyNotFound);
      const ofProxy = rows(region).dbProxyEndpoints.filter(
        (endpoint) => proxyName === undefined || same(endpoint.DBProxyName, proxyName),
      );
      const named = byName(
        ofProxy,
        text(input, 'DBProxyEndpointName'),
        (endpoint) => [endpoint.DBProxyEndpointName],
        (name) => new AwsError('DBProxyEndpointNotFoundFault', `DBProxyEndpoint ${name} not found.`, 404),
      );
      return page('DBProxyEndpoints', named, size);
    },
  },
} as const satisfies Service;

function proxyNotFound(name: string): AwsError {
  return new AwsError('DBProxyNotFoundFault', `DBProxy ${name} not found.`, 404);
}

/** RDS proxies have filters in their interface and support none. */
function refuseFilters(input: Input): void {
  const [filter] = filters(input);
  if (filter !== undefined) throw unknownFilter(filter.name);
}
