/** An answer as a page: the verdict, what was not checked, what to do, how it is known, the endpoint. */
import type { Candidate, Evidence, Identification } from '../answer/identification.ts';
import { plainText } from '../plain-text.ts';
import { chainOf, evidenceOf, kindOf, sourceNames } from './chain.ts';
import { draw } from './drawing.ts';
import { codeWords, type Html, html, keepLines, link } from './html.ts';
import { counted } from './lines.ts';
import { isClaim, openChecks } from './text.ts';

export function renderAnswer(answer: Identification): { readonly title: string; readonly main: Html } {
  const { vpcEndpointId, verdict, service, owner } = answer;
  const who = owner?.resourceId ?? service?.name ?? verdict;
  return {
    title: `${who}: ${vpcEndpointId}`,
    main: html`${head(answer)}${notChecked(answer)}${whatToDo(answer)}${candidates(answer)}${howItIsKnown(answer)}${endpoint(answer)}${checks(answer)}`,
  };
}

function head(answer: Identification): Html {
  const { vpcEndpointId, region, accountId, service, owner, complete } = answer;
  const [look, sign, words] = badge(answer);
  const place = html`<code class="k">${vpcEndpointId}</code> in ${region}, account ${accountId ?? 'unknown'}`;
  const console = owner?.consoleUrl
    ? html` ${link(owner.consoleUrl, `Open ${kindOf(owner.resourceType)} in the console`)}`
    : null;
  return html`<div><p class="badge ${look}"><span aria-hidden="true">${sign}</span> ${words}</p>${complete ? null : html` <p class="badge warn"><span aria-hidden="true">!</span> not everything was checked</p>`}<h1>${verdictSentence(answer)}</h1><p class="lead">${owner === null || service === null ? null : html`${service.name}: `}${place}.${console}</p></div>`;
}

/** A sign and words, for colour alone tells some people nothing. */
function badge({
  verdict,
  confidence,
}: Identification): readonly [look: string, sign: string, words: string] {
  switch (verdict) {
    case 'identified':
      return confidence === 'confirmed'
        ? ['ok', '✓', 'identified, confirmed']
        : ['warn', '≈', 'identified, probable'];
    case 'service-identified':
      return ['warn', '≈', 'the service only'];
    case 'ambiguous':
      return ['warn', '⇄', 'ambiguous'];
    case 'unidentified':
      return ['warn', '?', 'unidentified'];
    case 'not-requester-managed':
      return ['ok', '✓', 'not requester-managed'];
  }
}

function verdictSentence({ verdict, confidence, service, owner, candidates: fitting }: Identification): Html {
  switch (verdict) {
    case 'identified':
      return html`The ${lowerFirst(kindOf(owner?.resourceType))} <em>${owner?.resourceId}</em> ${confidence === 'confirmed' ? '' : 'probably '}owns this endpoint`;
    case 'service-identified':
      return html`${service?.name} made this endpoint; no resource is known to hold it`;
    case 'ambiguous':
      return html`${fitting.length} resources may own this endpoint, and only one can`;
    case 'unidentified':
      return html`A service made this endpoint, and nothing that was asked claims it`;
    case 'not-requester-managed':
      return service === null
        ? html`This endpoint is yours: no service manages it`
        : html`${service.name} made this endpoint, and leaves it to you to delete`;
  }
}

function notChecked(answer: Identification): Html | null {
  const open = [...openChecks(answer)];
  if (open.length === 0) return null;
  return html`<section class="open"><h2>Not checked</h2><p>${whatItMayChange(answer)}</p><ul>${open.map(([reason, names]) => html`<li><b>${codeWords(reason)}:</b> ${names.join(', ')}</li>`)}</ul></section>`;
}

