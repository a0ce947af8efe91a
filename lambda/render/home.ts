/** `GET /` for those who do not come with a browser: how to ask, as text and as JSON. */
import { join } from './lines.ts';

/** What whoever serves the API has to say on its page, and to show. */
export interface Home {
  /** On every page. */
  readonly notice: string;
  readonly examples: readonly Example[];
}

export interface Example {
  readonly title: string;
  /** Path and query, URL-encoded. */
  readonly path: string;
}

/** What `GET /` answers as JSON; `http/contract.ts` publishes the same as a schema. */
export interface Routes {
  routes: { method: 'GET'; path: string; answers: string }[];
  notice?: string | undefined;
  examples?: { title: string; path: string }[] | undefined;
}

const routes = [
  { path: '/', answers: 'how to ask: a page, a text or these routes' },
  { path: '/identify?q=TEXT', answers: 'who owns the endpoints that the text is about' },
  { path: '/vpc-endpoints/{vpcEndpointId}', answers: 'who owns this VPC endpoint' },
  { path: '/vpc-endpoints', answers: 'who owns each of the Region, or of vpcId=…' },
  { path: '/openapi.json', answers: 'the contract' },
];

export function homeJson(home?: Home): Routes {
  const examples = home?.examples.map(({ title, path }) => ({ title, path }));
  return {
    routes: routes.map((route) => ({ method: 'GET' as const, ...route })),
    ...(home === undefined ? {} : { notice: home.notice, examples: examples ?? [] }),
  };
}

/** Ten lines; the examples, where there are any, after them. */
export function homeText(home?: Home): string {
  const examples = home === undefined ? [] : ['', home.notice, ...home.examples.map(line)];
  return join([
    'vpce-owner names the AWS resource that owns a requester-managed VPC endpoint.',
    ...routes.map(({ path, answers }) => `GET ${path.padEnd(31)}${answers}`),
    '',
    'region=REGION asks another Region; format=json, text or html beats Accept.',
    'TEXT is what you have: the whole error, an id, an ARN, a DNS name. In a shell:',
    'curl -sG "$API/identify" -d format=text --data-urlencode \'q=vpce-… - Operation …\'',
    ...examples,
  ]);
}

function line({ title, path }: Example): string {
  return `${path}  # ${title}`;
}
