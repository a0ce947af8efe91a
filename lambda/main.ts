/** What Lambda runs. */
import { readConfig } from './config.ts';
import { createHandler } from './http/handler.ts';
// Every lookup begins with EC2: its client is loaded with the function, when Lambda starts it, and not by the first caller.
import './aws/sdk/ec2.ts';
import { createTelemetry } from './telemetry/telemetry.ts';

export const handler = createHandler(readConfig(process.env), { observe: createTelemetry() });
