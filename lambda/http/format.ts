/** Which form an answer takes. */
export type Format = 'json' | 'text' | 'html' | RowFormat;
/** What only an answer of many rows has. */
export type RowFormat = 'csv' | 'ndjson' | 'markdown';

export const formats: readonly Format[] = ['json', 'text', 'html'];
export const rowFormats: readonly Format[] = [...formats, 'csv', 'ndjson', 'markdown'];

export const mediaTypes = {
  csv: 'text/csv; charset=utf-8; header=present',
  ndjson: 'application/x-ndjson',
  markdown: 'text/markdown; charset=utf-8',
} as const satisfies Record<RowFormat, string>;

/** For a request that cannot be parsed too: errors come in the form that was asked for. */
export function negotiateFormat(event: {
  readonly rawQueryString: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
}): Format {
  const [format, ...others] = new URLSearchParams(event.rawQueryString).getAll('format');
  const asked = rowFormats.find((known) => known === format);
  if (others.length === 0 && asked !== undefined) return asked;

  const ranges = headerOf(event.headers, 'accept').split(',').flatMap(parseMediaRange);
  const weigh = (...groups: readonly (readonly string[])[]) => quality(ranges, groups);
  const weights: readonly (readonly [Format, number])[] = [
    ['json', weigh(['application/json', 'application/problem+json'], ['application/*'], ['*/*'])],
    ['text', weigh(['text/plain'], ['text/*'], ['*/*'])],
    ['html', weigh(['text/html'], ['text/*'], ['*/*'])],
    // Only where it is named.
    ['csv', weigh(['text/csv'])],
    ['ndjson', weigh(['application/x-ndjson'])],
    ['markdown', weigh(['text/markdown'])],
  ];
  const most = Math.max(...weights.map(([, weight]) => weight));
  return weights.find(([, weight]) => weight === most)?.[0] ?? 'json';
}

/**
 * How many bytes of rows an answer may have. Lambda hands over 6,291,556 at most (observed), quotes escaped; the rest of the
 * answer needs its share. A packed one comes to a tenth: three times as many leave room for names that no packing shortens,
 * and API Gateway takes 10 MB.
 */
export const mostBytes = { plain: 5_800_000, packed: 16_000_000 } as const;

/** Whether the caller takes gzip: an answer of thousands of rows has room then. */
export function takesPacked(headers: Readonly<Record<string, string | undefined>>): boolean {
  const ranges = headerOf(headers, 'accept-encoding').split(',').flatMap(parseMediaRange);
  return quality(ranges, [['gzip', 'x-gzip'], ['*']]) > 0;
}

function headerOf(headers: Readonly<Record<string, string | undefined>>, wanted: string): string {
  return Object.entries(headers).find(([name]) => name.toLowerCase() === wanted)?.[1] ?? '';
}

/** The form of what has no rows: an error, one answer. */
export function withoutRows(format: Format): 'json' | 'text' | 'html' {
  if (format === 'ndjson') return 'json';
  return format === 'csv' || format === 'markdown' ? 'text' : format;
}

interface MediaRange {
  readonly type: string;
  readonly quality: number;
}

function parseMediaRange(text: string): readonly MediaRange[] {
  const [type = '', ...parameters] = text.split(';').map((part) => part.trim().toLowerCase());
  const weight = parameters.find((parameter) => parameter.startsWith('q='));
  const quality = weight === undefined ? 1 : Number(weight.slice(2) || Number.NaN);
  return quality >= 0 && quality <= 1 ? [{ type, quality }] : [];
}

/** What `Accept` gives to the first of these groups that it names: the narrowest comes first and decides (RFC 9110). */
function quality(ranges: readonly MediaRange[], groups: readonly (readonly string[])[]): number {
  const named = groups.map((types) => ranges.filter(({ type }) => types.includes(type)));
  return Math.max(0, ...(named.find(({ length }) => length > 0) ?? []).map((range) => range.quality));
}
