/** A problem in the form that a request asks for, as the function would answer it. */
import { negotiateFormat, withoutRows } from '../lambda/http/format.ts';
import { plainJson } from '../lambda/plain-text.ts';
import type { ProblemDocument } from '../lambda/problem.ts';
import { pageHeaders, renderPage } from '../lambda/render/page.ts';
import { renderProblemText } from '../lambda/render/text.ts';

export interface ProblemForm {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export function problemInForm(
  problem: ProblemDocument,
  rawQueryString: string,
  accept: string | undefined,
): ProblemForm {
  const { retryAfterSeconds } = problem;
  const { headers, body } = render(
    problem,
    withoutRows(negotiateFormat({ rawQueryString, headers: { accept } })),
  );
  return {
    statusCode: problem.status,
    headers: {
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      ...(retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) }),
      ...headers,
    },
    body,
  };
}

function render(problem: ProblemDocument, format: ReturnType<typeof withoutRows>) {
  switch (format) {
    case 'html': {
      // The question is not shown again: it may be what was too large.
      const asked = { rawPath: '/', rawQueryString: '', requestContext: { stage: '$default' } };
      return { headers: pageHeaders, body: renderPage({ is: 'problem', problem }, asked) };
    }
    case 'text':
      return { headers: { 'content-type': 'text/plain; charset=utf-8' }, body: renderProblemText(problem) };
    case 'json':
      return { headers: { 'content-type': 'application/problem+json' }, body: `${plainJson(problem)}\n` };
  }
}
