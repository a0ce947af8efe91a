/** What a deployment can choose, once it has been read and checked. */

export interface Jwt {
  readonly issuer: string;
  readonly audience: readonly string[];
  /** A token needs one of these; none: any token of the issuer for the audience is let in. */
  readonly scopes: readonly string[];
}

export const defaultStageName = 'default';

export interface Settings {
  /** Also part of the stack's name, but for the default stage. */
  readonly stageName: string;
  /** Regions that may be asked about; `null`: the one that the stack is deployed to. */
  readonly regions: readonly string[] | null;
  /** The ids of those that are asked. */
  readonly services: 'all' | readonly string[];
  readonly logRetentionDays: number;
  /** What becomes of both logs when the stack is removed. */
  readonly logRemoval: 'destroy' | 'retain';
  /** Where alarms go; `null`: they are only shown. */
  readonly alarmTopicArn: string | null;
  /** When the answer is due, whatever is known by then. */
  readonly deadlineSeconds: number;
  /** Requests a second that the API takes in the long run, and at once. */
  readonly throttleRate: number;
  readonly throttleBurst: number;
  /** Instances of the function that run at the same time, at most; `null`: what the account has left. */
  readonly reservedConcurrency: number | null;
  /** Who is let in with a token; `null`: callers sign with their AWS credentials. */
  readonly jwt: Jwt | null;
}

/** @returns the stack's name, and the first part of the names of what is in it */
export function stackName({ stageName }: Pick<Settings, 'stageName'>): string {
  return stageName === defaultStageName ? 'vpce-owner' : `vpce-owner-${stageName}`;
}
