/**
 * Clients of APIs whose SDK package is missing or years old: the SDK's signing, retries, protocols and transport, with the
 * few operations and members that are read here.
 *
 * One of the SDK's generated clients is taken, of which nothing stays but that: another API's name, protocol, addresses and
 * operations are put in. So there is one generation of the SDK, and no transport of our own.
 */
import { DocDBElasticClient, type DocDBElasticClientConfig } from '@aws-sdk/client-docdb-elastic';
import { partition } from '@aws-sdk/core/client';
import { AwsJson1_0Protocol, AwsRestJsonProtocol } from '@aws-sdk/core/protocols';
import { Command, type SmithyResolvedConfiguration } from '@smithy/core/client';
import { type EndpointParameterInstructions, getEndpointPlugin } from '@smithy/core/endpoints';
import type { MetadataBearer, StaticOperationSchema, StaticStructureSchema } from '@smithy/types';
import type { ClientSettings } from '../../model/service.ts';

const protocols = {
  'rest-json': AwsRestJsonProtocol,
  'json-1.0': AwsJson1_0Protocol,
};

/** As the API's Smithy model has it. */
export interface OwnApi {
  /** The name that requests are signed for, and that IAM actions begin with. */
  readonly signingName: string;
  /** `api.airflow` of `api.airflow.us-east-1.amazonaws.com`, with the operations' host prefix. */
  readonly host: string;
  readonly protocol: keyof typeof protocols;
  /** Of the JSON protocols: `Odb` of the header `X-Amz-Target: Odb.ListOdbNetworks`. */
  readonly target?: string;
}

/** Where the members of an operation's input go. */
export interface OwnOperation<Input> {
  /** `GET /environments/{Name}`; of the JSON protocols `POST /`. */
  readonly route: string;
  /** What is in the query, under the name that it has there. A member that is neither there nor in the path is in the body. */
  readonly query?: Partial<Readonly<Record<keyof Input & string, string>>>;
  /** All members, of the input and of the output, as the wire spells them. */
  readonly input: readonly (keyof Input & string)[];
  readonly output: readonly string[];
}

export interface OwnClient {
  send<Input extends object, Output extends object>(
    command: OwnCommand<Input, Output>,
  ): Promise<Output & MetadataBearer>;
}

type OwnCommand<Input extends object, Output extends object> = Command<
  Input,
  Output & MetadataBearer,
  SmithyResolvedConfiguration<object>,
  Input,
  Output & MetadataBearer
>;

/** @returns the client's class and a maker of its commands. What they answer is JSON: nothing of it is converted, no date either. */
export function ownApi({ signingName, host, protocol, target = '' }: OwnApi) {
  const namespace = `vpceowner.${signingName}`;

  class Client extends DocDBElasticClient {
    constructor(settings: ClientSettings) {
      super({
        ...settings,
        serviceId: signingName,
        signingName,
        protocol: protocols[protocol],
        protocolSettings: { defaultNamespace: namespace, errorTypeRegistries: [], serviceTarget: target },
        endpointProvider: ({ Endpoint, Region = '', UseFIPS, UseDualStack }) => ({
          url: new URL(
            String(Endpoint ?? addressOf(host, Region, { fips: UseFIPS, dualStack: UseDualStack })),
          ),
        }),
      } as DocDBElasticClientConfig);
    }
  }

  /** @param name `ListEnvironments` */
  const command = <Input extends object, Output extends object>(
    name: string,
    operation: OwnOperation<Input>,
  ) =>
    Command.classBuilder<
      Input,
      Output & MetadataBearer,
      SmithyResolvedConfiguration<object>,
      Input,
      Output & MetadataBearer
    >()
      .ep(endpointParameters)
      .m((Built, _stack, config) => [getEndpointPlugin(config, Built.getEndpointParameterInstructions())])
      .s(target, name, {})
      .n(`${signingName}Client`, `${name}Command`)
      .sc(schemaOf(namespace, name, operation))
      .build();

  return { Client: Client as unknown as new (settings: ClientSettings) => OwnClient, command };
}

const endpointParameters = {
  UseFIPS: { type: 'builtInParams', name: 'useFipsEndpoint' },
  Endpoint: { type: 'builtInParams', name: 'endpoint' },
  Region: { type: 'builtInParams', name: 'region' },
  UseDualStack: { type: 'builtInParams', name: 'useDualstackEndpoint' },
} as const satisfies EndpointParameterInstructions;

function addressOf(
  host: string,
  region: string,
  {
    fips = false,
    dualStack = false,
  }: { readonly fips?: boolean | undefined; readonly dualStack?: boolean | undefined },
): string {
  const { dnsSuffix, dualStackDnsSuffix } = partition(region);
  return `https://${host}${fips ? '-fips' : ''}.${region}.${dualStack ? dualStackDnsSuffix : dnsSuffix}`;
}

/** A Smithy document: any JSON, read as it is. */
const document = 15;

function schemaOf<Input>(
  namespace: string,
  name: string,
  { route, query = {}, input, output }: OwnOperation<Input>,
): StaticOperationSchema {
  const [method = '', path = ''] = route.split(' ');
  const place = (member: keyof Input & string) => {
    if (path.includes(`{${member}}`)) return [0, { httpLabel: 1 }];
    const inQuery = query[member];
    return inQuery === undefined ? document : [0, { httpQuery: inQuery }];
  };
  const structure = (suffix: string, members: readonly string[], schemas: readonly unknown[]) =>
    [3, namespace, `${name}${suffix}`, 0, members, schemas] as unknown as StaticStructureSchema;
  return [
    9,
    namespace,
    name,
    { http: [method, path, 200] },
    structure('Input', input, input.map(place)),
    structure(
      'Output',
      output,
      output.map(() => document),
    ),
  ];
}
