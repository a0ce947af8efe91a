/** What a text of any length comes to: its ids and the Regions that it names, which is all that an answer is made from. */
import { findBrokenIds, findIds, looksCut } from '../lambda/http/ids.ts';
import { findHostnames, findResourceArns, findResourceIds } from '../lambda/http/question.ts';
import { findRegions } from '../lambda/http/regions.ts';
import { unescapeText } from '../lambda/http/unescape.ts';

/** What the API takes as `q`. */
const longestText = 4_096;
/**
 * The request line and all headers have 10,240 bytes: a session's token, the signature and the rest have needed 3,500 of
 * them (observed).
 */
const longestEncoded = 6_000;

const prefixes = ['vpce', 'eni', 'subnet', 'sg', 'vpc', 'vpce-svc'] as const;

/** Why a Region is asked, and the same said in a few letters. */
const phrases: Readonly<Record<string, (region: string) => string>> = {
  "named by an endpoint's DNS name": (region) => `${region}.vpce.`,
  "named by an endpoint's ARN": (region) => `arn:aws:ec2:${region}::vpc-endpoint/`,
  'named as the Region': (region) => `region=${region}`,
  "named by the console's address": (region) => `${region}.console.`,
  'named by an availability zone': (region) => `${region}a`,
  'named by a service name': (region) => `com.amazonaws.${region}.`,
};

/**
 * @returns the text itself where it is short enough; what a longer one comes to leads to the same endpoints and Regions
 * @throws an `Error` that says how much came, where even that is too long
 */
export function shorten(text: string): string {
  const whole = text.toWellFormed();
  if (isShort(whole)) return whole;
  const searched = unescapeText(whole);
  const regions = findRegions(searched).map(({ region, why }) => (phrases[why] ?? String)(region));
  const ids = prefixes.flatMap((prefix) => findIds(searched, prefix));
  const broken = findBrokenIds(searched);
  const others = [
    ...broken,
    ...findResourceArns(searched),
    ...findResourceIds(searched),
    ...findHostnames(searched),
  ];
  // Beside what an endpoint is in, its own id that is cut is refused, and not passed over.
  const isNamed = ids.some((id) => /^(?:vpce-(?!svc)|eni-)/.test(id));
  const cut = isNamed ? [] : broken.filter(looksCut);
  const short = [...regions, ...ids, ...(ids.length > 0 ? cut : others)].join(' ');
  if (isShort(short)) return short;
  throw new Error(
    `expected a text with at most ${longestText} characters of ids and Regions; got ${ids.length} ids of ${whole.length} characters`,
  );
}

function isShort(text: string): boolean {
  return text.length <= longestText && encodeURIComponent(text).length <= longestEncoded;
}
