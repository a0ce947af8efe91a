/** Prints every permission of a deployment as a Markdown table: `node scripts/run.mjs scripts/permissions.ts`. */
import { resolvers } from '../lambda/resolvers/index.ts';
import { arnsOf, permissionsOf, telemetryActions } from '../lib/permissions.ts';

interface Row {
  readonly actions: readonly string[];
  readonly access: string;
  readonly resources: readonly string[];
  readonly condition: string;
  readonly calledBy: readonly string[];
}

const placeholders = { partition: 'PARTITION', region: 'REGION', account: 'ACCOUNT' };

const rows: readonly Row[] = [
  ...permissionsOf(resolvers).map((permission) => ({
    actions: [permission.action],
    access: permission.access,
    resources: arnsOf(permission, placeholders),
    condition: '`aws:RequestedRegion` is an allowed Region',
    calledBy: permission.calledBy,
  })),
  {
    actions: telemetryActions.log,
    access: 'Write',
    resources: ["the function's own log group"],
    condition: '',
    calledBy: ['Lambda'],
  },
  {
    actions: telemetryActions.traces,
    access: 'Write',
    resources: ['*'],
    condition: '',
    calledBy: ['Lambda'],
  },
];

console.log('| action | access | resources | condition | called by |');
console.log('|---|---|---|---|---|');
for (const { actions, access, resources, condition, calledBy } of rows) {
  const cells = [codes(actions), access, codes(resources), condition, calledBy.join(', ')];
  console.log(`| ${cells.join(' | ')} |`);
}

function codes(values: readonly string[]): string {
  return values.map((value) => (value.includes(' ') ? value : `\`${value}\``)).join('<br>');
}
