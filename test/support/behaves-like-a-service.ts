/**
 * What is true of every service that is asked. What its operations, endpoints and resources are, the sandbox's registry
 * says; which actions it may call and how its resources are removed, the program's.
 */
import { describe, expect, test } from '@jest/globals';
import { shellCommand } from '../../lambda/answer/shell.ts';
import type { Identification } from '../../lambda/http/contract.ts';
import type { Service as Resolver } from '../../lambda/model/service.ts';
import { resolvers } from '../../lambda/resolvers/index.ts';
import type { Account } from '../../sandbox/account.ts';
import { newAccount } from '../../sandbox/build.ts';
import { parseFault } from '../../sandbox/faults.ts';
import type { Call } from '../../sandbox/server.ts';
import { services } from '../../sandbox/services/registry.ts';
import type { Service } from '../../sandbox/services/service.ts';
import type { Example } from '../../sandbox/world/example.ts';
import type { ApiOptions } from './api.ts';
import { endpointWith } from './cases.ts';
import { type Asked, askFor, type Crowd, crowdOf, seed } from './crowd.ts';
import { only } from './few-services.ts';
import { breachesOf, isOwnerOrNone, saysFault } from './honest.ts';
import { promised } from './promised.ts';
import { thorough } from './thorough.ts';

interface Subject {
  readonly id: string;
  readonly proves: Proves;
  readonly service: Service;
  readonly resolver: Resolver;
  /** `rds:DescribeDBProxies`, for each operation that the sandbox knows of it. */
  readonly actions: readonly string[];
  /** Those that were called. */
  readonly called: Set<string>;
}

/** `nothing`: no list of the service leads to an endpoint, so that what it lists is a candidate, and never an owner. */
type Proves = 'owners' | 'nothing';

/** Runs the specification for one service, by the id that the program and the sandbox both give it. */
export function behavesLikeAService(id: string, { proves = 'owners' }: { proves?: Proves } = {}): void {
  const subject = subjectOf(id, proves);
  describe(`${id}, like every service,`, () => {
    isFound(subject);
    keepsTheLaws(subject);
    readsLists(subject);
    isRemoved(subject);

    test('calls the IAM actions that it declares, and no others', () => {
      expect([...subject.called].sort()).toEqual(Object.keys(subject.resolver.actions).sort());
    });
  });
}

function subjectOf(id: string, proves: Proves): Subject {
  const service = services.find((one) => one.id === id);
  const resolver = resolvers.find((one) => one.id === id);
  if (service?.api === undefined || resolver === undefined)
    throw new Error(`${id} is not asked, or the sandbox has no operations of it`);
  const { api, operations = {} } = service;
  const own = Object.keys(operations).map((operation) => `${api.id}:${operation}`);
  // It may ask another service of AWS too: EC2.
  const actions = [...new Set([...own, ...Object.keys(resolver.actions)])];
  return { id, proves, service, resolver, actions, called: new Set() };
}

/** Asks, and remembers which of the service's operations were called. @returns what became of each group */
async function ask<Groups extends readonly (readonly string[])[]>(
  { id, proves, actions, called }: Subject,
  account: Account,
  groups: readonly [...Groups],
  options: ApiOptions = {},
): Promise<{ readonly [Group in keyof Groups]: Asked }> {
  const asked = await askFor(account, groups, { services: only(id, bystander(id)), ...options });
  for (const { answers, calls } of asked) {
    for (const action of calls.map(actionOf)) if (actions.includes(action)) called.add(action);
    if (proves === 'nothing') expect(answers.filter(({ owner }) => owner !== null)).toEqual([]);
  }
  return asked as { readonly [Group in keyof Groups]: Asked };
}

/** Another one that is asked. */
const bystander = (id: string) => (id === 'redshift' ? 'transfer' : 'redshift');

/** The endpoints whose owner is there to be told, as well as the service can tell it. */
const heldIn = ({ proves }: Subject, { owned, hidden }: Crowd) => (proves === 'owners' ? owned : hidden);

const actionOf = ({ service, operation }: Call) => `${service}:${operation}`;

