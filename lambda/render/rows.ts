/** Many answers in forms for terminals, spreadsheets and pipes: one row each. Loaded when one is asked for. */
import type { Sweep, SweepRow } from '../answer/sweep.ts';
import { plainJson, plainText } from '../plain-text.ts';
import { counted, headline, join, wrap } from './lines.ts';
import { hasNothing, nothingThere, openOf, otherKinds, placeOf, whoOf } from './sums.ts';

const dayMs = 86_400_000;

/**
 * The endpoints of each VPC, then the sums, then what was not checked. Two blanks stand between values, and none within; an
 * exclamation mark ends the row of what is open.
 */
export function renderTable(sweep: Sweep, now = new Date()): string {
  const byVpc = new Map<string, string[]>();
  for (const row of sweep.vpcEndpoints) {
    const vpc = headline([row.vpcId]);
    byVpc.set(vpc, [...(byVpc.get(vpc) ?? []), lineOf(row, now)]);
  }
  const tables = [...byVpc].flatMap(([vpc, lines]) => [vpc, ...lines]);
  return join([...tables, ...(tables.length === 0 ? [] : ['']), ...sumLines(sweep)]);
}

/** Longer ones have no owner beside them, and so the room. */
const verdictWidth = 'unidentified'.length;

function lineOf(row: SweepRow, now: Date): string {
  const { vpcEndpointId, verdict, complete, service, createdAt } = row;
  const age = createdAt === null ? null : ageOf(now.getTime() - Date.parse(createdAt));
  const rest = headline([service?.id, whoOf(row), age, ...(complete ? [] : ['!'])]);
  return `${vpcEndpointId}  ${verdict.padEnd(verdictWidth)}  ${rest}`;
}

function ageOf(ms: number): string {
  const days = Math.floor(ms / dayMs);
  return days > 0 ? `${days} d` : `${Math.max(0, Math.floor(ms / 3_600_000))} h`;
}

interface Sum {
  readonly text: string;
  /** One of a list. */
  readonly listed?: true;
}

/** What the rows come to, what is missing, and how it goes on. An empty text stands between paragraphs. */
function sums(sweep: Sweep): readonly Sum[] {
  const { count, summary, complete, notFound, otherInterfaces, nextToken } = sweep;
  const verdicts = mostFirst(summary.verdicts).join(', ');
  const services = mostFirst(summary.services).join(', ');
  const isOpen = sweep.vpcEndpoints.some((row) => !row.complete);
  const where = `${counted(count, 'endpoint')} ${placeOf(sweep)}`;
  const others = otherKinds(otherInterfaces).map(([kind, number]) => `${number} × ${kind}`);
  const open = openOf(sweep).map(([reason, names]) => `${names.join(', ')}: ${reason}`);
  const paragraphs = [
    [
      verdicts === '' ? where : `${where}: ${verdicts}`,
      ...(services === '' ? [] : [`by service: ${services}`]),
      ...(hasNothing(sweep) ? [nothingThere] : []),
      ...(notFound.length === 0 ? [] : [`not in this Region: ${notFound.join(', ')}`]),
    ],
    others.length === 0
      ? []
      : ['No such endpoint is in it. What else keeps it from being deleted:', ...listed(others)],
    complete
      ? []
      : [
          isOpen
            ? 'Not checked, and it could change the rows that end with an exclamation mark:'
            : 'Not checked:',
          ...listed(open),
        ],
    nextToken === null ? [] : [`There are more: ask again with nextToken=${nextToken}`],
  ];
  const texts = paragraphs.filter(({ length }) => length > 0).flatMap((paragraph) => ['', ...paragraph]);
  return texts.slice(1).map((text) => (typeof text === 'string' ? { text } : text));
}

function listed(texts: readonly string[]): readonly Sum[] {
  return texts.map((text) => ({ text, listed: true }));
}

const indent = 6;

function sumLines(sweep: Sweep): readonly string[] {
  return sums(sweep).flatMap(({ text, listed: isListed }) =>
    text === '' ? [''] : wrap(text, isListed ? indent : 0),
  );
}

function mostFirst(numbers: Readonly<Record<string, number>>): readonly string[] {
  return Object.entries(numbers)
    .sort(([, one], [, other]) => other - one)
    .map(([name, number]) => `${number} ${name}`);
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
  const rows = sweep.vpcEndpoints.map(
    ({ vpcEndpointId, vpcId, verdict, complete, service, owner, nextStep }) =>
      [
        `\`${vpcEndpointId}\``,
        vpcId === null ? '' : `\`${vpcId}\``,
        verdict,
        service?.id ?? '',
        markdownText(owner?.resourceId ?? ''),
        `${nextStep.action}${complete ? '' : ' !'}`,
      ].join(' | '),
  );
  const table = [head.join(' | '), head.map(() => '---').join(' | '), ...rows].map((line) => `| ${line} |`);
  const lines = sums(sweep).map(
    ({ text, listed: isListed }) => `${isListed ? '- ' : ''}${markdownText(text)}`,
  );
  return join([...table, '', ...lines]);
}

/** Whatever Markdown or HTML would act on. */
function markdownText(text: string): string {
  return plainText(text).replace(/[\\`*_{}[\]<>|#!~&]/g, (sign) => `\\${sign}`);
}