function whatItMayChange({ verdict }: Identification): string {
  switch (verdict) {
    case 'identified':
    case 'not-requester-managed':
      return 'It could show that another resource is the owner.';
    case 'service-identified':
      return 'It could show the resource that owns the endpoint. Until then nobody can say that there is none.';
    case 'ambiguous':
      return 'It could tell which of the resources is the owner, or name another one.';
    case 'unidentified':
      return 'It could show the owner. Until then nobody can say that the endpoint has none.';
  }
}

function whatToDo({ nextStep }: Identification): Html {
  const { action, summary, commands, warnings, documentation } = nextStep;
  const isCase = action === 'contact-support';
  const minded =
    warnings.length === 0
      ? null
      : html`<ul class="mind">${warnings.map((warning) => html`<li>${codeWords(warning)}</li>`)}</ul>`;
  const told = summary.split('\n').map((paragraph) => html`<p>${codeWords(paragraph)}</p>`);
  const shown = commands.filter((command) => plainText(command) === command);
  const blocks = shown.length > 3 ? [shown.join('\n')] : shown;
  return html`<section class="do"><h2>What to do</h2>${
    // What speaks against a support case has to be read before its text is copied.
    isCase
      ? html`<p>Ask AWS Support to delete the endpoint. Before you do:</p>${minded}<p>Then paste this into the case:</p>${copyable(summary)}`
      : told
  }${blocks.map(copyable)}${shown.length === commands.length ? null : html`<p>A command is left out: it has characters that are not shown. The JSON form has it.</p>`}${isCase ? null : minded}${documentation === null ? null : html`<p class="see">${link(documentation, 'AWS’s documentation of this')}</p>`}</section>`;
}

function copyable(text: string): Html {
  return html`<div class="cmd"><pre>${keepLines(text)}</pre><button type="button" data-copy hidden aria-live="polite">Copy</button></div>`;
}

function candidates(answer: Identification): Html | null {
  const { candidates: fitting } = answer;
  if (fitting.length === 0) return null;
  const facts = (candidate: Candidate): readonly (readonly [string, string | null])[] => [
    ['Kind', kindOf(candidate.resourceType)],
    ['Service', candidate.service.name],
    ['ARN', candidate.arn],
    ['Part of', candidate.parentArn],
  ];
  const all = fitting.map(facts);
  const differs = (index: number) => all.some((each) => each[index]?.[1] !== all[0]?.[index]?.[1]);
  const shared =
    fitting.length === 1
      ? []
      : (all[0] ?? []).filter(([, value], index) => value !== null && !differs(index));
  const cards = fitting.map((candidate, number) => {
    const own = (all[number] ?? []).filter(
      ([, value], index) => value !== null && (fitting.length === 1 || differs(index)),
    );
    const said = evidenceOf(answer, candidate)?.statement;
    return html`<li><h3>${link(candidate.consoleUrl, candidate.resourceId)}</h3><dl>${own.map(fact)}</dl>${said === undefined ? null : html`<p>${codeWords(said)}.</p>`}</li>`;
  });
  const same =
    shared.length === 0
      ? null
      : html`<p>The same for all: ${shared.map(([name, value]) => `${lowerFirst(name)} ${value}`).join(', ')}.</p>`;
  return html`<section><h2>${fitting.length === 1 ? 'What may own it' : 'Which of them may own it'}</h2>${same}<ul class="cards">${cards}</ul></section>`;
}

/** The drawing and, for those who do not see it, its facts in order: what decided, what others say, what is missing. */
function howItIsKnown(answer: Identification): Html {
  const { evidence } = answer;
  const items = [
    ...evidence
      .filter(({ source }) => !isClaim(source))
      .flatMap((each) => [told(each), assumed(each, answer)]),
    ...evidence.filter(({ source }) => isClaim(source)).map(told),
    notCheckedItem(answer),
  ].filter((item) => item !== null);
  const list =
    items.length === 0 ? html`<p>${nothingSaid(answer)}</p>` : html`<ol class="chain">${items}</ol>`;
  return html`<section><h2>How it is known</h2>${draw(chainOf(answer))}${list}</section>`;
}

