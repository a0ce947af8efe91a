/** One of the wire protocols that AWS services speak: how a request is read, and an answer or an error is written. */
export interface Protocol {
  /** Whether a request names this service's API, signed or not. */
  recognises(request: WireRequest): boolean;
  /** The operation and its input in the API's own names, whatever they are called on the wire. */
  read(request: WireRequest): { operation: string; input: Input };
  answer(operation: string, output: object, requestId: string): WireAnswer;
  refuse(error: AwsError, requestId: string): WireAnswer;
  readonly errors: CommonErrors;
}

/** The errors that any operation can answer; every protocol has its own codes and statuses for them. */
export interface CommonErrors {
  denied(message: string): AwsError;
  throttled(): AwsError;
  internal(): AwsError;
  expired(): AwsError;
  unsigned(): AwsError;
  unknownOperation(operation: string): AwsError;
}

export interface WireRequest {
  readonly method?: string;
  /** Path and query, as in the request line. */
  readonly target?: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

export interface WireAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export type Input = Readonly<Record<string, unknown>>;

/** A refusal in AWS's terms; operations throw it, the protocol writes it. */
export class AwsError extends Error {
  readonly code: string;
  readonly status: number;

  constructor(code: string, message: string, status = 400) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
