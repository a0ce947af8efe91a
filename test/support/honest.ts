/** What an honest answer says of one service's endpoints while something of the service fails. */
import type { Identification } from '../../lambda/http/contract.ts';
import type { Owner } from '../../sandbox/build.ts';
import type { Crowd } from './crowd.ts';

/** What is said of an endpoint that none of the resources holds, when they could not all be read. */
export function saysFault(id: string, answer: Identification, action: string, kind: string): boolean {
  const { owner, complete, checks, nextStep } = answer;
  const check = checks.find((one) => one.check === id);
  const about = kind === 'missing-fields' ? `${action}|AWS::` : action;
  const words = `${nextStep.summary} ${nextStep.warnings.join(' ')}`;
  const asks = nextStep.action === 'grant-permission' && words.includes(action);
  return (
    owner === null &&
    !complete &&
    check?.outcome === 'failed' &&
    new RegExp(about).test(check.reason ?? '') &&
    nextStep.action !== 'contact-support' &&
    (kind !== 'denied' || asks)
  );
}

/** Answers that name another owner than the true one, or that have none and whose check says that it is whole. */
export function breachesOf(
  id: string,
  owned: Crowd['owned'],
  answers: readonly Identification[],
): Identification[] {
  return answers.filter((answer, index) => {
    const { owner, complete, checks, nextStep } = answer;
    const hasFailed = checks.some((one) => one.check === id && one.outcome === 'failed');
    const isHonest = owner !== null || (hasFailed && !complete && nextStep.action !== 'contact-support');
    return !isHonest || !isOwnerOrNone(answer, owned[index]?.owner);
  });
}

export function isOwnerOrNone({ owner }: Identification, truth: Owner | null | undefined): boolean {
  if (owner === null) return true;
  return owner.resourceId === truth?.resourceId && owner.resourceType === truth.resourceType;
}
