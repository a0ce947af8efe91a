/**
 * What the API answers, as zod schemas: the types of the program, the OpenAPI document and the tests that
 * validate real answers are all made from these. Import types only: zod itself stays out of the bundle.
 */
import { z } from 'zod';
import type { Identification } from '../answer/identification.ts';
import type { Sweep } from '../answer/sweep.ts';
import { type ProblemCode, type ProblemDocument, problems } from '../problem.ts';
import type { Routes } from '../render/home.ts';

const text = (description: string) => z.string().describe(description);
const time = (description: string) =>
  z
    .string()
    .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/)
    .describe(`${description} UTC, ISO 8601, to the second.`);

export const verdict = z
  .enum(['identified', 'service-identified', 'ambiguous', 'unidentified', 'not-requester-managed'])
  .describe(
    '`identified`: one resource owns the endpoint. `service-identified`: the service is known, but no resource of ' +
      'it was found to hold the endpoint. `ambiguous`: several resources fit, and nothing tells them apart. ' +
      '`unidentified`: requester-managed, and nothing claims it. `not-requester-managed`: EC2 says that the ' +
      'customer may delete it.',
  );

export const confidence = z
  .enum(['confirmed', 'probable', 'none'])
  .describe(
    "`confirmed`: the service's own API lists the endpoint, or a hostname of the resource is an alias of the " +
      "endpoint's DNS name. `probable`: CloudTrail, a tag, the service name or equal addresses say so.",
  );

export const service = z.strictObject({
  id: text('One word: also the name of its check.'),
  name: text("AWS's name of the service."),
});

export const owner = z.strictObject({
  resourceType: text('A CloudFormation type name, or one made after their pattern.'),
  resourceId: text("The resource's name or identifier, as its service's commands take it."),
  arn: z.string().nullable(),
  parentArn: z.string().nullable().describe('The resource that this one is a part of.'),
  consoleUrl: z.string().nullable(),
});

export const strength = z
  .enum(['confirmed', 'probable', 'hint', 'refuted'])
  .describe(
    '`confirmed` and `probable` speak for an owner, `hint` only for a candidate, `refuted` against one.',
  );

export const candidate = owner.extend({ service, strength });

export const evidence = z.strictObject({
  source: z.enum(['endpoint-tag', 'service-name', 'cloudtrail', 'api', 'dns', 'address', 'network']),
  service: z.string().nullable().describe('The id of the service that this speaks for or against.'),
  strength,
  statement: text('One sentence.'),
});

export const check = z.strictObject({
  check: text('`cloudtrail`, or the id of a service.'),
  outcome: z.enum(['match', 'no-match', 'skipped', 'failed']),
  reason: z.string().nullable().describe('Why it was skipped or how it failed.'),
  apiCalls: z.int().min(0).describe('AWS requests sent, retries included.'),
  durationMs: z.int().min(0),
});

export const endpoint = z.strictObject({
  type: z.string().nullable(),
  state: z.string().nullable(),
  requesterManaged: z.boolean().nullable(),
  serviceName: z.string().nullable(),
  vpcId: z.string().nullable(),
  subnetIds: z.array(z.string()),
  networkInterfaceIds: z.array(z.string()),
  securityGroupIds: z.array(z.string()),
  createdAt: time('When EC2 made it.').nullable(),
  ownerId: z.string().nullable().describe('The AWS account that the endpoint belongs to.'),
  tags: z.record(z.string(), z.string()),
});

export const nextStep = z.strictObject({
  action: z.enum([
    'delete-owner',
    'delete-endpoint',
    'wait',
    'contact-support',
    'grant-permission',
    'retry',
    'ask-owner-account',
    'choose',
  ]),
  summary: z.string(),
  commands: z.array(z.string()).describe('Safe to paste into a POSIX shell.'),
  warnings: z.array(z.string()),
  documentation: z.string().nullable(),
});

