/** What must not compile: `npm run types` fails when one of these lines does. */
import { type NothingLeft, nothingLeft } from '../../lambda/answer/nothing-left.ts';
import type { Candidate, Verdict } from '../../lambda/answer/verdict.ts';
import type {
  Case,
  Claim,
  Coverage,
  Doubt,
  Gap,
  JudgedClaim,
  Match,
  Unreadable,
} from '../../lambda/model/model.ts';
import type { List, Service } from '../../lambda/model/service.ts';
import { caseOf, denied } from '../support/cases.ts';
import { serviceOf } from '../support/worlds.ts';

declare const claim: Claim;
declare const judged: JudgedClaim;
declare const doubt: Doubt;
declare const match: Match;
declare const found: Case;
declare const gaps: readonly Gap[];
declare const unreadable: Unreadable;

// @ts-expect-error What a tag or CloudTrail says is not what a service lists.
export const claimIsNoMatch: Match = claim;
// @ts-expect-error That a claim has been judged to stand makes no owner of it either.
export const claimIsNoOwner: Verdict['owner'] = judged;
// @ts-expect-error Nothing proves that a resource in doubt holds the endpoint.
export const doubtIsNoMatch: Match = doubt;
// @ts-expect-error A shared network is no match: nothing but an id, an alias or addresses is.
export const networkIsNoMatch: Match = { ...match, by: 'network' };
// @ts-expect-error What is refuted is evidence, and no candidate.
export const refutedIsNoCandidate: Candidate['strength'] = 'refuted';
// @ts-expect-error A claim is judged before it stands in a case.
export const claimIsJudged: Case['claims'] = [claim];

// @ts-expect-error Nothing was learned in part without a gap that says what was not.
export const partlyHasGap: Coverage = { read: 'partly', gaps: [] };
// @ts-expect-error A list of gaps may be empty, so it does not do either.
export const partlyHasOneAtLeast: Coverage = { read: 'partly', gaps };
// @ts-expect-error What was not read says why.
export const notReadHasReason: Coverage = { read: 'not' };
// @ts-expect-error A check that failed is not one that was not made.
export const failureIsNoSkip: Coverage = { read: 'not', because: 'denied', reason: 'not allowed' };
// @ts-expect-error A whole reading says what the service makes endpoints for that was not asked for.
export const wholeSaysWithout: Coverage = { read: 'whole', note: null };
// @ts-expect-error A gap without a reason is nothing that a person can act on.
export const gapHasReason: Gap = { kind: 'denied', action: null };

/** What opens a support case. */
declare function openSupportCase(proof: NothingLeft): void;

// @ts-expect-error Names of checks prove nothing: `nothingLeft` looks at all that was found.
openSupportCase({ checked: ['rds-proxy'] });
// @ts-expect-error Something may be left, and that has to be looked at first.
openSupportCase(nothingLeft(found));
// @ts-expect-error A case is no proof.
openSupportCase(caseOf());

const { unlisted: _, ...silent } = serviceOf('silent');
// @ts-expect-error A service says what it makes endpoints for that no list of it shows, were it nothing.
export const serviceSaysUnlisted: Service = silent;
// @ts-expect-error What cannot be read is an item of its page, and not an empty page.
export const failureIsNoAbsence: List = { read: async () => denied('rds:DescribeDBProxies') };
// @ts-expect-error An item that cannot be read is no resource.
export const unreadableIsNoResource: Match['resource'] = unreadable;
