/** Service principals in CloudTrail's records, and which of them can have made an endpoint. Pure. */

/**
 * Services that call EC2 because a person, or what a person wrote, tells them to. That one of them stands in a record
 * says nothing of who holds the endpoint.
 *
 * Source: `signin` and the consoles were observed (145 of 4,157 public records of a person's calls); the others run
 * templates, documents, workflows or API calls of the customer, or only look at resources (service documentation).
 */
const intermediaries: readonly string[] = [
  // Templates and stacks; StackSets' principals begin with labels of their own.
  'cloudformation',
  'stacksets',
  'member',
  'cloudcontrolapi',
  'servicecatalog',
  'proton',
  'launchwizard',
  'controltower',
  'elasticbeanstalk',
  // Documents, workflows, schedules and other calls that the customer wrote.
  'ssm',
  'ssm-quicksetup',
  'states',
  'scheduler',
  'events',
  'apigateway',
  'lambda',
  'codebuild',
  'codepipeline',
  'cloudshell',
  'cloud9',
  'aws-mcp',
  // EC2 itself, and what starts instances.
  'ec2',
  'autoscaling',
  'application-autoscaling',
  // Identities, and those who only watch.
  'organizations',
  'sts',
  'iam',
  'sso',
  'config',
  'config-conforms',
  'resource-explorer',
  'resource-explorer-2',
  'resource-groups',
  'cloudtrail',
];

/** People's own doors, wherever they stand: `console.ec2.amazonaws.com`, `ec2.console.amazonaws.com`. */
const doors: readonly string[] = ['console', 'signin'];

/** @returns the name in lower case: `rds.amazonaws.com`, `rds.eu-west-1.amazonaws.com`, `osis.amazon.com` */
export function servicePrincipal(value: string | null | undefined): string | null {
  const name = value?.toLowerCase() ?? '';
  return /^([a-z0-9-]+\.)+(amazonaws|amazon)\.com(\.cn)?$/.test(name) ? name : null;
}

export function isEc2(principal: string): boolean {
  return principal === 'ec2.amazonaws.com' || principal === 'ec2.amazonaws.com.cn';
}

/** Whether what stands in the record is not the service that made the endpoint, but one that passed a call on. */
export function actsForOthers(principal: string): boolean {
  const labels = principal.split('.');
  return intermediaries.includes(labels[0] ?? '') || labels.some((label) => doors.includes(label));
}
