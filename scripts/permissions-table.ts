/** Every permission of a deployment, as a Markdown table. */
import { services } from '../lambda/resolvers/index.ts';
import { arnsOf, permissionsOf, telemetryActions } from '../lib/permissions.ts';
import { code, table } from './blocks.ts';

/** What stands for a deployment's own in the documents. */
export const placeholders = { partition: 'aws', region: 'REGION', account: 'ACCOUNT' };

export function permissionsTable(): string {
  const reads = permissionsOf(services).map((permission) => [
    code(permission.action),
    'Read',
    arnsOf(permission, placeholders).map(code).join(' '),
    permission.calledBy.map(code).join(' '),
  ]);
  const writes = [
    ...telemetryActions.log.map((action) => [
      code(action),
      'Write',
      "the function's own log group",
      'Lambda',
    ]),
    ...telemetryActions.traces.map((action) => [code(action), 'Write', code('*'), 'Lambda']),
  ];
  return table(['action', 'access', 'resources', 'called by'], [...reads, ...writes]);
}
