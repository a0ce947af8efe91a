/** Every error code, with its HTTP status and RFC 9457 title. */
export const problems = {
  'invalid-vpc-endpoint-id': { status: 400, title: 'Not the id of a VPC endpoint' },
  'invalid-network-interface-id': { status: 400, title: 'Not the id of a network interface' },
  'invalid-region': { status: 400, title: 'Not an AWS Region' },
  'invalid-vpc-id': { status: 400, title: 'Not the id of a VPC' },
  'invalid-next-token': { status: 400, title: 'Not a token of this request' },
  'expired-next-token': { status: 400, title: 'Token has expired' },
  'invalid-parameter': { status: 400, title: 'Invalid parameter' },
  'nothing-to-identify': { status: 400, title: 'Nothing to identify' },
  'region-not-allowed': { status: 403, title: 'Region not allowed' },
  'vpc-endpoint-not-found': { status: 404, title: 'VPC endpoint not found' },
  'network-interface-not-found': { status: 404, title: 'Network interface not found' },
  'route-not-found': { status: 404, title: 'Route not found' },
  'method-not-allowed': { status: 405, title: 'Method not allowed' },
  'not-an-endpoint-interface': { status: 409, title: 'Not the network interface of a VPC endpoint' },
  // These two are the local server's; API Gateway refuses such requests in its own words.
  'request-too-large': { status: 413, title: 'Request too large' },
  'host-not-allowed': { status: 421, title: 'Host not allowed' },
  'internal-error': { status: 500, title: 'Internal error' },
  'aws-access-denied': { status: 502, title: 'AWS denied access' },
  'aws-error': { status: 502, title: 'AWS answered with an error' },
  'aws-throttled': { status: 503, title: 'AWS throttled the request' },
  'deadline-exceeded': { status: 504, title: 'Deadline exceeded' },
} as const;

export type ProblemCode = keyof typeof problems;

/** What a caller gets (RFC 9457). */
export interface ProblemDocument {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: ProblemCode;
  requestId: string;
  /** The IAM action that was refused. */
  action?: string | undefined;
  retryAfterSeconds?: number | undefined;
}

/** A request that gets an error for an answer (RFC 9457). */
export class Problem extends Error {
  readonly code: ProblemCode;
  readonly extra: Pick<ProblemDocument, 'action' | 'retryAfterSeconds'>;

  /** @param detail What was expected, with an example, and what came. @param cause for the log only */
  constructor(code: ProblemCode, detail: string, extra: Problem['extra'] = {}, cause?: unknown) {
    super(detail, { cause });
    this.code = code;
    this.extra = extra;
  }

  toDocument(requestId: string): ProblemDocument {
    const { status, title } = problems[this.code];
    return {
      type: `urn:vpce-owner:problem:${this.code}`,
      title,
      status,
      detail: this.message,
      code: this.code,
      requestId,
      ...this.extra,
    };
  }
}

/** What is asked about leads to several endpoints: each is an answer of its own. */
export class LeadsToSeveral extends Error {
  readonly vpcEndpointIds: readonly string[];

  constructor(vpcEndpointIds: readonly string[]) {
    super(`leads to ${vpcEndpointIds.join(', ')}`);
    this.vpcEndpointIds = vpcEndpointIds;
  }
}