function notCheckedItem(answer: Identification): Html | null {
  const names = [...openChecks(answer).values()].flat();
  if (names.length === 0) return null;
  return html`<li class="not"><b>Not checked, and it could change this.</b> ${counted(names.length, 'check')}, listed above.</li>`;
}

function nothingSaid({ verdict }: Identification): string {
  return verdict === 'not-requester-managed'
    ? 'EC2 says that no service manages it.'
    : 'No tag, no event of CloudTrail and no resource points to an owner.';
}

function told({ source, strength, statement }: Evidence): Html {
  const name = sourceNames[source];
  switch (strength) {
    case 'confirmed':
      return html`<li class="yes"><b>Confirmed by ${lowerFirst(name)}.</b> ${codeWords(statement)}</li>`;
    case 'probable':
      return html`<li class="says"><b>${name}: said, not proved.</b> ${codeWords(statement)}</li>`;
    case 'hint':
      return html`<li class="says"><b>${name}: it would fit.</b> ${codeWords(statement)}</li>`;
    case 'refuted':
      return html`<li class="no"><b>${name}: refuted.</b> ${codeWords(statement)}</li>`;
  }
}

function assumed({ source }: Evidence, { endpoint: { vpcId } }: Identification): Html | null {
  if (source !== 'address') return null;
  return html`<li class="not"><b>Assumed.</b> Nothing else in ${codeWords(vpcId ?? 'its VPC')} has these addresses.</li>`;
}

function endpoint({ owner, endpoint: about, accountId }: Identification): Html {
  const facts: readonly (readonly [string, Html | string | null])[] = [
    ['Owner', owner?.arn ?? null],
    ['Part of', owner?.parentArn ?? null],
    ['Service name', about.serviceName],
    ['Type', about.type],
    [
      'State',
      [about.state, about.createdAt === null ? null : `made ${about.createdAt}`].filter(Boolean).join(', ') ||
        null,
    ],
    ['Account', about.ownerId === accountId ? null : about.ownerId],
    ['VPC', about.vpcId],
    ['Subnets', about.subnetIds.join(', ')],
    ['Interfaces', about.networkInterfaceIds.join(', ')],
    ['Security groups', about.securityGroupIds.join(', ')],
    [
      'Tags',
      Object.entries(about.tags)
        .map(([key, value]) => `${key}=${value}`)
        .join(', '),
    ],
  ];
  return html`<section><h2>The endpoint</h2><dl>${facts.filter(([, value]) => value).map(fact)}</dl></section>`;
}

function fact([name, value]: readonly [string, Html | string | null]): Html {
  return html`<dt>${name}</dt><dd>${typeof value === 'string' ? codeWords(value) : value}</dd>`;
}

/** Equal ones in one row. */
function checks({ checks: all }: Identification): Html {
  const rows = new Map<string, { names: string[]; apiCalls: number; durationMs: number; says: string }>();
  for (const { check, outcome, reason, apiCalls, durationMs } of all) {
    const says = reason === null ? outcome : `${outcome}: ${reason}`;
    const row = rows.get(says) ?? { names: [], apiCalls: 0, durationMs: 0, says };
    row.names.push(check);
    rows.set(says, {
      ...row,
      apiCalls: row.apiCalls + apiCalls,
      durationMs: Math.max(row.durationMs, durationMs),
    });
  }
  const body = [...rows.values()].map(
    ({ names, says, apiCalls, durationMs }) =>
      html`<tr><td>${names.join(', ')}</td><td>${codeWords(says)}</td><td class="num">${apiCalls}</td><td class="num">${durationMs} ms</td></tr>`,
  );
  return html`<details><summary>All ${counted(all.length, 'check')}</summary><table><thead><tr><th scope="col">Check</th><th scope="col">Outcome</th><th scope="col" class="num">Calls</th><th scope="col" class="num">Took</th></tr></thead><tbody>${body}</tbody></table></details>`;
}

function lowerFirst(text: string): string {
  return /^[A-Z](?![A-Z])/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}
