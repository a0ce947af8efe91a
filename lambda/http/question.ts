/** What the caller wants identified: an id, alone or somewhere in a text, and the Region that the text names. */
import type { Subject } from '../model/model.ts';
import { echo, plainText } from '../plain-text.ts';
import { Problem } from '../problem.ts';

const endpointExample = 'vpce-0ce9fdcdd4aa4097e';
const interfaceExample = 'eni-0a1b2c3d4e5f60718';

/** New ids have 17 digits, old ones and those of AWS's documentation 8. */
const digits = '(?:[0-9a-f]{8}|[0-9a-f]{17})';
const endpointId = new RegExp(`^vpce-${digits}$`);
const interfaceId = new RegExp(`^eni-${digits}$`);
/** An id does not start in the middle of a word, except after an escaped line break of JSON. */
const wordStart = /(?:(?<![0-9a-z-])|(?<=\\[nrt]))/.source;
const endpointWords = new RegExp(`${wordStart}(vpce-(?!svc-)[0-9a-z]*)`, 'g');
const interfaceWords = new RegExp(`${wordStart}(eni-[0-9a-z]*)`, 'g');
const endpointServiceWord = /vpce-svc-[0-9a-z]*/;

const region = '[a-z]{2,4}(?:-[a-z]{1,20}){1,3}-\\d{1,2}';
const wholeRegion = new RegExp(`^${region}$`);
/** Where AWS's own texts carry the Region. */
const regionPlaces = [
  // com.amazonaws.vpce.REGION.vpce-svc-…, in every partition, and elasticache.serverless.REGION.vpce-svc-…
  `\\.(${region})\\.vpce-svc-`,
  // com.amazonaws.REGION.transfer.server.c-0026, com.amazonaws.REGION.guardduty-data, aws.sagemaker.REGION.labeling
  `(?<![0-9a-z-])(?:amazonaws|aws)\\.(?:[a-z]+\\.)??(${region})\\.`,
  // vpce-ID-abcd1234.vpce-svc-….REGION.vpce.amazonaws.com
  `\\.(${region})\\.vpce\\.`,
  `arn:[a-z-]+:ec2:(${region}):\\d*:(?:vpc-endpoint|network-interface)/`,
  // The AWS CLI's command line, and the console's address
  `(?:--region[ =]|[?&]region=)(${region})(?![0-9a-z-])`,
].map((place) => new RegExp(place, 'g'));

/** Reads the id in a path: nothing but an endpoint's id will do. */
export function parseEndpointId(text: string): Subject {
  const id = plainText(text).trim().toLowerCase();
  if (endpointId.test(id)) return { kind: 'vpc-endpoint', id };
  if (interfaceId.test(id)) {
    throw invalidEndpointId(id, `This is the id of a network interface: ask with /identify?q=${id}.`);
  }
  if (id.startsWith('vpce-svc-')) throw invalidEndpointId(id, endpointServiceHint);
  throw invalidEndpointId(
    text,
    'An error message, a DNS name, an ARN or the id of a network interface (eni-…) goes into /identify?q=TEXT.',
  );
}

/** Finds the one id in whatever an engineer has in hand. An endpoint's id wins over an interface's. */
export function findSubject(text: string): Subject {
  const searched = plainText(text).toLowerCase();
  const endpoints = matches(endpointWords, searched);
  const interfaces = matches(interfaceWords, searched);
  const endpoint = onlyOne(endpoints.filter((word) => endpointId.test(word)));
  if (endpoint !== undefined) return { kind: 'vpc-endpoint', id: endpoint };
  const networkInterface = onlyOne(interfaces.filter((word) => interfaceId.test(word)));
  if (networkInterface !== undefined) return { kind: 'network-interface', id: networkInterface };

  if (endpoints[0] !== undefined) throw invalidEndpointId(endpoints[0]);
  if (interfaces[0] !== undefined) {
    throw new Problem(
      'invalid-network-interface-id',
      `Expected the id of a network interface, eni- and 8 or 17 hexadecimal digits, such as ${interfaceExample}; ` +
        `got ${echo(interfaces[0])}.`,
    );
  }
  const [endpointService] = endpointServiceWord.exec(searched) ?? [];
  if (endpointService !== undefined) throw invalidEndpointId(endpointService, endpointServiceHint);
  throw nothingToIdentify(`got ${echo(text)}`);
}

export function nothingToIdentify(came: string): Problem {
  return new Problem(
    'nothing-to-identify',
    `Expected q to hold the id of a VPC endpoint, such as ${endpointExample}, or of its network interface, ` +
      `such as ${interfaceExample}, alone or within an error message, a DNS name or an ARN; ${came}.`,
  );
}

/** The Regions that a text names in the places where AWS puts one; other words that look like Regions do not count. */
export function findRegions(text: string): readonly string[] {
  const searched = plainText(text).toLowerCase();
  return [...new Set(regionPlaces.flatMap((place) => matches(place, searched)))];
}

/** @returns the Region in lower case */
export function parseRegion(text: string): string {
  const name = plainText(text).trim().toLowerCase();
  if (wholeRegion.test(name)) return name;
  throw new Problem(
    'invalid-region',
    `Expected region to be the code of an AWS Region, such as ap-northeast-1; got ${echo(text)}.`,
  );
}

const endpointServiceHint =
  'This is the id of an endpoint service, which any number of endpoints lead to: give the id of one endpoint.';

function invalidEndpointId(came: string, hint?: string): Problem {
  const detail =
    `Expected the id of a VPC endpoint, vpce- and 8 or 17 hexadecimal digits, such as ${endpointExample}; ` +
    `got ${echo(came)}.`;
  return new Problem('invalid-vpc-endpoint-id', hint === undefined ? detail : `${detail} ${hint}`);
}

/** Never chooses between ids: an answer for the wrong one is worse than none. */
function onlyOne(words: readonly string[]): string | undefined {
  const ids = [...new Set(words)];
  if (ids.length < 2) return ids[0];
  const more = ids.length > 4 ? ` and ${ids.length - 4} more` : '';
  throw new Problem(
    'invalid-parameter',
    `Expected q to name one id, such as ${ids[0]}; got ${ids.slice(0, 4).join(', ')}${more}.`,
  );
}

/** What the group of `pattern` matched, each time. */
function matches(pattern: RegExp, text: string): readonly string[] {
  return Array.from(text.matchAll(pattern), ([, group = '']) => group);
}
