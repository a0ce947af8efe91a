import type { Scope } from './scope.ts';

/** Who calls `CreateVpcEndpoint`. */
export type Creator =
  | {
      readonly kind: 'service-linked-role';
      readonly service: string;
      readonly role: string;
      readonly session: string;
    }
  /** The service acts in the name of its caller: only `invokedBy` tells. */
  | { readonly kind: 'forward-access-session'; readonly service: string }
  /** With the command line, unless in the console: that calls EC2 for the person, and names itself. */
  | { readonly kind: 'user'; readonly name: string; readonly console?: boolean };

export function serviceLinkedRole(service: string, role: string, session = `${service}-session`): Creator {
  return { kind: 'service-linked-role', service, role, session };
}

export function forwardAccessSession(service: string): Creator {
  return { kind: 'forward-access-session', service };
}

interface Caller {
  readonly userIdentity: object;
  /** LookupEvents shows the session's name for an assumed role. */
  readonly username: string;
  readonly source: string;
  readonly userAgent: string;
  readonly accessKeyId?: string;
}

export function callerOf(scope: Scope, creator: Creator, at: Date): Caller {
  if (creator.kind === 'user') {
    const principalId = principal(scope, 'AIDA', creator.name);
    return {
      userIdentity: {
        type: 'IAMUser',
        principalId,
        arn: iamArn(scope, 'iam', `user/${creator.name}`),
        accountId: scope.accountId,
        accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
        userName: creator.name,
        ...(creator.console === true ? { invokedBy: 'signin.amazonaws.com' } : {}),
      },
      username: creator.name,
      source: '203.0.113.7',
      userAgent: creator.console === true ? 'console.ec2.amazonaws.com' : 'aws-cli/2.31.0',
      accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
    };
  }
  const host = `${creator.service}.amazonaws.com`;
  const linked = creator.kind === 'service-linked-role';
  const role = linked ? creator.role : 'Admin';
  const session = linked ? creator.session : 'alice';
  const principalId = principal(scope, 'AROA', role);
  return {
    userIdentity: {
      type: 'AssumedRole',
      principalId: `${principalId}:${session}`,
      arn: iamArn(scope, 'sts', `assumed-role/${role}/${session}`),
      accountId: scope.accountId,
      sessionContext: {
        sessionIssuer: {
          type: 'Role',
          principalId,
          arn: iamArn(scope, 'iam', linked ? `role/aws-service-role/${host}/${role}` : `role/${role}`),
          accountId: scope.accountId,
          userName: role,
        },
        attributes: { creationDate: at.toISOString().replace(/\.\d+Z$/, 'Z'), mfaAuthenticated: 'false' },
      },
      invokedBy: host,
    },
    username: session,
    source: host,
    userAgent: host,
  };
}

function iamArn(scope: Scope, service: 'iam' | 'sts', resource: string): string {
  return `arn:${scope.partition}:${service}::${scope.accountId}:${resource}`;
}

function principal(scope: Scope, prefix: string, name: string): string {
  return prefix + scope.tokenOf(`principal/${name}`, 17).toUpperCase();
}
