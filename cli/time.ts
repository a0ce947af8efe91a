/** On this machine nobody waits behind a gateway. */
import type { Config } from '../lambda/config.ts';

/** A second is left to write the answer. */
const marginMs = 1_000;

export function withTime(config: Config, timeoutMs: number | undefined): Config {
  return timeoutMs === undefined ? config : { ...config, deadlineMs: timeoutMs - marginMs };
}
