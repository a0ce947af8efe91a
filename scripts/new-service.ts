/** Begins a service: `npm run new-service ID "Full Name"`. What it makes compiles, and marks what is to be filled in. */
import { spawnSync } from 'node:child_process';
import { type Begun, beginService } from './begin-service.ts';

const help = `Begins a service: its resolver, its SDK imports, its half of the sandbox and its test, and their lines in
the two registries. CONTRIBUTING.md says what comes then.

Usage: npm run new-service ID "Full Name"

  ID            as answers name it: mwaa, network-firewall
  "Full Name"   as AWS calls it: "Amazon MWAA"
`;

const [id, name, ...others] = process.argv.slice(2);
if (id === '--help') console.log(help);
else {
  try {
    if (id === undefined || name === undefined || others.length > 0)
      throw new Error('expected an id and a name');
    const begun = beginService(id, name);
    const biome = ['biome', 'check', '--write', ...begun.made, ...begun.changed];
    spawnSync('npx', biome, { stdio: ['ignore', 'ignore', 2], shell: process.platform === 'win32' });
    console.log(whatIsNext(id, begun));
  } catch (error) {
    console.error(`new-service: ${(error as Error).message}\n\n${help}`);
    process.exitCode = 2;
  }
}

function whatIsNext(id: string, { made, kept, changed, isUnasked }: Begun): string {
  const steps = [
    `npm install --save-dev --save-exact @aws-sdk/client-${id} && node scripts/complete-lockfile.mjs (its client may have another name)`,
    ...(isUnasked ? [`Move what lambda/resolvers/unasked.ts has of ${id} to the resolver.`] : []),
    ...kept.map((path) => `${path} was there and is as it was: give it what it lacks.`),
    "Fill in: grep -rn 'FILL IN' lambda/resolvers sandbox/services test/resolvers",
    `npx tsc --noEmit && npx jest test/resolvers/${id}.test.ts`,
    'npm run docs, a line in CHANGELOG.md, npm run check',
  ];
  return [
    ...made.map((path) => `made     ${path}`),
    ...changed.map((path) => `changed  ${path}`),
    '',
    'Now, as CONTRIBUTING.md explains:',
    ...steps.map((step, index) => `${index + 1}. ${step}`),
  ].join('\n');
}
