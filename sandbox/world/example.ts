import type { Made, Owner } from './owner.ts';
import type { Scope } from './scope.ts';

/** A request that the demo account answers, and what the answer must say. */
export interface Example {
  readonly title: string;
  /** Below the server's address, encoded. */
  readonly path: string;
  readonly expect: Expectation;
}

/** What is left out is not promised. */
export interface Expectation {
  readonly status: number;
  readonly code?: string;
  readonly verdict?:
    | 'identified'
    | 'service-identified'
    | 'ambiguous'
    | 'unidentified'
    | 'not-requester-managed';
  readonly confidence?: 'confirmed' | 'probable' | 'none';
  readonly service?: string | null;
  readonly resourceType?: string;
  readonly resourceId?: string;
  readonly action?: string;
  readonly candidates?: number;
}

export interface Age {
  readonly words: string;
  /** Ends the names of resources. */
  readonly suffix: string;
  readonly days: number;
}

/** CloudTrail's event history knows the young ones only. */
export const ages: readonly Age[] = [
  { words: 'a few days old', suffix: '', days: 5 },
  { words: 'older than 90 days', suffix: '-old', days: 400 },
];

export function eachAge(scope: Scope, examples: (age: Age, createdAt: Date) => Example[]): Example[] {
  return ages.flatMap((age) => examples(age, scope.daysAgo(age.days)));
}

export function pathOf(vpcEndpointId: string, query = ''): string {
  return `/vpc-endpoints/${vpcEndpointId}${query}`;
}

export function identified(
  title: string,
  path: string,
  owner: Owner,
  more: Partial<Expectation> = {},
): Example {
  const { service, resourceType, resourceId } = owner;
  return {
    title,
    path,
    expect: {
      status: 200,
      verdict: 'identified',
      confidence: 'confirmed',
      service,
      resourceType,
      resourceId,
      action: 'delete-owner',
      ...more,
    },
  };
}

export function identifiedById(
  title: string,
  { vpcEndpointId, owner }: Made,
  more?: Partial<Expectation>,
): Example {
  return identified(title, pathOf(vpcEndpointId), owner, more);
}
