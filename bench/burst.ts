/** Two hundred lookups at once on one instance, against as many one after the other. */
import type { Subject } from './account.ts';
import { median, type Row, ratio, timed } from './measure.ts';
import type { Place } from './program.ts';

const atOnce = 200;
const bursts = 5;

export async function measureBurst({ rounds, lookUp }: Place): Promise<Row> {
  const subjects = rounds.flat();
  const mixed = Array.from({ length: atOnce }, (_, index) => subjects[index % subjects.length] as Subject);
  const burst = () => timed(() => Promise.all(mixed.map(lookUp)));
  const oneByOne = async (run: number) => {
    const some = rounds[run] ?? [];
    const ms = await timed(async () => {
      for (const subject of some) await lookUp(subject);
    });
    return ms / some.length;
  };
  // The connections that a burst takes are there from then on.
  await burst();
  const ratios: number[] = [];
  for (let run = 0; run < bursts; run += 1) {
    const oneMs = await oneByOne(run);
    ratios.push((atOnce * oneMs) / (await burst()));
  }
  const gain = median(ratios);
  return {
    what: `${atOnce} lookups at once on one instance, every kind of owner`,
    against: 'one lookup after the other',
    toReach: 'throughput ≥ 20 times',
    measured: `${ratio(gain)} times`,
    met: gain >= 20,
  };
}
