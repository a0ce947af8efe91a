/** `vpce-owner serve`, and so `npm start`: the page and the API on this machine. */
import { firstScreen } from './examples.ts';
import { endOnSignals } from './lifetime.ts';
import { openSource } from './open-source.ts';
import { startServer } from './server.ts';
import type { Source } from './source.ts';

/** Resolves when it listens. @throws an `Error` that says what to do */
export async function serve(source: Source, port: number): Promise<void> {
  const { handler, accountId, region, name, firstExamples } = await openSource(source);
  const server = await startServer({ handler, port, accountId, region }).catch(explain);
  endOnSignals(server.close);
  console.log(`listening on ${server.url}`);
  console.log(name);
  console.log(
    firstExamples === undefined
      ? `try: curl -s '${server.url}/vpc-endpoints/vpce-…?format=text'`
      : firstScreen(server.url, firstExamples),
  );
}

function explain(error: NodeJS.ErrnoException): never {
  if (error.code !== 'EADDRINUSE') throw error;
  throw new Error(`${error.message}; choose another port with --port N, or any free one with --port 0`);
}
