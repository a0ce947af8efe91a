import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { beginService } from '../../scripts/begin-service.ts';

let root: string;
const read = (path: string) => readFileSync(join(root, path), 'utf8');

/** A copy of what a service is written into. */
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'vpce-owner-service-'));
  for (const part of ['package.json', 'lambda', 'cli', 'sandbox', 'test/support'])
    cpSync(part, join(root, part), { recursive: true });
  mkdirSync(join(root, 'test/resolvers'));
});
afterEach(() => rmSync(root, { recursive: true }));

/** What the template expects of the service's client. */
const client = `
import type { PaginationConfiguration, Paginator } from '@smithy/types';
export interface Thing {
  Name?: string | undefined;
  Arn?: string | undefined;
  Status?: string | undefined;
  CreatedAt?: Date | undefined;
  Endpoint?: string | undefined;
  VpcEndpointId?: string | undefined;
  VpcId?: string | undefined;
  SubnetIds?: string[] | undefined;
  SecurityGroupIds?: string[] | undefined;
}
export declare class WidgetFactoryClient {
  constructor(settings: object);
}
interface Settings extends PaginationConfiguration {
  client: WidgetFactoryClient;
}
export declare function paginateListThings(
  settings: Settings,
  input: object,
): Paginator<{ Things?: Thing[] | undefined; NextToken?: string | undefined }>;
`;

function errorsOf(files: readonly string[]): string {
  symlinkSync(resolve('node_modules'), join(root, 'node_modules'), 'dir');
  writeFileSync(join(root, 'client.d.ts'), client);
  const { compilerOptions } = JSON.parse(readFileSync('tsconfig.json', 'utf8')) as {
    compilerOptions: object;
  };
  const paths = { '@aws-sdk/client-widget-factory': ['./client.d.ts'] };
  const config = { compilerOptions: { ...compilerOptions, paths }, files };
  writeFileSync(join(root, 'tsconfig.json'), JSON.stringify(config));
  const tsc = resolve('node_modules/typescript/bin/tsc');
  return spawnSync(process.execPath, [tsc, '--noEmit', '-p', root], { encoding: 'utf8' }).stdout;
}

test('a service that begins has its four files and its lines in both registries, and compiles', () => {
  const made = [
    'lambda/resolvers/widget-factory.ts',
    'lambda/resolvers/sdk/widget-factory.ts',
    'sandbox/services/widget-factory.ts',
    'test/resolvers/widget-factory.test.ts',
  ];
  const changed = ['lambda/resolvers/index.ts', 'sandbox/services/registry.ts'];
  expect(beginService('widget-factory', 'Amazon Widget Factory', root)).toEqual({
    made,
    kept: [],
    changed,
    isUnasked: false,
  });
  for (const file of changed) {
    const line = "import { widgetFactory } from './widget-factory.ts';";
    expect(
      read(file)
        .split('\n')
        .filter((one) => one.includes('widgetFactory')),
    ).toEqual([line, '  widgetFactory,']);
  }
  const all = made.map(read).join('\n');
  expect(all).not.toMatch(/service-id|serviceId|ServiceId|Service Name/);
  expect(all).toContain("name: 'Amazon Widget Factory'");
  expect(errorsOf([...made, ...changed])).toBe('');
});

test.each([
  ['rds-proxy', 'Amazon RDS Proxy', 'lambda/resolvers/rds-proxy.ts exists'],
  ['helpers', 'Helpers', 'lambda/resolvers/helpers.ts exists'],
  ['Widget', 'Widget', 'expected an id in lower case'],
  ['../widget', 'Widget', 'expected an id in lower case'],
  ['widget-', 'Widget', 'expected an id in lower case'],
  ['widget', "Widget'; process.exit(); '", "expected the service's full name"],
  ['widget', '', "expected the service's full name"],
])('%s, called %j, is refused, and nothing is written', (id, name, message) => {
  const list = () => readdirSync(root, { recursive: true, encoding: 'utf8' }).sort();
  const before = [list(), read('lambda/resolvers/index.ts'), read('sandbox/services/registry.ts')];
  expect(() => beginService(id, name, root)).toThrow(message);
  expect([list(), read('lambda/resolvers/index.ts'), read('sandbox/services/registry.ts')]).toEqual(before);
});

test.each(['sandbox/services/widget-factory.ts', 'sandbox/services/widget-factory/index.ts'])(
  'what the sandbox has of a service already, as %s, is kept, and what is known of it is pointed at',
  (path) => {
    mkdirSync(join(root, 'sandbox/services/widget-factory'));
    writeFileSync(join(root, path), '// As it was.');
    const line = `import { widgetFactory } from '${path.replace('sandbox/services', '.')}';\n`;
    appendFileSync(join(root, 'sandbox/services/registry.ts'), line);
    appendFileSync(join(root, 'lambda/resolvers/unasked.ts'), "// { id: 'widget-factory' }\n");
    expect(beginService('widget-factory', 'Amazon Widget Factory', root)).toMatchObject({
      kept: ['sandbox/services/widget-factory.ts'],
      changed: ['lambda/resolvers/index.ts'],
      isUnasked: true,
    });
    expect(read(path)).toBe('// As it was.');
    expect(existsSync(join(root, 'sandbox/services/widget-factory.ts'))).toBe(path.endsWith('factory.ts'));
  },
);

test('nothing that is committed is left to fill in', () => {
  const unfilled = ['lambda', 'sandbox', 'test/resolvers'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .map((name) => `${folder}/${name}`)
      .filter((path) => path.endsWith('.ts') && readFileSync(path, 'utf8').includes('FILL IN')),
  );
  expect(unfilled).toEqual([]);
});
