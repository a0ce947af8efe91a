/** One lookup against the manual procedure: as a script of AWS CLI calls, and in code. */
import { cliVersion, handsWithCli } from './by-cli.ts';
import { handsWithSdk } from './by-sdk.ts';
import { runs } from './lookups.ts';
import { median, type Row, ratio, timed } from './measure.ts';
import { procedure } from './procedure.ts';
import type { Place } from './program.ts';

/** The script makes a call for each association of the Region, and its half a minute says no more than the other kinds do. */
const tooLongByHand = 'VPC endpoint association';

export async function measureByHand(place: Place): Promise<Row[]> {
  const version = cliVersion();
  const withSdk = handsWithSdk(place);
  const withCli = version === null ? null : handsWithCli(place);
  const slower = { sdk: [] as number[], cli: [] as number[] };
  const [first = [], second = [], third = []] = place.rounds.slice(runs + 1);
  for (const [index, subject] of first.entries()) {
    const { kind, vpcEndpointId, resourceId, isByHand } = subject;
    if (!isByHand || kind === tooLongByHand) continue;
    const [another, yetAnother] = [second[index], third[index]];
    if (another === undefined || yetAnother === undefined)
      throw new Error(`there are too few rounds of ${kind}`);
    const isOwner = (name: string) => name.endsWith(resourceId);

    const before = await place.timeAlone(subject);
    const sdkMs = await timed(() => find(procedure(withSdk, vpcEndpointId), isOwner, 'everywhere'));
    const between = await place.timeAlone(another);
    const cliMs =
      withCli === null
        ? null
        : await timed(() => find(procedure(withCli, vpcEndpointId), isOwner, 'until found'));
    const lookupMs = median([before, between, await place.timeAlone(yetAnother)]);
    slower.sdk.push(sdkMs / lookupMs);
    if (cliMs !== null) slower.cli.push(cliMs / lookupMs);
  }
  const script = 'the manual procedure as a script, up to the owner';
  return [
    version === null
      ? { ...rowOf(script, 90, []), measured: 'skipped: there is no `aws` here', met: null }
      : rowOf(`${script} (${version} and a DNS client)`, 90, slower.cli),
    rowOf('the same steps in code, one SDK call after the other, every service asked', 3, slower.sdk),
  ];
}

async function find(
  owners: AsyncIterable<string>,
  isOwner: (name: string) => boolean,
  where: 'everywhere' | 'until found',
): Promise<void> {
  let found = false;
  for await (const name of owners) {
    found ||= isOwner(name);
    if (found && where === 'until found') return;
  }
  if (!found) throw new Error('the procedure did not find the owner');
}

function rowOf(against: string, atLeast: number, ratios: readonly number[]): Row {
  const [least, most] = [Math.min(...ratios), Math.max(...ratios)];
  return {
    what: 'one lookup, the median of the kinds but associations',
    against,
    toReach: `≥ ${atLeast} times faster`,
    measured: `${ratio(median(ratios))} times (${ratio(least)} to ${ratio(most)})`,
    met: median(ratios) >= atLeast,
  };
}
