/** A deployment as CloudFormation gets it, made without bundling and without an account. */
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import cdkJson from '../../cdk.json' with { type: 'json' };
import { parseContext } from '../../lib/context.ts';
import { VpceOwnerStack } from '../../lib/vpce-owner-stack.ts';

/** @param context as after `-c`. */
export function stackOf(context: Readonly<Record<string, string>> = {}): VpceOwnerStack {
  const app = new App({ context: { ...cdkJson.context, 'aws:cdk:bundling-stacks': [] } });
  return new VpceOwnerStack(app, parseContext(context));
}

const templates = new Map<string, Template>();

/** Made once for each context: nothing changes a template. */
export function templateOf(context: Readonly<Record<string, string>> = {}): Template {
  const key = JSON.stringify(context);
  const template = templates.get(key) ?? Template.fromStack(stackOf(context));
  templates.set(key, template);
  return template;
}

export interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
}

export function resourcesOf(template: Template, type: string): readonly Resource[] {
  return Object.values(template.findResources(type)) as Resource[];
}

export interface Statement {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly conditions: unknown;
}

/** Every statement of every policy of the function's role, references replaced by what they are named. */
export function statementsOf(template: Template): readonly Statement[] {
  return resourcesOf(template, 'AWS::IAM::Policy').flatMap(({ Properties }) => {
    const { Statement } = plain(Properties['PolicyDocument']) as { Statement: Record<string, unknown>[] };
    return Statement.map((statement) => ({
      actions: [statement['Action']].flat() as string[],
      resources: [statement['Resource']].flat() as string[],
      conditions: statement['Condition'],
    }));
  });
}

/** The value with CloudFormation's functions read out: `AWS::Region` as `REGION`, others as their logical id. */
export function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  const { Ref, 'Fn::Join': join, 'Fn::GetAtt': attribute } = value as Record<string, unknown>;
  if (typeof Ref === 'string') return Ref.replace(/^AWS::/, '').toUpperCase();
  if (Array.isArray(join)) return (plain(join[1]) as string[]).join(String(join[0]));
  if (Array.isArray(attribute)) return attribute.join('.');
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]));
}
