import { Stack, Validations } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/**
 * Says why a finding of cdk-nag's AwsSolutions pack is meant to be.
 *
 * @param finding the rule, and in brackets what it found there: `IAM5[Resource::*]`
 */
export function acknowledge(construct: Construct, finding: string, reason: string): void {
  const id = `AwsSolutions-${flatten(Stack.of(construct).resolve(finding))}`;
  Validations.of(construct).acknowledge({ id: `AwsSolutions::${id}`, reason });
}

/** CloudFormation's references as cdk-nag writes them: `<AWS::Partition>`. */
function flatten(value: unknown): string {
  if (typeof value === 'string') return value;
  const { Ref, 'Fn::Join': join } = value as { Ref?: string; 'Fn::Join'?: [string, unknown[]] };
  return join === undefined ? `<${Ref}>` : join[1].map(flatten).join(join[0]);
}
