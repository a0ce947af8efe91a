import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { zippedSize } from '../../bench/zip.ts';
import { bundle, nameKeys } from '../../lib/bundle.ts';

describe('the bundle', () => {
  let directory: string;
  let code: string;

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'vpce-owner-bundle-'));
    await bundle(directory);
    code = readdirSync(directory)
      .filter((name) => name.endsWith('.mjs'))
      .map((name) => readFileSync(join(directory, name), 'utf8'))
      .join('\n');
  });
  afterAll(() => rmSync(directory, { recursive: true }));

  test('knows the operations that are called, and no other of their services', () => {
    for (const called of ['DescribeVpcEndpoints', 'DescribeDBProxies', 'ListFirewalls', 'LookupEvents']) {
      expect(code).toContain(`"${called}"`);
    }
    for (const other of ['RunInstances', 'DeleteVpcEndpoints', 'CreateDBInstance', 'DeleteCluster']) {
      expect(code).not.toContain(`"${other}"`);
    }
  });

  test('has no way to get credentials but those that Lambda gives', () => {
    expect(code).toContain('AWS_SECRET_ACCESS_KEY');
    expect(code).not.toContain('sso_start_url');
    expect(code).not.toContain('AssumeRole');
  });

  test('has nothing that tells browsers apart, and of the clients’ packages the versions alone', () => {
    expect(code).not.toContain('Chromium');
    expect(code).not.toContain('aws-sdk-js-v3.git');
    expect(code).toMatch(/"3\.\d+\.0"/);
  });

  test('is 400 kB at most when it is zipped', async () => {
    expect(await zippedSize(directory)).toBeLessThanOrEqual(400_000);
  });

  test('has nothing that takes answers piece by piece', () => {
    expect(code).not.toContain(':message-type');
  });

  test('loads the page, and what else is not for every answer, only when it is asked for', () => {
    const read = (name: string) => readFileSync(join(directory, name), 'utf8');
    const loaded = new Set<string>();
    const load = (name: string) => {
      if (loaded.has(name)) return;
      loaded.add(name);
      for (const [, next = ''] of read(name).matchAll(/(?:from|import)\s*"\.\/([^"]+)"/g)) load(next);
    };
    load('main.mjs');
    const first = [...loaded].map(read).join('\n');
    expect(first).not.toContain('<!doctype html>');
    expect(first).not.toContain('prefers-color-scheme');
    expect(code).toContain('<!doctype html>');
    expect(code).toContain('prefers-color-scheme:dark');
  });

  test('leads from a stack trace to the lines of the program, and to the files of its dependencies', () => {
    const maps = readdirSync(directory).filter((name) => name.endsWith('.map'));
    const sizeOf = (wanted: RegExp) =>
      maps
        .map((name) => JSON.parse(readFileSync(join(directory, name), 'utf8')))
        .flatMap(({ sources, mappings }) =>
          sources.some((source: string) => wanted.test(source)) ? [mappings] : [],
        )
        .reduce((sum: number, mappings: string) => sum + mappings.length, 0);
    expect(sizeOf(/lambda\/survey\/survey\.ts$/)).toBeGreaterThan(10_000);
    expect(sizeOf(/client-rds\/dist-es\//)).toBeLessThan(1_000);
  });
});

describe('the keys of a schema', () => {
  test('are written out where they are constants of the file', () => {
    const schemas = 'const _xN = "xmlName";\nexport var a$ = [3, { [_xN]: _b }];';
    expect(nameKeys(schemas)).toBe('const _xN = "xmlName";\nexport var a$ = [3, { "xmlName": _b }];');
  });

  test('stay where they are anything else', () => {
    const schemas = 'const _q = key();\nexport var a$ = [3, { [_q]: 1, [_unknown]: 2 }];';
    expect(nameKeys(schemas)).toBe(schemas);
  });
});
