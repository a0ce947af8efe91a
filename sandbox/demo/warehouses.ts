import { forwardAccessSession, type RegionBuilder } from '../build.ts';
import { type Example, eachAge, identifiedById } from './example.ts';

export function warehouseExamples(tokyo: RegionBuilder): Example[] {
  return eachAge(tokyo, ({ words, suffix }, createdAt) => {
    const byCaller = { creator: forwardAccessSession('redshift') };
    const sales = tokyo.redshiftCluster({ name: `sales${suffix}`, createdAt, event: byCaller });
    const events = tokyo.redshiftCluster({ name: `events${suffix}`, createdAt, listed: false });
    const desk = tokyo.redshiftEndpointAccess({
      name: `desk${suffix}`,
      cluster: sales,
      network: tokyo.network({ range: '10.2' }),
      createdAt,
    });
    const granted = tokyo.redshiftEndpointAccess({
      name: `granted${suffix}`,
      cluster: { clusterIdentifier: 'finance', resourceOwner: '777788889999' },
      createdAt,
    });
    const adhoc = tokyo.workgroup({ name: `adhoc${suffix}`, createdAt });
    const nightly = tokyo.workgroup({ name: `nightly${suffix}`, createdAt, listed: false });
    const lab = tokyo.serverlessEndpointAccess({ name: `lab${suffix}`, workgroup: adhoc, createdAt });
    return [
      identifiedById(`a Redshift cluster that lists the endpoint, ${words}`, sales),
      identifiedById(`a Redshift cluster by its alias alone, ${words}`, events),
      identifiedById(`a Redshift-managed VPC endpoint, ${words}`, desk),
      identifiedById(`a Redshift-managed VPC endpoint to another account's cluster, ${words}`, granted),
      identifiedById(`a Redshift Serverless workgroup that lists the endpoint, ${words}`, adhoc),
      identifiedById(`a Redshift Serverless workgroup by its alias alone, ${words}`, nightly),
      identifiedById(`a Redshift Serverless managed VPC endpoint, ${words}`, lab),
    ];
  });
}
