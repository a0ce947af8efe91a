/** What Lambda runs. */
import { readConfig } from './config.ts';
import { createHandler } from './handler.ts';
import { createTelemetry } from './telemetry.ts';

export const handler = createHandler(readConfig(process.env), { observe: createTelemetry() });
