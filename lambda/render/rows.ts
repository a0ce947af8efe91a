/** Many answers in forms for terminals, spreadsheets and pipes: one row each. Loaded when one is asked for. */
import type { Sweep, SweepRow } from '../answer/sweep.ts';
import { plainJson, plainText } from '../plain-text.ts';
import { counted, headline, join, wrap } from './lines.ts';
import { openOf, otherKinds } from './sums.ts';

const dayMs = 86_400_000;

/** The endpoints of each VPC, then the sums, then what was not checked. Two blanks stand between values, and none within. */
export function renderTable(sweep: Sweep, now = new Date()): string {
  const widest = Math.max(0, ...sweep.vpcEndpoints.map(({ verdict }) => verdict.length));
  const byVpc = new Map<string, string[]>();
  for (const row of sweep.vpcEndpoints) {
    const vpc = headline([row.vpcId]);
    byVpc.set(vpc, [...(byVpc.get(vpc) ?? []), lineOf(row, widest, now)]);
  }
  const tables = [...byVpc].flatMap(([vpc, lines]) => [vpc, ...lines]);
  return join([...tables, ...(tables.length === 0 ? [] : ['']), ...sums(sweep)]);
}

function lineOf(row: SweepRow, verdictWidth: number, now: Date): string {
  const { vpcEndpointId, verdict, complete, service, owner, candidates, createdAt } = row;
  const who = owner?.resourceId ?? (candidates > 0 ? `one of ${candidates}` : null);
  const age = createdAt === null ? null : ageOf(now.getTime() - Date.parse(createdAt));
  const rest = headline([service?.id, who, age, ...(complete ? [] : ['not everything was checked'])]);
  return `${vpcEndpointId}  ${verdict.padEnd(verdictWidth)}  ${rest}`;
}

function ageOf(ms: number): string {
  const days = Math.floor(ms / dayMs);
  return days > 0 ? `${days} d` : `${Math.max(0, Math.floor(ms / 3_600_000))} h`;
}

/** What the rows come to, what is missing, and how it goes on. */
function sums(sweep: Sweep): readonly string[] {
  const { count, summary, region, accountId, complete, notFound, otherInterfaces, nextToken } = sweep;
  const list = (numbers: object) => Object.entries(numbers).map(([name, number]) => `${number} ${name}`);
  const verdicts = list(summary.verdicts).join(', ');
  const services = list(summary.services).join(', ');
  const where = `${counted(count, 'endpoint')} in account ${accountId ?? 'unknown'}, ${region}`;
  const others = otherKinds(otherInterfaces).flatMap(([kind, number]) => wrap(`${number} × ${kind}`, 6));
  const open = openOf(sweep).flatMap(([reason, names]) => wrap(`${names.join(', ')}: ${reason}`, 6));
  return [
    ...wrap(verdicts === '' ? where : `${where}: ${verdicts}`, 0),
    ...(services === '' ? [] : wrap(`of ${services}`, 0)),
    ...(notFound.length === 0 ? [] : wrap(`not in this Region: ${notFound.join(', ')}`, 0)),
    ...(others.length === 0
      ? []
      : ['', 'No such endpoint is in it. What else keeps it from being deleted:', ...others]),
    ...(complete ? [] : ['', 'Not checked, and it could have changed the answer:', ...open]),
    ...(nextToken === null ? [] : ['', ...wrap(`There are more: ask again with nextToken=${nextToken}`, 0)]),
  ];
}

/** Of one Region or several. */
export const renderRows = { csv: renderCsv, ndjson: renderNdjson, markdown: renderMarkdown } as const;

type Column = readonly [name: string, value: (row: SweepRow) => string | number | boolean | null];

const columns: readonly Column[] = [
  ['vpcEndpointId', (row) => row.vpcEndpointId],
  ['vpcId', (row) => row.vpcId],
  ['verdict', (row) => row.verdict],
  ['confidence', (row) => row.confidence],
  ['service', (row) => row.service?.id ?? null],
  ['ownerType', (row) => row.owner?.resourceType ?? null],
  ['ownerId', (row) => row.owner?.resourceId ?? null],
  ['ownerArn', (row) => row.owner?.arn ?? null],
  ['candidates', (row) => row.candidates],
  ['complete', (row) => row.complete],
  ['state', (row) => row.state],
  ['createdAt', (row) => row.createdAt],
  ['action', (row) => row.nextStep.action],
  ['command', (row) => row.nextStep.command],
];

/** RFC 4180, with a header. */
function renderCsv(...sweeps: readonly Sweep[]): string {
  const head = ['region', ...columns.map(([name]) => name)].join(',');
  const lines = sweeps.flatMap(({ region, vpcEndpoints }) =>
    vpcEndpoints.map((row) => [region, ...columns.map(([, value]) => value(row))].map(csvCell).join(',')),
  );
  return [head, ...lines].map((line) => `${line}\r\n`).join('');
}

/** A spreadsheet runs what begins like a formula; an apostrophe before it makes it text. */
function csvCell(value: string | number | boolean | null): string {
  const text = value === null ? '' : String(value);
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** A line for each row, and for each Region a last one with all else that the answer says. */
function renderNdjson(...sweeps: readonly Sweep[]): string {
  const lines = sweeps.flatMap(({ vpcEndpoints, ...rest }) => [
    ...vpcEndpoints.map((row) => ({ region: rest.region, ...row })),
    rest,
  ]);
  return lines.map((line) => `${plainJson(line, 0)}\n`).join('');
}

function renderMarkdown(...sweeps: readonly Sweep[]): string {
  return sweeps.map(markdownOf).join('\n');
}

function markdownOf(sweep: Sweep): string {
  const head = ['Endpoint', 'VPC', 'Verdict', 'Service', 'Owner', 'Next step'];
  const rows = sweep.vpcEndpoints.map(({ vpcEndpointId, vpcId, verdict, service, owner, nextStep }) =>
    [
      `\`${vpcEndpointId}\``,
      vpcId === null ? '' : `\`${vpcId}\``,
      verdict,
      service?.id ?? '',
      markdownText(owner?.resourceId ?? ''),
      nextStep.action,
    ].join(' | '),
  );
  const table = [head.join(' | '), head.map(() => '---').join(' | '), ...rows].map((line) => `| ${line} |`);
  return join([...table, '', ...sums(sweep).map(markdownText)]);
}

/** Whatever Markdown or HTML would act on. */
function markdownText(text: string): string {
  return plainText(text).replace(/[\\`*_{}[\]<>|#!~&]/g, (sign) => `\\${sign}`);
}
