/** Finds the Regions that a text names, wherever it names them. */
import { isRegion } from '../aws/region.ts';
import type { Candidate } from '../search.ts';

/** A word that may be a Region's code; of two that overlap, each. An availability zone has a letter more. */
const words = /(?<![0-9a-z])(?=([a-z]{2,4}(?:-[a-z]{2,12}){1,2}-[0-9]{1,2})(?![0-9]))/g;
/** Those of zones, `apne1-az4`, which are the same in every account. */
const zoneIds = /(?<![0-9a-z])([a-z]{2})(g?)(n|s|e|w|c|ne|nw|se|sw)([0-9])-az[0-9](?![0-9a-z])/g;
const directions: Readonly<Record<string, string>> = {
  n: 'north',
  s: 'south',
  e: 'east',
  w: 'west',
  c: 'central',
  ne: 'northeast',
  nw: 'northwest',
  se: 'southeast',
  sw: 'southwest',
};

interface Place {
  readonly why: string;
  /** What stands before the Region, and what after. */
  readonly fits: (before: string, after: string) => boolean;
}

const zone: Place = {
  why: 'named by an availability zone',
  fits: (_, after) => /^(?:[a-z](?![0-9a-z])|-[a-z]{3}-[0-9][a-z](?![0-9a-z])|-wl[0-9]-)/.test(after),
};

const serviceName: Place = {
  why: 'named by a service name',
  // com.amazonaws.vpce.REGION.vpce-svc-…, com.amazonaws.REGION.transfer.server.c-0026, aws.sagemaker.REGION.labeling
  fits: (before, after) =>
    /(?<![0-9a-z-])(?:com\.amazonaws|aws)\.(?:[0-9a-z-]+\.)*$/.test(before) ||
    /service[-_ ]?region\W{1,4}$/.test(before) ||
    after.startsWith('.vpce-svc-'),
};

const anywhere: Place = { why: 'named by the text', fits: () => true };

/** From what says most of the endpoint's own Region to what says least: its service may be in another Region. */
const places: readonly Place[] = [
  { why: "named by an endpoint's DNS name", fits: (_, after) => after.startsWith('.vpce.') },
  {
    why: "named by an endpoint's ARN",
    fits: (before, after) =>
      /arn:[a-z-]+:ec2:$/.test(before) && /^:[0-9]*:(?:vpc-endpoint|network-interface)\//.test(after),
  },
  {
    // --region "…", AWS_REGION=, region_name='…', "awsRegion": "…", ?region=
    why: 'named as the Region',
    fits: (before) => /region(?:[-_ ]?(?:name|id|code))?["'`]?(?: *[:=] *| +)["'`]?$/.test(before),
  },
  { why: "named by the console's address", fits: (_, after) => after.startsWith('.console.') },
  zone,
  anywhere,
  serviceName,
];

/** As far around a Region as a place shows. */
const placeLength = 100;

/**
 * Each Region once, in the order of how much its place says of where the endpoint is.
 *
 * @param text without escapes, in lower case
 */
export function findRegions(text: string): readonly Candidate[] {
  const named = Array.from(text.matchAll(words), ({ 1: region = '', index }) => {
    const end = index + region.length;
    const before = text.slice(Math.max(0, index - placeLength), index);
    return { region, place: placeOf(before, text.slice(end, end + placeLength)) };
  });
  const ofZones = Array.from(text.matchAll(zoneIds), ([, area, gov, direction = '', number]) => ({
    region: `${area}${gov ? '-gov' : ''}-${directions[direction]}-${number}`,
    place: zone,
  }));
  const inOrder = places.flatMap((place) =>
    [...named, ...ofZones].filter((one) => one.place === place && isRegion(one.region)),
  );
  const first = new Map<string, Candidate>();
  for (const { region, place } of inOrder) {
    if (!first.has(region)) first.set(region, { region, why: place.why });
  }
  return [...first.values()];
}

function placeOf(before: string, after: string): Place {
  if (serviceName.fits(before, after)) return serviceName;
  return places.find(({ fits }) => fits(before, after)) ?? anywhere;
}