function isFound(subject: Subject): void {
  const { service } = subject;

  const inDemo = (region: string) => {
    const build = newAccount('111122223333').region(region, new Date());
    return { account: build.account, examples: service.examples?.(build) ?? [] };
  };
  const askForExamples = async (account: Account, examples: readonly Example[], region: string) => {
    const ids = examples.map(({ path }) => path.split('/').at(-1) ?? '');
    const [{ answers }] = await ask(subject, account, [ids], { region });
    const kept = examples.map((one, index) => promised(one.expect, answers[index], 200));
    expect(kept).toEqual(examples.map(({ expect: promise }) => promise));
    return answers;
  };

  test('is found in every shape that the demo account has of it', async () => {
    const { account, examples } = inDemo('ap-northeast-1');
    expect(examples).not.toEqual([]);
    await askForExamples(account, examples, 'ap-northeast-1');
  });

  test.each([
    ['cn-north-1', 'aws-cn'],
    ['us-gov-west-1', 'aws-us-gov'],
  ])('is found in %s, whose names and ARNs are others', async (region, partition) => {
    const { account, examples } = inDemo(region);
    const types = examples.map(({ expect: { resourceType } }) => resourceType);
    const some = examples.filter((_, index) => types.indexOf(types[index]) === index);
    const answers = await askForExamples(account, some, region);
    const named = answers.flatMap(({ owner, candidates }) => [owner ?? [], candidates].flat());
    const arns = named.flatMap(({ arn, parentArn }) => [arn ?? [], parentArn ?? []].flat());
    expect(named).not.toEqual([]);
    expect(arns.filter((arn) => !arn.startsWith(`arn:${partition}:`))).toEqual([]);
  });

  test(`is found, or honestly not, in every shape of a generated account (seed ${seed})`, async () => {
    const { account, truth } = crowdOf(service, 4);
    const [{ answers }] = await ask(subject, account, [[...truth.keys()]]);
    const wrong = answers.filter((answer) => {
      const { owner, verdicts = [] } = truth.get(answer.vpcEndpointId) ?? {};
      return !verdicts.includes(answer.verdict) || !isOwnerOrNone(answer, owner);
    });
    expect(wrong).toEqual([]);
  });
}

function keepsTheLaws(subject: Subject): void {
  // How the SDK sends a call again does not depend on the service.
  const sentAgain = thorough ? ['throttled', 'cut-off'] : [];
  const faults = ['denied', ...sentAgain, 'missing-lists', 'missing-fields'];
  const all = Object.keys(subject.resolver.actions).flatMap((action) =>
    [...faults, ...(isList(subject, action) ? ['repeat-token'] : [])].map((fault) => `${action}=${fault}`),
  );

  test.each(all)('is named truly or not at all, and leaves no orphan, under %s', async (fault) => {
    const crowd = crowdOf(subject.service, 2);
    const owned = oneOfEachType(heldIn(subject, crowd));
    expect(owned).not.toEqual([]);
    const groups = [owned.map(({ id }) => id), crowd.strangers] as const;
    const options = { faults: parseFault(fault), maxPageItems: 3 };
    const [named, strangers] = await ask(subject, crowd.account, groups, options);
    expect(breachesOf(subject.id, owned, named.answers)).toEqual([]);
    const [action = '', kind = ''] = fault.split('=');
    const wasAsked = strangers.calls.some((call) => actionOf(call) === action);
    const isSaid = (answer: Identification) => saysFault(subject.id, answer, action, kind);
    if (wasAsked) expect(strangers.answers.filter((answer) => !isSaid(answer))).toEqual([]);
  });
}

