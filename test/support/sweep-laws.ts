/** What must be true of every answer about many endpoints, whatever AWS and DNS do. */
import type { Sweep, SweepRow } from '../../lambda/answer/sweep.ts';
import type { ProblemDocument } from '../../lambda/problem.ts';
import { deadlineMs, passing } from './matrix.ts';

const describing = 'ec2:DescribeVpcEndpoints';

export type Swept = { readonly afterMs: number } & (
  | { readonly sweep: Sweep }
  | { readonly problem: ProblemDocument }
);

/** @param usual the answer on an ordinary day. @returns the laws that the answer breaks */
export function sweepBreaches(fault: string, usual: Sweep, swept: Swept): string[] {
  const wrong: string[] = [];
  const demand = (law: string, kept: boolean, what: unknown = '') => {
    if (!kept) wrong.push(`${law} ${JSON.stringify(what)}`);
  };
  demand('an answer comes before the deadline', swept.afterMs <= deadlineMs, swept.afterMs);
  if (!('sweep' in swept)) {
    const { code, action } = swept.problem;
    demand('only what EC2 says of the endpoints makes an error', fault.startsWith(describing), swept.problem);
    demand(
      'the error is what went wrong',
      code !== 'internal-error' && (action ?? describing) === describing,
    );
    return wrong;
  }
  const { sweep } = swept;
  const { vpcEndpoints: rows, checks, complete, completeVpcIds } = sweep;
  const [operation = '', does = ''] = fault.split('=');
  const failed = checks.filter(({ outcome }) => outcome === 'failed');

  const ids = idsOf(sweep);
  demand('each endpoint comes once, in order', ids.join() === [...new Set(ids)].sort().join(), ids);
  demand(
    'none is missing, or the answer says so',
    ids.join() === idsOf(usual).join() ||
      failed.some(({ check, reason }) => check === 'vpc-endpoints' && reason?.includes(describing)),
    idsOf(usual).filter((id) => !ids.includes(id)),
  );
  for (const row of rows) {
    const known = usual.vpcEndpoints.find(({ vpcEndpointId }) => vpcEndpointId === row.vpcEndpointId);
    for (const law of rowBreaches(fault, known, row)) demand(law, false, row);
  }
  demand(
    '`complete` is that of the rows, and of the list of them',
    complete ===
      (rows.every((row) => row.complete) && !failed.some(({ check }) => check === 'vpc-endpoints')),
  );
  demand(
    'what is not complete says why',
    complete || failed.length > 0 || checks.some(({ reason }) => reason?.includes('vpce-owner does not ask')),
    checks,
  );
  const worse = rows.some(
    (row, index) => !row.complete && usual.vpcEndpoints[index]?.complete && ids.length === usual.count,
  );
  demand(
    'the cause is named',
    !worse ||
      isLong(operation, does) ||
      operation === 'dns' ||
      does.startsWith('missing-field') ||
      failed.some(({ reason }) => reason?.includes(operation)),
    failed,
  );
  demand(
    'a VPC is done when all its endpoints are',
    completeVpcIds.every((id) => rows.every((row) => row.vpcId !== id || row.complete)),
    completeVpcIds,
  );
  demand(
    'a fault that passes changes nothing',
    !passing.includes(does) ||
      isLong(operation, does) ||
      rows.map(told).join('\n') === usual.vpcEndpoints.map(told).join('\n'),
  );
  return wrong;
}

/** Pages of ten endpoints or interfaces, two seconds each: the time is over before all are there. */
function isLong(operation: string, does: string): boolean {
  return operation.startsWith('ec2:') && does.startsWith('slow');
}

function rowBreaches(fault: string, usual: SweepRow | undefined, row: SweepRow): string[] {
  const wrong: string[] = [];
  if (usual === undefined) return ['a row is of an endpoint that there is'];
  const { owner, service, complete, nextStep } = row;
  const isTrue =
    owner === null ||
    (owner.resourceId === usual.owner?.resourceId &&
      owner.resourceType === usual.owner.resourceType &&
      service?.id === usual.service?.id &&
      (owner.arn === null || owner.arn === usual.owner.arn));
  if (!isTrue) wrong.push('the owner named is the true one, or none');
  // DNS that denies a name which exists cannot be told from one that does not exist.
  const hidesRecords = fault === 'dns=nxdomain' || fault === 'dns=nodata';
  if (complete && !hidesRecords && told(row) !== told(usual))
    wrong.push('a complete row is that of an ordinary day');
  if (nextStep.action === 'contact-support' && !(complete && usual.nextStep.action === 'contact-support'))
    wrong.push('nobody is sent to support unless that is right and everything was checked');
  return wrong;
}

const idsOf = ({ vpcEndpoints }: Sweep) => vpcEndpoints.map(({ vpcEndpointId }) => vpcEndpointId);

function told({ vpcEndpointId, verdict, confidence, service, owner, nextStep }: SweepRow): string {
  return [
    vpcEndpointId,
    verdict,
    confidence,
    service?.id,
    owner?.resourceType,
    owner?.resourceId,
    nextStep.action,
  ].join(' ');
}