export const identification = z.strictObject({
  vpcEndpointId: z.string().regex(/^vpce-([0-9a-f]{8}|[0-9a-f]{17})$/),
  accountId: z.string().nullable().describe('The account that was searched.'),
  region: z.string(),
  verdict,
  confidence,
  service: service.nullable(),
  owner: owner.nullable(),
  candidates: z.array(candidate),
  evidence: z.array(evidence),
  checks: z.array(check),
  complete: z.boolean().describe('No check that could have changed the answer failed or ran out of time.'),
  endpoint,
  nextStep,
});

export const sweepRow = z
  .strictObject({
    vpcEndpointId: identification.shape.vpcEndpointId,
    vpcId: z.string().nullable(),
    verdict,
    confidence,
    service: service.nullable(),
    owner: owner.nullable(),
    candidates: z.int().min(0).describe('How many resources may be the owner, where none is named.'),
    complete: z.boolean(),
    state: z.string().nullable(),
    createdAt: time('When EC2 made it.').nullable(),
    nextStep: z.strictObject({
      action: nextStep.shape.action,
      command: z.string().nullable().describe('The first of the commands.'),
    }),
  })
  .describe('What the single answer for the endpoint says, in short.');

export const scope = z
  .strictObject({
    vpcIds: z.array(z.string()),
    subnetIds: z.array(z.string()),
    securityGroupIds: z.array(z.string()),
    serviceNames: z.array(z.string()),
    vpcEndpointIds: z.array(z.string()),
    resourceArns: z.array(z.string()).describe('What these hold is shown; in lower case.'),
    resourceIds: z.array(z.string()).describe('Likewise, by ids that only one kind of resource has.'),
  })
  .describe('What was asked about: AND between these, OR between the values of one; empty: any.');

export const otherInterface = z.strictObject({
  networkInterfaceId: z.string(),
  interfaceType: z.string(),
  description: z.string().nullable(),
  requesterId: z.string().nullable(),
});

export const sweep = z.strictObject({
  accountId: z.string().nullable().describe('The account that was searched.'),
  region: z.string(),
  scope,
  count: z.int().min(0).describe('Rows of this answer.'),
  summary: z
    .strictObject({
      verdicts: z.partialRecord(verdict, z.int().min(0)),
      services: z.record(z.string(), z.int().min(0)),
    })
    .describe('Of the rows of this answer.'),
  complete: z.boolean().describe('No check that could have changed a row failed or ran out of time.'),
  completeVpcIds: z
    .array(z.string())
    .describe('VPCs whose every endpoint in scope is in this answer, and was checked to the end.'),
  checks: z.array(check),
  vpcEndpoints: z.array(sweepRow).describe('In order of id.'),
  notFound: z
    .array(z.string())
    .describe('Endpoints that were asked about by id, and that this Region does not have.'),
  otherInterfaces: z
    .array(otherInterface)
    .describe('Where no such endpoint is in the place that was asked about: what else stands there.'),
  nextToken: z.string().nullable().describe('Leads on, with the same request, for an hour.'),
});

export const home = z.strictObject({
  routes: z.array(z.strictObject({ method: z.literal('GET'), path: z.string(), answers: z.string() })),
  notice: z.string().optional().describe('What whoever serves the API has to say of it.'),
  examples: z
    .array(z.strictObject({ title: z.string(), path: text('Path and query, URL-encoded.') }))
    .optional()
    .describe('Of the sandbox.'),
});

export const problem = z.strictObject({
  type: z.string().describe('`urn:vpce-owner:problem:CODE`.'),
  title: z.string(),
  status: z.int(),
  detail: text('What was expected, with an example, and what came.'),
  code: z.enum(Object.keys(problems) as [ProblemCode, ...ProblemCode[]]),
  requestId: z.string(),
  action: z.string().optional().describe('The IAM action that was refused.'),
  retryAfterSeconds: z.int().min(0).optional(),
});

/** The schema and the program's own type are the same: neither has a member that the other lacks. */
type Same<A, B> = [A, B] extends [B, A] ? true : never;
true satisfies Same<z.infer<typeof identification>, Identification>;
true satisfies Same<z.infer<typeof sweep>, Sweep>;
true satisfies Same<z.infer<typeof problem>, ProblemDocument>;

true satisfies Same<z.infer<typeof home>, Routes>;

export type { Identification, ProblemDocument, Sweep };
