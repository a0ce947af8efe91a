/** The function's code as Lambda gets it. */
import { spawnSync } from 'node:child_process';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { AssetHashType, DockerImage } from 'aws-cdk-lib';
import { type AssetCode, Code } from 'aws-cdk-lib/aws-lambda';
import { type BuildOptions, build, type Plugin, transform } from 'esbuild';
import { mapToLines } from './source-map.ts';

/** `main.mjs`, and the name that it exports. */
export const handlerName = 'main.handler';

/**
 * Split, because in a single file esbuild cannot shake what is imported on demand: the first answer loads the pieces
 * that it needs (`npm run bench`). Everything is in it: the SDK that comes with the runtime is another version than the
 * one that is tested here.
 *
 * The banner that gives ES modules a `require` is not needed: no dependency asks for one, and a test says so.
 */
const bundleOptions = {
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  outExtension: { '.js': '.mjs' },
  splitting: true,
  minify: true,
  /** The SDK's packages have an ES module build that can be shaken; esbuild's own choice for Node is the other. */
  mainFields: ['module', 'main'],
  sourcemap: true,
  sourcesContent: false,
  legalComments: 'none',
  logLevel: 'warning',
} as const satisfies BuildOptions;

export interface BundleOptions {
  /** Also what is measured beside the function: whatever is compared is built the same way. */
  readonly entryPoint?: string;
  readonly target?: string;
  /** Where credentials come from: Lambda's environment, or any link of the SDK's chain. */
  readonly credentials?: 'lambda' | 'any';
}

/** @returns the files that it is made from, as seen from the working directory */
export async function bundle(outdir: string, options: BundleOptions = {}): Promise<readonly string[]> {
  const { entryPoint = 'lambda/main.ts', target = bundleOptions.target, credentials = 'lambda' } = options;
  const plugins = [...(credentials === 'lambda' ? [lambdaCredentials] : []), leanDependencies, textFiles];
  const { metafile } = await build({
    ...bundleOptions,
    entryPoints: [entryPoint],
    outdir,
    plugins,
    target,
    metafile: true,
  });
  const maps = (await readdir(outdir)).filter((name) => name.endsWith('.map'));
  for (const path of maps.map((name) => join(outdir, name))) {
    await writeFile(path, JSON.stringify(mapToLines(JSON.parse(await readFile(path, 'utf8')))));
  }
  return Object.keys(metafile.inputs);
}

/** Without Docker: esbuild is a dependency of this repository. In a process of its own, for the CDK does not wait. */
export function bundledCode(): AssetCode {
  return Code.fromAsset('lambda', {
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      image: DockerImage.fromRegistry('not-used'),
      local: {
        tryBundle: (outdir) => {
          const command = ['scripts/run.mjs', 'scripts/bundle.ts', outdir];
          const { status } = spawnSync(process.execPath, command, { stdio: ['ignore', 2, 2] });
          if (status !== 0) throw new Error('the function could not be bundled');
          return true;
        },
      },
    },
  });
}

/**
 * Lambda gives its credentials in the environment, which is the first link of the SDK's chain. These links read files,
 * run programs or sign in elsewhere, and bring five more clients; the last of them all, for containers, stays.
 */
const neverUsed =
  /[\\/]@aws-sdk[\\/]credential-provider-(sso|ini|process|web-identity)[\\/]dist-es[\\/]index\.js$/;
const skipProvider = `
  import { CredentialsProviderError } from '@smithy/core/config';
  const skip = () => async () => { throw new CredentialsProviderError('left out of the bundle'); };
  export { skip as fromSSO, skip as fromIni, skip as fromProcess, skip as fromTokenFile };
`;

const lambdaCredentials: Plugin = {
  name: 'lambda-credentials',
  setup: ({ onLoad }) => {
    onLoad({ filter: neverUsed }, () => ({ contents: skipProvider, loader: 'js' }));
  },
};

/** What tells browsers apart: no code of the bundle loads it, and esbuild sends it along. */
const forBrowsers = /[\\/]node_modules[\\/]bowser[\\/]/;

/** Each client of the SDK says its version, and takes all of its package.json along for that. */
const ofClients = /[\\/]@aws-sdk[\\/]client-[a-z0-9-]+[\\/]package\.json$/;
/** For answers that come piece by piece: no operation here has one. */
const forStreams = /[\\/]@smithy[\\/]core[\\/]dist-es[\\/]submodules[\\/]event-streams[\\/]index\.js$/;

/** What dependencies weigh, and esbuild cannot take off by itself. */
const leanDependencies: Plugin = {
  name: 'lean-dependencies',
  setup: ({ onLoad }) => {
    onLoad({ filter: forStreams }, () => ({ contents: 'export const EventStreamSerde = null;' }));
    onLoad({ filter: forBrowsers }, () => ({ contents: '' }));
    onLoad({ filter: ofClients }, async ({ path }) => {
      const { version } = JSON.parse(await readFile(path, 'utf8')) as { version: string };
      return { contents: JSON.stringify({ version }), loader: 'json' };
    });
    onLoad({ filter: /[\\/]node_modules[\\/].*\.m?js$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8');
      return { contents: lean(path, source) + mapToFile(basename(path)), loader: 'js' };
    });
  },
};

/** The page's style as text, for the function reads no files; and the contract, which needs no map to its lines. */
const textFiles: Plugin = {
  name: 'text-files',
  setup: ({ onLoad }) => {
    onLoad({ filter: /[\\/]lambda[\\/]render[\\/]style\.ts$/ }, async ({ path }) => {
      const source = await readFile(path.replace(/ts$/, 'css'), 'utf8');
      const { code } = await transform(source, { loader: 'css', minify: true });
      return { contents: code, loader: 'text' };
    });
    onLoad({ filter: /[\\/]openapi\.json$/ }, async ({ path }) => {
      const contents = `export default ${await readFile(path, 'utf8')}${mapToFile(basename(path))}`;
      return { contents, loader: 'js' };
    });
  },
};

function lean(path: string, source: string): string {
  if (/[\\/]schemas_\d+\.js$/.test(path)) return nameKeys(source);
  if (/[\\/]dns-packet[\\/]index\.js$/.test(path)) return useGlobalBuffer(source);
  return source;
}

/**
 * The SDK writes the keys of its schemas as constants, `{ [_xN]: _vESp }`. To esbuild a computed key is a side effect,
 * so that it keeps every schema of a service: half a megabyte of client-ec2's. Written out, what no command here uses
 * is shaken off.
 */
export function nameKeys(schemas: string): string {
  const constants = new Map(
    [...schemas.matchAll(/^const (\w+) = ("[^"\\]*");$/gm)].map(([, name = '', text = '']) => [name, text]),
  );
  return schemas.replace(/\[(\w+)\]:/g, (key, name) => {
    const text = constants.get(name);
    return text === undefined ? key : `${text}:`;
  });
}

/** dns-packet is CommonJS, and asks `require` for what every module of Node has. */
function useGlobalBuffer(source: string): string {
  return source.replace("const Buffer = require('buffer').Buffer\n", '');
}

/** A source map that leads to the file and not to its lines: the maps of dependencies are as large as their code. */
function mapToFile(name: string): string {
  const map = JSON.stringify({ version: 3, sources: [name], mappings: 'AAAA' });
  return `\n//# sourceMappingURL=data:application/json;base64,${Buffer.from(map).toString('base64')}\n`;
}
