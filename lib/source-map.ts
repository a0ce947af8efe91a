/** Source maps for stack traces: which line of which file, and nothing more. */
import { decode, encode, type SourceMapSegment } from '@jridgewell/sourcemap-codec';

interface SourceMap {
  readonly mappings: string;
  readonly names: readonly string[];
}

/** esbuild maps every word with its name and column, which makes a map as large as the code that it is of. */
export function mapToLines<Map extends SourceMap>(map: Map): Map {
  const lines = decode(map.mappings).map((segments) => {
    const kept: SourceMapSegment[] = [];
    for (const [column, source, line] of segments) {
      const last = kept.at(-1);
      if (source === undefined || line === undefined) continue;
      if (last === undefined || last[1] !== source || last[2] !== line) kept.push([column, source, line, 0]);
    }
    return kept;
  });
  return { ...map, names: [], mappings: encode(lines) };
}
