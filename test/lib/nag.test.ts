import { describe, expect, test } from '@jest/globals';
import { App, Validations } from 'aws-cdk-lib';
import { PolicyStatement, type Role } from 'aws-cdk-lib/aws-iam';
import { AwsSolutionsChecks } from 'cdk-nag';
import cdkJson from '../../cdk.json' with { type: 'json' };
import { parseContext } from '../../lib/context.ts';
import { VpceOwnerStack } from '../../lib/vpce-owner-stack.ts';

function checked(context: Readonly<Record<string, string>>): { app: App; stack: VpceOwnerStack } {
  const app = new App({ context: { ...cdkJson.context, 'aws:cdk:bundling-stacks': [] } });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  return {
    app,
    stack: new VpceOwnerStack(app, parseContext(context)),
  };
}

describe('cdk-nag finds nothing that is not explained', () => {
  test.each([
    ['by default', {}],
    ['with several Regions', { regions: 'eu-west-1,us-east-1' }],
    ['with one Region named', { regions: 'eu-west-1' }],
    ['with tokens', { jwtIssuer: 'https://login.example.com', jwtAudience: 'vpce-owner' }],
  ])('%s', (_, context) => {
    const { app } = checked(context);
    expect(() => app.synth()).not.toThrow();
  });

  test('but a wildcard that is added', () => {
    const { app, stack } = checked({});
    const role = stack.node.findChild('FunctionRole') as Role;
    role.addToPolicy(new PolicyStatement({ actions: ['s3:GetObject'], resources: ['arn:aws:s3:::logs/*'] }));
    expect(() => app.synth()).toThrow(/AwsSolutions-IAM5\[Resource::arn:aws:s3:::logs\/\*\]/);
  });
});
