/** Many answers as a page: what was not checked, the sums, and a row for each endpoint that leads to its own answer. */
import type { Sweep, SweepRow } from '../answer/sweep.ts';
import { codeWords, type Html, html } from './html.ts';
import { counted } from './lines.ts';
import { openOf, otherKinds } from './sums.ts';

/** Links of the same path, with one parameter changed. */
export type Link = (name: string, value: string) => string;

export function renderSweep(sweep: Sweep, base: string, link: Link) {
  const { count, region, accountId, nextToken } = sweep;
  const title = `${counted(count, 'endpoint')} in ${region}`;
  const more =
    nextToken === null
      ? null
      : html`<p>There are more endpoints than this page shows: <a href="${link('nextToken', nextToken)}" rel="next">go on</a>.</p>`;
  return {
    title,
    main: html`<div>${badge(sweep)}<h1>${title}</h1><p class="lead">Made by AWS services, in account ${accountId ?? 'unknown'}${scopeOf(sweep)}.</p></div>${notChecked(sweep)}${totals(sweep)}${others(sweep)}${count === 0 ? null : table(sweep, base, link)}${more}`,
  };
}

function badge({ complete }: Sweep): Html {
  return complete
    ? html`<p class="badge ok"><span aria-hidden="true">✓</span> everything was checked</p>`
    : html`<p class="badge warn"><span aria-hidden="true">!</span> not everything was checked</p>`;
}

function scopeOf({ scope }: Sweep): string {
  const named = Object.values(scope).flat();
  const few = named.slice(0, 4).join(', ');
  return named.length === 0
    ? ''
    : `, in scope of ${few}${named.length > 4 ? ` and ${named.length - 4} more` : ''}`;
}

function notChecked(sweep: Sweep): Html | null {
  const { complete, completeVpcIds, notFound } = sweep;
  const missing =
    notFound.length === 0
      ? null
      : html`<section class="open"><h2>Not in this Region</h2><p>${notFound.map((id) => html`<code>${id}</code> `)}</p></section>`;
  if (complete) return missing;
  const done =
    completeVpcIds.length === 0 ? null : html`<p>Checked to the end: ${completeVpcIds.join(', ')}.</p>`;
  return html`${missing}<section class="open"><h2>Not checked</h2><p>It could change the answer of the rows that are marked with an exclamation mark.</p><ul>${openOf(sweep).map(([reason, names]) => html`<li><b>${codeWords(reason)}:</b> ${names.join(', ')}</li>`)}</ul>${done}</section>`;
}

function totals({ summary }: Sweep): Html | null {
  const facts = [...Object.entries(summary.verdicts), ...Object.entries(summary.services)];
  if (facts.length === 0) return null;
  return html`<section><h2>In all</h2><dl class="totals">${facts.map(([name, number]) => html`<dt>${name}</dt><dd>${number}</dd>`)}</dl></section>`;
}

function others({ otherInterfaces }: Sweep): Html | null {
  if (otherInterfaces.length === 0) return null;
  return html`<section><h2>What else stands there</h2><p>No service-made endpoint is in it. These network interfaces keep it from being deleted:</p><ul>${otherKinds(otherInterfaces).map(([kind, number]) => html`<li>${number} × ${kind}</li>`)}</ul></section>`;
}

function table({ vpcEndpoints, region }: Sweep, base: string, link: Link): Html {
  const head = ['Endpoint', 'Verdict', 'Service', 'Owner', 'VPC', 'Made'];
  return html`<section class="rows"><h2 id="rows">The endpoints</h2><p><a href="${link('format', 'csv')}">As CSV</a></p><div class="scroll" role="region" aria-labelledby="rows" tabindex="0"><table aria-rowcount="${vpcEndpoints.length + 1}"><thead><tr aria-rowindex="1">${head.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead><tbody>${vpcEndpoints.map((row, index) => line(row, index, region, base))}</tbody></table></div></section>`;
}

function line(row: SweepRow, index: number, region: string, base: string): Html {
  const { vpcEndpointId, verdict, complete, service, owner, candidates, vpcId, createdAt } = row;
  const who = owner?.resourceId ?? (candidates > 0 ? `one of ${candidates}` : '–');
  const open = complete ? null : html`<span class="mark" title="not everything was checked">!</span> `;
  return html`<tr aria-rowindex="${index + 2}"><th scope="row"><a href="${base}/vpc-endpoints/${vpcEndpointId}?region=${region}">${vpcEndpointId}</a></th><td>${open}${verdict}</td><td>${service?.id ?? '–'}</td><td>${who}</td><td>${vpcId ?? '–'}</td><td>${createdAt?.slice(0, 10) ?? '–'}</td></tr>`;
}
