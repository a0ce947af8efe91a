/** What the list of an owner does not say of it: its ARNs, and that it is being deleted. Each owner is asked for once. */
import { describeFailure, OutOfTime } from '../aws/failure.ts';
import type { Match, Resource } from '../model/model.ts';
import { nameOf } from '../model/names.ts';
import { limitConcurrency } from '../time/limit.ts';
import type { Asked, Detailed, Survey } from './state.ts';

/** An owner is worth more than its ARNs: these are waited for no longer than this. */
const completionMs = 3_000;
/** Calls in flight: a sweep may have thousands of owners. */
const detailsAtOnce = 32;
/** When so many of one service fail, the rest are not asked for. */
const mostFailures = 20;

/** An owner that may not be looked up keeps its name. */
export async function complete(it: Survey, match: Match): Promise<Completed> {
  const asked = it.asked.find(({ service }) => service.id === match.service.id);
  const known = withKnown(it, match.resource);
  if (known.lacks === undefined || asked?.service.detail === undefined)
    return { match: { ...match, resource: known }, note: null };
  const { resource, note } = await it.details(asked, known);
  return { match: { ...match, resource }, note };
}

export interface Completed extends Pick<Detailed, 'note'> {
  readonly match: Match;
}

/** Other lists may have said what this one does not: the ARN, and that it is being deleted. */
function withKnown(it: Survey, resource: Resource): Resource {
  const { lacks, ...rest } = resource;
  const deleting = it.known.get(nameOf(resource))?.deleting ? { state: 'deleting' as const } : {};
  const arn = lacks === undefined ? undefined : it.known.get(nameOf(lacks))?.arn;
  return arn ? { ...rest, [lacks?.member ?? 'arn']: arn, ...deleting } : { ...resource, ...deleting };
}

export function newDetails({ clock, connect }: Survey['world']): Survey['details'] {
  const inTurn = limitConcurrency(detailsAtOnce);
  const known = new Map<string, Promise<Detailed>>();
  const failed = new Map<Asked, string[]>();

  const ask = async (asked: Asked, resource: Resource): Promise<Detailed> => {
    const failures = failed.get(asked) ?? [];
    failed.set(asked, failures);
    if (failures.length >= mostFailures) return { resource, note: failures[0] ?? null };
    const ended = new AbortController();
    const usage = asked.log.alsoUntil(AbortSignal.any([clock.deadline, ended.signal]));
    try {
      const late = clock.sleep(completionMs, usage.signal).then(() => {
        throw new OutOfTime(`the ARN of ${nameOf(resource.lacks ?? resource)} did not come in time`);
      });
      const detail = asked.service.detail?.(connect(usage), resource) ?? resource;
      return { resource: await Promise.race([detail, late]), note: null };
    } catch (error) {
      const note = `not all of the owner's ARNs are known: ${describeFailure(error).reason}`;
      failures.push(note);
      return { resource, note };
    } finally {
      ended.abort();
    }
  };
  return (asked, resource) => {
    const key = `${asked.service.id} ${nameOf(resource)}`;
    const detailed = known.get(key) ?? inTurn(new AbortController().signal, () => ask(asked, resource));
    known.set(key, detailed);
    return detailed;
  };
}
