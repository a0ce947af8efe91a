import { NormalizedSchema } from '@smithy/core/schema';
import type { StaticStructureSchema } from '@smithy/types';
import type { Account, Region } from '../../sandbox/account.ts';
import { emptyRegion } from '../../sandbox/services/registry.ts';

/**
 * A resource with every field that the SDK knows, by the SDK's own schema of it: what the sandbox would name
 * otherwise than AWS does, the SDK would not read back.
 */
export function sampleOf<T>(schema: StaticStructureSchema, listItems: number, seed = ''): T {
  return fill(NormalizedSchema.of(schema), listItems, seed) as T;
}

function fill(schema: NormalizedSchema, listItems: number, path: string): unknown {
  if (schema.isStructSchema()) {
    const fields = [...schema.structIterator()];
    return Object.fromEntries(
      fields.map(([name, field]) => [name, fill(field, listItems, `${path}/${name}`)]),
    );
  }
  const items = Array.from({ length: listItems }, (_, index) => `${path}-${index}`);
  if (schema.isListSchema()) return items.map((item) => fill(schema.getValueSchema(), listItems, item));
  if (schema.isMapSchema()) {
    return Object.fromEntries(items.map((item) => [item, fill(schema.getValueSchema(), listItems, item)]));
  }
  if (schema.isBooleanSchema()) return path.length % 2 === 0;
  if (schema.isNumericSchema()) return path.length;
  if (schema.isTimestampSchema()) return new Date('2026-10-01T03:12:44.000Z');
  return `${path} <&> "quoted" 'single' 日本\n`;
}

export const regionName = 'ap-northeast-1';

/** An account that holds only what is given, in one Region. */
export function accountWith(region: Partial<Region>, dns: Account['dns'] = {}): Account {
  return { accountId: '111122223333', regions: { [regionName]: { ...emptyRegion(), ...region } }, dns };
}
