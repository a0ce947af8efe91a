import type { Fault } from './faults.ts';
import {
  emptyFirstPage,
  emptyPagesForEver,
  failAfterFirstPage,
  type Pager,
  repeatFirstPage,
} from './paging.ts';
import { type AwsError, type CommonErrors, isRecord, type WireAnswer } from './protocols/protocol.ts';

/** The error that a fault answers instead of doing anything, if it is one that does. */
export function refusalOf(
  fault: Fault,
  errors: CommonErrors,
  action: string,
  caller: string,
): AwsError | undefined {
  switch (fault.kind) {
    case 'denied':
      return errors.denied(
        accessDenied(action, caller, `because no identity-based policy allows the ${action} action`),
      );
    case 'scp-denied':
      return errors.denied(accessDenied(action, caller, 'with an explicit deny in a service control policy'));
    case 'throttled':
      return errors.throttled();
    case 'error':
      return errors.internal();
    case 'expired-credentials':
      return errors.expired();
    default:
      return undefined;
  }
}

/** What a load balancer says when nothing is behind it, whatever the protocol of the service. */
export const unavailablePage: WireAnswer = {
  status: 503,
  headers: { 'content-type': 'text/html' },
  body: '<html><head><title>503</title></head><body><h1>Service Unavailable</h1><hr></body></html>',
};

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html */
function accessDenied(action: string, caller: string, why: string): string {
  return `User: ${caller} is not authorized to perform: ${action} on resource: * ${why}`;
}

/** How a service at fault pages, for the faults that are about pages. */
export function pagerOf(fault: Fault | undefined, errors: CommonErrors): Pager | undefined {
  if (fault?.kind === 'repeat-token') return repeatFirstPage;
  if (fault?.kind === 'endless') return emptyPagesForEver;
  if (fault?.kind === 'empty-first-page') return emptyFirstPage;
  if (fault?.kind === 'second-page') return failAfterFirstPage(fault.firstPageItems, errors.internal());
  return undefined;
}

/** An answer that lacks what it should have, before it is written in the service's protocol. */
export function damageOutput(fault: Fault | undefined, output: object): object {
  switch (fault?.kind) {
    case 'missing-lists':
      return {};
    case 'missing-fields':
      // An answer that has neither lists nor records has nothing left.
      if (!Object.values(output).some((value) => Array.isArray(value) || isRecord(value))) return {};
      return mapFields(output, (value) =>
        Array.isArray(value) ? value.map(() => ({})) : isRecord(value) ? {} : value,
      );
    case 'missing-field':
      return withoutField(output, fault.field) as object;
    case 'not-json-event':
      return mapFields(output, (value) => (Array.isArray(value) ? value.map(cutEvent) : value));
    default:
      return output;
  }
}

function withoutField(value: unknown, field: string): unknown {
  if (Array.isArray(value)) return value.map((item) => withoutField(item, field));
  if (!isRecord(value) || value instanceof Date) return value;
  const others = Object.entries(value).filter(([name]) => name !== field);
  return Object.fromEntries(others.map(([name, member]) => [name, withoutField(member, field)]));
}

function cutEvent(event: unknown): unknown {
  return isRecord(event)
    ? { ...event, CloudTrailEvent: '{"eventVersion":"1.11","userIdentity":{"type":' }
    : event;
}

function mapFields(output: object, change: (value: unknown) => unknown): object {
  return Object.fromEntries(Object.entries(output).map(([field, value]) => [field, change(value)]));
}

export function firstHalf(body: string): string {
  return body.slice(0, Math.ceil(body.length / 2));
}

/** A written answer whose body is lost or is not what its headers say. */
export function damageAnswer(fault: Fault | undefined, answer: WireAnswer): WireAnswer {
  if (fault?.kind === 'empty') return { ...answer, body: '' };
  if (fault?.kind === 'truncated') return { ...answer, body: firstHalf(answer.body) };
  if (fault?.kind === 'garbage') return { ...answer, body: '\u0000%PDF <<<{{ neither XML nor JSON' };
  return answer;
}
