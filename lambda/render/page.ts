/**
 * The page: the same answer for people in a browser. Loaded when a page is asked for, and not before. It needs no script
 * to be read, to ask or to copy, and its policy lets nothing in but what is written here.
 */
import { createHash } from 'node:crypto';
import type { Identification } from '../answer/identification.ts';
import type { Sweep } from '../answer/sweep.ts';
import type { ProblemDocument } from '../problem.ts';
import { renderAnswer } from './answer-page.ts';
import type { Home } from './home.ts';
import { codeWords, type Html, html, keepLines, toMarkup, trusted } from './html.ts';
import { rowsScript } from './rows-script.ts';
import { script } from './script.ts';
import style from './style.ts';
import { renderSweep } from './sweep-page.ts';

export type Content =
  | { readonly is: 'answer'; readonly identification: Identification }
  | { readonly is: 'problem'; readonly problem: ProblemDocument }
  | { readonly is: 'sweep'; readonly sweep: Sweep }
  | { readonly is: 'home' };

/** What is read of the request. */
export interface Asked {
  readonly rawPath: string;
  readonly rawQueryString: string;
  readonly requestContext: { readonly stage: string };
}

/** Nothing but what is written in the page. The address bar's icon is of it too: browsers would ask the API for one. */
function headersWith(scripts: readonly string[]) {
  return {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': [
      "default-src 'none'",
      `style-src '${hashOf(style)}'`,
      `script-src ${scripts.map((each) => `'${hashOf(each)}'`).join(' ')}`,
      'img-src data:',
      "form-action 'self'",
      "base-uri 'none'",
      "frame-ancestors 'none'",
      "require-trusted-types-for 'script'",
      "trusted-types 'none'",
    ].join('; '),
    'cross-origin-opener-policy': 'same-origin',
  };
}

export const pageHeaders = headersWith([script]);
/** Of a page with many rows. */
export const rowsHeaders = headersWith([script, rowsScript]);

const icon =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Ccircle cx='4' cy='8' r='3' fill='%230b5cad'/%3E%3Cpath d='M7 8h6' stroke='%231d7a46' stroke-width='3'/%3E%3C/svg%3E";

export function renderPage(content: Content, asked: Asked, home?: Home): string {
  const base = baseOf(asked);
  const { title, main } = contentOf(content, asked, home);
  const isHome = content.is === 'home';
  const notice = home === undefined ? null : html`<p class="notice" role="note">${home.notice}</p>`;
  const header = html`<header>${notice}<div class="bar"><a class="home" href="${base}/">vpce-owner</a>${isHome ? null : form(base, questionOf(asked), 1)}</div></header>`;
  const page = html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title><link rel="icon" href="${trusted(icon)}"><style>${trusted(style)}</style></head><body>${header}<main>${main}</main>${footer(content, asked, base)}<script>${trusted(script)}</script>${content.is === 'sweep' && content.sweep.count > 0 ? html`<script>${trusted(rowsScript)}</script>` : null}</body></html>
`;
  return toMarkup(page);
}

interface Part {
  readonly title: string;
  readonly main: Html;
}

function contentOf(content: Content, asked: Asked, home: Home | undefined): Part {
  const base = baseOf(asked);
  switch (content.is) {
    case 'answer':
      return renderAnswer(content.identification);
    case 'sweep':
      return renderSweep(content.sweep, base, (name, value) => withParameter(asked, name, value));
    case 'problem':
      return renderProblem(content.problem);
    case 'home':
      return renderHome(base, home);
  }
}

function renderProblem(problem: ProblemDocument): Part {
  const { status, code, title, detail, action, retryAfterSeconds, requestId } = problem;
  const facts = [
    ['Error', `${status} ${code}`],
    ...(action === undefined ? [] : [['IAM action', action]]),
    ...(retryAfterSeconds === undefined ? [] : [['Ask again in', `${retryAfterSeconds} s`]]),
    ['Request', requestId],
  ];
  return {
    title: `${title} - vpce-owner`,
    main: html`<div><p class="badge bad"><span aria-hidden="true">✕</span> error ${status}</p><h1>${title}</h1></div><section class="do"><h2>What was expected</h2><p>${codeWords(detail)}</p></section><section><h2>For whoever looks into it</h2><dl>${facts.map(([name, value]) => html`<dt>${name}</dt><dd class="id">${value}</dd>`)}</dl></section>`,
  };
}

function renderHome(base: string, home: Home | undefined): Part {
  const examples = home?.examples ?? [];
  return {
    title: 'vpce-owner: who owns this VPC endpoint?',
    main: html`<div><h1>Who owns this VPC endpoint?</h1><p class="lead">AWS refuses to delete an endpoint that one of its services made. Paste what you have: this names the resource to delete instead, and how that is known. It only reads.</p></div>${form(base, '', 4)}<section><h2>What to paste</h2><ul><li>the whole error message, or the output of a command</li><li>the id of an endpoint (<code>vpce-…</code>) or of its network interface (<code>eni-…</code>)</li><li>an ARN, a DNS name, or an address of the console</li><li>a subnet, a security group or a VPC that cannot be deleted</li></ul><p>Or see <a href="${base}/vpc-endpoints">every endpoint of the Region</a> that a service made.</p></section>${examples.length === 0 ? null : html`<section><h2>Examples of the sandbox</h2><ul class="examples">${examples.map(({ title, path }) => html`<li><a href="${base}${path}">${title}</a></li>`)}</ul></section>`}`,
  };
}

function form(base: string, question: string, rows: number): Html {
  return html`<form action="${base}/identify" role="search"><label for="q">An error message, an id, an ARN or a DNS name</label><div class="ask"><textarea id="q" name="q" rows="${rows}" required spellcheck="false" autocomplete="off" autocapitalize="off" placeholder="Paste the error, an id, an ARN, a DNS name">
${keepLines(question)}</textarea><button type="submit">Ask</button></div></form>`;
}

function footer({ is }: Content, asked: Asked, base: string): Html {
  const same = is === 'home' ? 'How to ask' : 'The same';
  return html`<footer><p>${same} <a href="${otherForm(asked, 'json')}">as JSON</a> or <a href="${otherForm(asked, 'text')}">as text</a>. <a href="${base}/openapi.json">The contract</a>.</p></footer>`;
}

function otherForm(asked: Asked, format: string): string {
  return withParameter(asked, 'format', format);
}

/** Of the same path: a link that has a path could lead to another host. */
function withParameter({ rawQueryString }: Asked, name: string, value: string): string {
  const others = rawQueryString.split('&').filter((pair) => pair !== '' && pair.split('=')[0] !== name);
  return `?${[...others, `${name}=${value}`].join('&')}`;
}

function questionOf({ rawPath, rawQueryString }: Asked): string {
  const [, id = ''] = /\/vpc-endpoints\/([^/]*)$/.exec(rawPath) ?? [];
  return new URLSearchParams(rawQueryString).get('q') ?? id;
}

/** A named stage is a part of the path for browsers, and for no one else. */
function baseOf({ rawPath, requestContext: { stage } }: Asked): string {
  return stage !== '$default' && rawPath.startsWith(`/${stage}/`) ? `/${encodeURIComponent(stage)}` : '';
}

function hashOf(source: string): string {
  return `sha256-${createHash('sha256').update(source).digest('base64')}`;
}
