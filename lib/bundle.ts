/** The function's code as Lambda gets it. */
import { AssetHashType, DockerImage } from 'aws-cdk-lib';
import { type AssetCode, Code } from 'aws-cdk-lib/aws-lambda';
import { type BuildOptions, buildSync } from 'esbuild';

/** `main.mjs`, and the name that it exports. */
export const handlerName = 'main.handler';

/**
 * Split, because in a single file esbuild cannot shake what is imported on demand: 1.2 MB in pieces of which the first
 * answer loads a half, instead of 1.8 MB at once, and a quarter of the time to load (measured). Everything is in it:
 * the SDK that comes with the runtime is another version than the one that is tested here.
 *
 * The banner that gives ES modules a `require` is not needed: no dependency asks for one, and a test says so.
 */
export const bundleOptions = {
  entryPoints: ['lambda/main.ts'],
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

/** Without Docker: esbuild is a dependency of this repository. */
export function bundledCode(): AssetCode {
  return Code.fromAsset('lambda', {
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      image: DockerImage.fromRegistry('not-used'),
      local: {
        tryBundle: (outdir) => {
          buildSync({ ...bundleOptions, outdir });
          return true;
        },
      },
    },
  });
}
