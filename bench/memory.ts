/** The peak memory of an instance that answers one lookup in the largest account, for every kind of owner. */
import type { Bundle } from './bundles.ts';
import { runInstance } from './instance.ts';
import type { Row } from './measure.ts';
import { checked, eventOf, type Place } from './program.ts';

const limitMb = 128;

export async function measureMemory({ file }: Bundle, { url, dnsServer, rounds }: Place): Promise<Row> {
  const peaks: { readonly kind: string; readonly peakMb: number }[] = [];
  for (const subject of rounds[0] ?? []) {
    const settings = { AWS_ENDPOINT_URL: url, DNS_SERVERS: dnsServer };
    const { body, peakMb } = await runInstance(file, eventOf(subject), settings);
    checked(body ?? '', subject);
    peaks.push({ kind: subject.kind, peakMb });
  }
  const [most] = peaks.sort((a, b) => b.peakMb - a.peakMb);
  return {
    what: 'peak memory of the first lookup with 1,500 of each resource, every kind of owner',
    against: '–',
    toReach: `≤ ${limitMb} MB resident`,
    measured: `${most?.peakMb.toFixed(0)} MB (${most?.kind})`,
    met: most !== undefined && most.peakMb <= limitMb,
  };
}
