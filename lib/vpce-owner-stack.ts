import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { createApi, createCallerPolicy, openDoors } from './api.ts';
import { createDashboard } from './dashboard.ts';
import { createFunction } from './function.ts';
import { createAlarms } from './observability.ts';
import { type Settings, stackName } from './settings.ts';

/** Knows neither account nor Region until it is deployed, and needs no credentials before. */
export class VpceOwnerStack extends Stack {
  constructor(scope: Construct, settings: Settings, props: StackProps = {}) {
    super(scope, stackName(settings), {
      description: 'Names the owner of a requester-managed VPC endpoint',
      ...props,
    });
    const handler = createFunction(this, settings);
    const api = createApi(this, settings, handler);
    const alarms = createAlarms(this, settings, handler, api);
    const dashboard = createDashboard(this, settings, handler, api, alarms);
    this.node.addValidation({ validate: () => openDoors(this) });

    const output = (id: string, description: string, value: string) =>
      new CfnOutput(this, id, { description, value });
    output('ApiUrl', 'Where the API is; the contract is at openapi.json below it', api.stage.url);
    if (settings.jwt === null) {
      const { managedPolicyArn } = createCallerPolicy(this, settings, api);
      output('CallerPolicyArn', 'Attach this policy to whoever may call the API', managedPolicyArn);
    }
    output('FunctionName', 'The function, and where its log is', handler.functionName);
    output('AccessLogGroupName', 'Who called, and what came of it', api.accessLogs.logGroupName);
    output('DashboardName', 'The dashboard in CloudWatch', dashboard.dashboardName);
  }
}
