/** The answer about one endpoint, in the contract's words; `http/contract.ts` publishes the same as a schema. */
import type { ServiceRef } from '../model/model.ts';

export type VerdictName =
  | 'identified'
  | 'service-identified'
  | 'ambiguous'
  | 'unidentified'
  | 'not-requester-managed';

export interface Owner {
  resourceType: string;
  resourceId: string;
  arn: string | null;
  parentArn: string | null;
  consoleUrl: string | null;
}

export interface Candidate extends Owner {
  service: ServiceRef;
  strength: Strength;
}

export type Strength = 'confirmed' | 'probable' | 'hint' | 'refuted';

export interface Evidence {
  source: 'endpoint-tag' | 'service-name' | 'cloudtrail' | 'api' | 'dns' | 'address' | 'network';
  service: string | null;
  strength: Strength;
  statement: string;
}

export interface CheckReport {
  check: string;
  outcome: 'match' | 'no-match' | 'skipped' | 'failed';
  reason: string | null;
  apiCalls: number;
  durationMs: number;
}

export interface NextStep {
  action:
    | 'delete-owner'
    | 'delete-endpoint'
    | 'wait'
    | 'contact-support'
    | 'grant-permission'
    | 'retry'
    | 'ask-owner-account'
    | 'choose';
  summary: string;
  commands: string[];
  warnings: string[];
  documentation: string | null;
}

export interface Identification {
  vpcEndpointId: string;
  accountId: string | null;
  region: string;
  verdict: VerdictName;
  confidence: 'confirmed' | 'probable' | 'none';
  service: ServiceRef | null;
  owner: Owner | null;
  candidates: Candidate[];
  evidence: Evidence[];
  checks: CheckReport[];
  complete: boolean;
  endpoint: {
    type: string | null;
    state: string | null;
    requesterManaged: boolean | null;
    serviceName: string | null;
    vpcId: string | null;
    subnetIds: string[];
    networkInterfaceIds: string[];
    securityGroupIds: string[];
    createdAt: string | null;
    ownerId: string | null;
    tags: Record<string, string>;
  };
  nextStep: NextStep;
}
