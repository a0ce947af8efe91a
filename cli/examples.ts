/** What `npm start` prints: where the page is, and a line for each kind of answer, ready to paste. */
import type { Example } from '../lambda/render/home.ts';

/** @param examples few: one screen shows them, below what npm prints */
export function firstScreen(url: string, examples: readonly Example[]): string {
  return [
    `the page, with every example of the sandbox: ${url}/`,
    ...examples.map(({ title, path }) => `# ${title}\n${curl(url, path)}`),
  ].join('\n');
}

/** The text goes in as it is pasted, not as it is encoded. */
function curl(url: string, path: string): string {
  const { pathname, searchParams } = new URL(path, url);
  const text = searchParams.get('q');
  if (text === null) return `curl -s '${url}${pathname}?format=text'`;
  return `curl -sG '${url}${pathname}' -d format=text --data-urlencode 'q=${text}'`;
}
