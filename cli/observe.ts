/** What whoever runs this command reads of a request: the cause of a bug, for the answer does not tell it. */
import type { Observation } from '../lambda/http/handler.ts';
import { plainText } from '../lambda/plain-text.ts';

export function logBugs({ problem, event }: Observation): void {
  if (problem?.code !== 'internal-error') return;
  const { stack, message } =
    problem.cause instanceof Error ? problem.cause : new Error(String(problem.cause));
  const lines = (stack ?? message).split('\n').map((line) => plainText(line));
  console.error(`vpce-owner: request ${event.requestContext.requestId}: ${lines.join('\n')}`);
}
