/** What wakes the function without being a request: warm-up pings, schedules, a console's test event, another kind of API. */
import { Logger } from '@aws-lambda-powertools/logger';
import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import { Problem } from '../problem.ts';
import type { ProblemDocument } from './contract.ts';

const expected = "Expected an event of API Gateway's HTTP API, payload format version 2.0";
/** An event can have any number of keys, of any length. */
const mostKeys = 12;
const plainKey = /^[\w-]{1,40}$/;

type Fields = Readonly<Record<string, unknown>>;

/** Whether it has all that is read of a request. */
export function isPayload2(event: unknown): event is APIGatewayProxyEventV2 {
  const { version = '2.0', rawPath, rawQueryString, headers, requestContext } = fieldsOf(event);
  const { requestId, stage, http } = fieldsOf(requestContext);
  const texts = [rawPath, rawQueryString, requestId, stage, fieldsOf(http)['method']];
  return version === '2.0' && isFields(headers) && texts.every((text) => typeof text === 'string');
}

/**
 * Not thrown: what was never a request must not count as a failure of the function, and Lambda would try an event of
 * EventBridge's twice more.
 *
 * @returns the answer, for whoever takes answers; the log has one line
 */
export function refusePayload(event: unknown, context: Context): ProblemDocument {
  const message = `${expected}; got ${shapeOf(event)}.`;
  const functionRequestId = String(fieldsOf(context)['awsRequestId'] ?? '');
  new Logger().warn({ message, functionRequestId });
  const { requestId } = fieldsOf(fieldsOf(event)['requestContext']);
  const problem = new Problem('invalid-parameter', message);
  return problem.toDocument(typeof requestId === 'string' ? requestId : functionRequestId);
}

/** Names and types, and nothing of what is in it. */
function shapeOf(event: unknown): string {
  if (event === undefined) return 'nothing';
  if (event === null) return 'null';
  if (Array.isArray(event)) return `a list of ${event.length}`;
  if (!isFields(event)) return `a ${typeof event}`;
  const { requestContext, httpMethod, version } = event;
  if ('elb' in fieldsOf(requestContext)) return 'one of an Application Load Balancer';
  if (version === '1.0' || typeof httpMethod === 'string') return 'payload format version 1.0';
  if ('detail-type' in event) return 'an event of EventBridge';
  const keys = Object.keys(event);
  if (keys.length === 0) return 'an empty object';
  const shown = keys.slice(0, mostKeys).map((key) => (plainKey.test(key) ? key : '…'));
  return `an object with ${[...shown, ...(keys.length > mostKeys ? ['…'] : [])].join(', ')}`;
}

function fieldsOf(value: unknown): Fields {
  return isFields(value) ? value : {};
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