function readsLists(subject: Subject): void {
  const { proves, service, resolver, actions } = subject;
  const andEnds = proves === 'owners' ? ', and no page is asked for after that' : '';

  test(`is found on whatever page has it${andEnds}`, async () => {
    const crowd = crowdOf(service, 5, { unmarked: true });
    const { account, strangers } = crowd;
    const held = heldIn(subject, crowd);
    const options = { maxPageItems: 1, latencyMs: 25 };
    const [{ answers }] = await ask(subject, account, [held.map(({ id }) => id)], options);
    expect(missed(subject, held, answers)).toEqual([]);
    // What proves nothing is read to its end.
    if (proves === 'nothing') return;
    // An address proves little: where no name leads to the endpoint, all the lists are read.
    const sure = held.filter((_, index) => answers[index]?.confidence === 'confirmed');
    const first = oneOfEachType(sure);
    const groups = [...strangers, ...first.map(({ id }) => id)].map((id) => [id]);
    const asked = await ask(subject, account, groups, options);
    const costs = asked.map(({ calls }) => calls.filter((call) => actions.includes(actionOf(call))).length);
    // A service name of its own rules it out for all others: nobody's lookup reads its lists to their end.
    const whole = Math.max(...costs.splice(0, strangers.length)) || held.length;
    expect(first).toHaveLength(oneOfEachType(held).length);
    expect(costs.filter((cost) => cost >= whole)).toEqual([]);
  });

  test('is found behind an empty page that has a token', async () => {
    const crowd = crowdOf(service, 2);
    const held = heldIn(subject, crowd);
    const faults = Object.assign({}, ...actions.map((action) => parseFault(`${action}=empty-first-page`)));
    const [{ answers }] = await ask(subject, crowd.account, [held.map(({ id }) => id)], { faults });
    expect(missed(subject, held, answers)).toEqual([]);
  });

  const describing = Object.keys(resolver.actions).filter((action) => !isList(subject, action));
  if (describing.length > 0) {
    test.each(describing)('is no orphan when %s does not find what was listed', async (action) => {
      const build = () => crowdOf(service, 2, { unmarked: true });
      for (const one of oneOfEachType(heldIn(subject, build()))) {
        const { account } = build();
        const onCall = hideFrom(action, service, account);
        const [{ answers }] = await ask(subject, account, [[one.id]], { onCall });
        expect(breachesOf(subject.id, [one], answers)).toEqual([]);
      }
    });
  }
}

/** The endpoints whose owner was not told. */
function missed({ proves }: Subject, held: Crowd['owned'], answers: readonly Identification[]) {
  return held.filter(({ owner: { resourceId } }, index) => {
    const { owner, candidates = [] } = answers[index] ?? {};
    const told = proves === 'owners' ? [owner] : candidates;
    return !told.some((one) => one?.resourceId === resourceId);
  });
}

/** The first of each. */
function oneOfEachType(owned: Crowd['owned']): Crowd['owned'] {
  const types = owned.map(({ owner }) => owner.resourceType);
  return owned.filter((_, index) => types.indexOf(types[index] ?? '') === index);
}

/** AWS calls the operations that list `List…` where others describe; where there is none of these, all list. */
function isList({ actions }: Subject, action: string): boolean {
  return action.includes(':List') || !actions.some((one) => one.includes(':List'));
}

/** Deletes the service's resources for as long as one operation looks for them. */
function hideFrom(action: string, { rows }: Service, { regions }: Account): (call: Call) => void {
  const lists = Object.values(regions).flatMap((region) => Object.values(rows?.(region) ?? {}));
  const all = lists.map((list) => [...list]);
  return (call) => {
    for (const [index, list] of lists.entries())
      list.splice(0, list.length, ...(actionOf(call) === action ? [] : (all[index] ?? [])));
  };
}

function isRemoved(subject: Subject): void {
  const { service, resolver } = subject;
  const types = new Set(heldIn(subject, crowdOf(service, 2)).map(({ owner }) => owner.resourceType));
  const place = { region: 'ap-northeast-1', accountId: '111122223333' };

  test.each([...types])('%s is removed by commands that name it and its Region, quoted', (type) => {
    const id = "it's; $(reboot)";
    const arn = `arn:aws:x:${place.region}:${place.accountId}:${id}`;
    const endpoint = endpointWith();
    const removal = resolver.removal?.({ type, id, arn, shows: {}, network: {} }, place, endpoint);
    expect(removal?.summary).toContain(id);
    expect(removal?.commands).not.toEqual([]);
    for (const argv of removal?.commands ?? []) {
      expect(argv.slice(-2)).toEqual(['--region', place.region]);
      expect(argv.some((argument) => argument === id || argument === arn)).toBe(true);
      expect(shellCommand(argv)).toContain(`it'\\''s; $(reboot)'`);
    }
  });
}
