/** Ready-to-paste lines for what the sandbox account has to show. */

export interface Example {
  readonly title: string;
  /** Path and query, URL-encoded. */
  readonly path: string;
  readonly method?: string;
}

export function printExamples(url: string, examples: readonly Example[]): void {
  for (const { title, path, method } of examples) {
    const flags = method === undefined ? '-s' : `-s -X ${method}`;
    console.log(`\n# ${title}\ncurl ${flags} '${url}${path}'`);
  }
}
