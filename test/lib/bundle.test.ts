import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { bundle, nameKeys, sliceRuns } from '../../lib/bundle.ts';
import '../support/seed.ts';

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

  test('leads from a stack trace to the lines of the program, and to the files of its dependencies', () => {
    const maps = readdirSync(directory).filter((name) => name.endsWith('.map'));
    const sizeOf = (wanted: RegExp) =>
      maps
        .map((name) => JSON.parse(readFileSync(join(directory, name), 'utf8')))
        .flatMap(({ sources, mappings }) =>
          sources.some((source: string) => wanted.test(source)) ? [mappings] : [],
        )
        .reduce((sum: number, mappings: string) => sum + mappings.length, 0);
    expect(sizeOf(/lambda\/identify\.ts$/)).toBeGreaterThan(10_000);
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

describe("the SDK's XML parser in the bundle", () => {
  const source = readFileSync('node_modules/@aws-sdk/xml-builder/dist-es/xml-parser.js', 'utf8');
  const sliced = sliceRuns(source);

  /** What a document is read as, or that it cannot be read. */
  function reader(code: string): (xml: string) => unknown {
    const load = new Function(`${code.replace('export function', 'function')}; return parseXML;`);
    const parse = load() as (xml: string) => unknown;
    return (xml) => {
      try {
        return parse(xml);
      } catch (error) {
        return (error as Error).message;
      }
    };
  }
  const [readBefore, readAfter] = [reader(source), reader(sliced)];

  test('puts no text together character by character', () => {
    expect(source.match(/\+= p\.x\[/g)).toHaveLength(4);
    expect(sliced).not.toMatch(/\+= p\.x\[/);
  });

  const text = fc.string({
    unit: fc.constantFrom('a', 'é', '😀', ' ', '\n', '\r', '&amp;', '&#65;', '&nope;', ']'),
  });
  const name = fc.constantFrom('member', 'DBProxy', 'a', 'ns:b', '__proto__');
  const attribute = fc.tuple(name, text, fc.constantFrom('"', "'"));
  const { element } = fc.letrec<{ element: string; content: string }>((tie) => ({
    element: fc
      .tuple(name, fc.array(attribute, { maxLength: 2 }), fc.array(tie('content'), { maxLength: 4 }))
      .map(([tag, attributes, contents]) => {
        const written = attributes.map(([key, value, quote]) => ` ${key}=${quote}${value}${quote}`).join('');
        return contents.length === 0
          ? `<${tag}${written}/>`
          : `<${tag}${written}>${contents.join('')}</${tag}>`;
      }),
    content: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      text,
      fc.constantFrom('<!-- > -->', '<![CDATA[<b>&amp;]]>', '<?p i?>'),
      tie('element'),
    ),
  }));

  test('reads every document as it does without the change', () => {
    fc.assert(fc.property(element, (xml) => expect(readAfter(xml)).toEqual(readBefore(xml))));
    expect(readAfter('<a b="1"><c>x</c><c>&lt;</c></a>')).toEqual({ a: { b: '1', c: ['x', '<'] } });
  });

  test('refuses half a document, and one with a character changed, as it does without the change', () => {
    const broken = fc
      .tuple(element, fc.nat(), fc.constantFrom('', '<', '>', '/', '"', '=', ' ', '&'), fc.boolean())
      .map(([xml, at, other, cut]) => {
        const index = at % xml.length;
        return xml.slice(0, index) + other + (cut ? '' : xml.slice(index + 1));
      });
    fc.assert(
      fc.property(broken, (xml) => expect(readAfter(xml)).toEqual(readBefore(xml))),
      { numRuns: 500 },
    );
    expect(readAfter('<a><b>x</b>')).toMatch(/missing closing tag/);
  });
});
