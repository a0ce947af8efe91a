/** Many answers as a page: what was not checked, the sums, and a row for each endpoint that leads to its own answer. */
import type { Sweep, SweepRow } from '../answer/sweep.ts';
import { plainJson, plainText } from '../plain-text.ts';
import { codeWords, type Html, html, trusted } from './html.ts';
import { counted } from './lines.ts';
import { hasNothing, nothingThere, openOf, otherKinds, placeOf, whoOf } from './sums.ts';

/** Links of the same path, with one parameter changed. */
export type Link = (name: string, value: string) => string;

export function renderSweep(sweep: Sweep, base: string, link: Link) {
  const { count, region, nextToken } = sweep;
  const title = `${counted(count, 'endpoint')} in ${region}`;
  const more =
    nextToken === null
      ? null
      : html`<p>There are more endpoints than this page shows: <a href="${link('nextToken', nextToken)}" rel="next">go on</a>.</p>`;
  return {
    title,
    main: html`<div>${badge(sweep)}<h1>${title}</h1><p class="lead">Made by AWS services, ${placeOf(sweep)}.</p></div>${notChecked(sweep)}${totals(sweep)}${others(sweep)}${count === 0 ? null : table(sweep, base, link)}${more}`,
  };
}

function badge({ complete }: Sweep): Html {
  return complete
    ? html`<p class="badge ok"><span aria-hidden="true">✓</span> everything was checked</p>`
    : html`<p class="badge warn"><span aria-hidden="true">!</span> not everything was checked</p>`;
}

function notChecked(sweep: Sweep): Html | null {
  const { complete, completeVpcIds, notFound } = sweep;
  const missing =
    notFound.length === 0
      ? null
      : html`<section class="open"><h2>Not in this Region</h2><p>${notFound.map((id) => html`<code>${id}</code> `)}</p></section>`;
  if (complete) return missing;
  const done =
    completeVpcIds.length === 0
      ? null
      : html`<details><summary>${counted(completeVpcIds.length, 'VPC')} checked to the end</summary><p>${completeVpcIds.join(', ')}</p></details>`;
  return html`${missing}<section class="open"><h2>Not checked</h2><p>It could change the answer of the rows that are marked with an exclamation mark.</p><ul>${openOf(sweep).map(([reason, names]) => html`<li><b>${codeWords(reason)}:</b> ${names.join(', ')}</li>`)}</ul>${done}</section>`;
}

function totals({ summary, vpcEndpoints }: Sweep): Html | null {
  const names = new Map(vpcEndpoints.map(({ service }) => [service?.id, service?.name]));
  const services = Object.entries(summary.services).sort(([, one], [, other]) => other - one);
  const verdicts = Object.entries(summary.verdicts).filter(([verdict]) => verdict !== 'identified');
  if (services.length + verdicts.length === 0) return null;
  const tile = (name: string, number: number, look = '') =>
    html`<li class="${look}"><b>${number}</b> ${name}</li>`;
  return html`<ul class="tiles" aria-label="How many of each">${services.map(([id, number]) => tile(names.get(id) ?? id, number))}${verdicts.map(([verdict, number]) => tile(verdict, number, 'warn'))}</ul>`;
}

function others(sweep: Sweep): Html | null {
  const { otherInterfaces } = sweep;
  if (hasNothing(sweep)) return html`<p>${nothingThere}</p>`;
  if (otherInterfaces.length === 0) return null;
  return html`<section><h2>What else stands there</h2><p>No service-made endpoint is in it. These network interfaces keep it from being deleted:</p><ul>${otherKinds(otherInterfaces).map(([kind, number]) => html`<li>${number} × ${kind}</li>`)}</ul></section>`;
}

/** Without a script these are shown; the other forms have all. */
const mostRows = 200;

function table(sweep: Sweep, base: string, link: Link): Html {
  const { vpcEndpoints, region } = sweep;
  const head = ['Endpoint', 'Verdict', 'Service', 'Owner', 'VPC', 'Made'];
  const address = `${base}/vpc-endpoints/ID?region=${region}`;
  const lines = vpcEndpoints.slice(0, mostRows).map((row, index) => line(cellsOf(row), index, address));
  const rest =
    vpcEndpoints.length > mostRows
      ? html`<noscript><p>The first ${mostRows} of ${vpcEndpoints.length} are shown here, and all of them in the other forms.</p></noscript>`
      : null;
  return html`<section class="rows"><h2 id="rows">Endpoints</h2><p><a href="${link('format', 'csv')}">As CSV</a>, <a href="${link('format', 'ndjson')}">as NDJSON</a></p>${filters(vpcEndpoints)}<p role="status"></p>${rest}<div class="scroll" role="region" aria-labelledby="rows" tabindex="0"><table data-base="${address}" aria-rowcount="${vpcEndpoints.length + 1}"><thead><tr aria-rowindex="1">${head.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead><tbody>${lines}</tbody></table></div>${trusted(`<script type="application/json" id="rows-data">${dataOf(vpcEndpoints)}</script>`)}</section>`;
}

function dataOf(rows: readonly SweepRow[]): string {
  return plainJson(rows.map(cellsOf), 0).replaceAll('<', '\\u003c');
}

type Cells = readonly [...texts: string[], complete: number];

/** The texts of a row, and 0 where not everything was checked. */
function cellsOf(row: SweepRow): Cells {
  const { vpcEndpointId, verdict, complete, service, vpcId, createdAt } = row;
  const texts = [
    vpcEndpointId,
    verdict,
    service?.id ?? '–',
    whoOf(row) ?? '–',
    vpcId ?? '–',
    createdAt?.slice(0, 10) ?? '–',
  ];
  return [...texts.map(plainText), complete ? 1 : 0];
}

function line(cells: Cells, index: number, address: string): Html {
  const [id, verdict, ...texts] = cells.slice(0, -1).map(String);
  const open = cells.at(-1) === 0 ? '! ' : '';
  return html`<tr aria-rowindex="${index + 2}"><th scope="row"><a href="${address.replace('ID', id ?? '')}">${id}</a></th><td>${open}${verdict}</td>${texts.map((text) => html`<td>${text}</td>`)}</tr>`;
}

/** For the script, which shows them. */
function filters(rows: readonly SweepRow[]): Html {
  const cells = rows.map(cellsOf);
  const options = (column: number) => [...new Set(cells.map((each) => String(each[column])))].sort();
  const select = (name: string, label: string, column: number) =>
    html`<label>${label} <select name="${name}"><option value="">all</option>${options(column).map((value) => html`<option>${value}</option>`)}</select></label>`;
  return html`<form class="filters" hidden><label>Containing <input name="text" type="search" autocomplete="off" spellcheck="false"></label>${select('verdict', 'Verdict', 1)}${select('service', 'Service', 2)}${select('vpc', 'VPC', 4)}</form>`;
}
