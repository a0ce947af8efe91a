/** A page for each service: how its endpoints are known, what was assumed, what removes them, what may be called. */
import { existsSync, readFileSync } from 'node:fs';
import { shellCommand } from '../lambda/answer/shell.ts';
import type { Endpoint } from '../lambda/model/model.ts';
import type { Marks, Service } from '../lambda/model/service.ts';
import { services } from '../lambda/resolvers/index.ts';
import { arnsOf, permissionsOf } from '../lib/permissions.ts';
import { code, table } from './blocks.ts';
import { placeholders } from './permissions-table.ts';

const folder = 'docs/services';
const place = { region: placeholders.region, accountId: '111122223333' };

const list = (items: readonly string[]) => items.map((item) => `- ${item}`).join('\n');

/** By file. */
export function servicePages(): ReadonlyMap<string, string> {
  return new Map(services.map((service) => [pageOf(service), page(service)]));
}

export function pageOf({ id }: Service): string {
  return `${folder}/${id}.md`;
}

/** The types of resources that may own an endpoint: those that its file makes, but for what never has one. */
export function typesOf({ id, lists }: Service): readonly string[] {
  if (lists.length === 0) return [];
  const lines = readFileSync(sourceOf(id), 'utf8').split('\n');
  const made = lines.filter((line) => !line.includes('mostEndpoints: 0')).join('\n');
  return [...new Set(Array.from(made.matchAll(/'(AWS::\w+::\w+)'/g), ([, type = '']) => type))].sort();
}

/** What leads from a resource to its endpoint: the members of `shows` that the resolver's file fills. */
export function linksOf({ id, lists }: Service): readonly string[] {
  if (lists.length === 0) return ['its marks only'];
  const source = readFileSync(sourceOf(id), 'utf8');
  const links = [
    ['endpointIds', "its API lists the endpoint's id"],
    ['interfaceIds', "its API lists the endpoint's interfaces"],
    ['serviceNames', 'its API names the endpoint service'],
    ['hostnames', 'a hostname is an alias of the endpoint'],
  ].flatMap(([member = '', words = '']) => (new RegExp(`\\b${member}\\b`).test(source) ? words : []));
  return links.length === 0 ? ['candidates on its network'] : links;
}

function sourceOf(id: string): string {
  const own = `lambda/resolvers/${id}.ts`;
  return existsSync(own) ? own : 'lambda/resolvers/unasked.ts';
}

function page(service: Service): string {
  const { id, name, lists, unlisted, askedLast } = service;
  const parts = [
    `# ${name}`,
    `\`${id}\` in answers, in \`service=\` and in \`-c services=\`. This page is made from [its source](../../${sourceOf(id)}) by \`npm run docs\`.`,
    '## How its endpoints are known',
    lists.length === 0
      ? 'vpce-owner does not ask this service: its endpoints are known by their marks, and its resource is found by hand.'
      : `From a resource to its endpoint: ${linksOf(service).join('; ')}. Before it is asked, and where nothing of it holds the endpoint, by marks:`,
    list([
      ...marksOf(service.marks),
      ...(askedLast ? ['where none of these speaks for it, the service is asked after the others'] : []),
    ]),
    ...(lists.length === 0 ? [] : ['## What was assumed', assumptionsOf(id)]),
    '## What is not listed',
    unlisted === null
      ? 'Nothing: its lists show everything that it makes endpoints for.'
      : `${capital(unlisted.what)}.${unlisted.command === undefined ? '' : ` To look by hand:\n\n${shell([[...unlisted.command, '--region', place.region]])}`}`,
    ...removalOf(service),
    ...(lists.length === 0 ? [] : ['## Permissions', permissionsTable(service)]),
  ];
  return `${parts.join('\n\n')}\n`;
}

function marksOf({ principals = [], roles = [], family, session, serviceName, tags = {}, ...rest }: Marks) {
  const { serviceNameAlways, tagsAlways, types, never = {} } = rest;
  const all = (values: readonly string[]) => values.map(code).join(', ');
  const tag = ([key, means]: readonly [string, string | RegExp]) =>
    means === 'arn'
      ? `${code(key)}, which names the resource`
      : code(means === 'any' ? key : `${key}=${means}`);
  return [
    ...(principals.length === 0
      ? []
      : [`CloudTrail: made by ${all(principals.map((one) => `${one}.amazonaws.com`))}`]),
    ...(roles.length === 0 ? [] : [`CloudTrail: made with the role ${all(roles)}`]),
    ...(family === undefined
      ? []
      : [`CloudTrail: made by ${family.name}, which it shares with others (role ${all(family.roles)})`]),
    ...(session === undefined
      ? []
      : [`CloudTrail: a session named like ${code(String(session))} tells it from those`]),
    ...(serviceName === undefined
      ? []
      : [
          `the service name, like ${code(String(serviceName))}${serviceNameAlways ? ', which all of them have' : ''}`,
        ]),
    ...Object.entries(tags).map((one) => `the tag ${tag(one)}; anyone may write it`),
    ...(tagsAlways ? ['where it has none of these tags, the service is asked after the others'] : []),
    ...(types === undefined ? [] : [`the endpoint type ${all(types)}`]),
    ...Object.entries(never).map(([type, reason]) => `never the type ${code(type)}: ${reason}`),
  ];
}

/** The comment above the service in its file, paragraph by paragraph. */
function assumptionsOf(id: string): string {
  const source = readFileSync(sourceOf(id), 'utf8');
  const [, comment = ''] = /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*export const \w+: Service\b/.exec(source) ?? [];
  const lines = comment.split('\n').map((line) => line.replace(/^\s*\* ?/, '').trim());
  const links = lines.flatMap((line) => /^@see (\S+)/.exec(line)?.[1] ?? []);
  const words = lines.filter((line) => !line.startsWith('@see'));
  const paragraphs = words
    .join('\n')
    .replace(/\n(?=(?:Source|Cost|Missing|Errors|Assumed): )/g, '\n\n')
    .split(/\n{2,}/)
    .map((paragraph) => paragraph.trim().replace(/^(Source|Cost|Missing|Errors|Assumed): /, '**$1:** '));
  return [...paragraphs, links.map((link) => `<${link}>`).join('\n')]
    .filter((text) => text !== '')
    .join('\n\n');
}

function removalOf(service: Service): readonly string[] {
  const { removal } = service;
  if (removal === undefined) return [];
  return typesOf(service).flatMap((type) => {
    const resource = { type, id: 'ID', arn: 'ARN', shows: {}, network: {} };
    const { summary, commands, warnings, documentation } = removal(resource, place, someEndpoint);
    return [
      `## To remove the endpoint of ${code(type)}`,
      summary,
      shell(commands),
      list(warnings),
      `<${documentation}>`,
    ].filter((part) => part !== '');
  });
}

const someEndpoint: Endpoint = {
  id: 'ENDPOINT',
  type: 'Interface',
  state: 'available',
  requesterManaged: true,
  serviceName: null,
  vpcId: 'VPC',
  subnetIds: ['SUBNET'],
  networkInterfaceIds: [],
  securityGroupIds: [],
  createdAt: null,
  ownerId: place.accountId,
  tags: {},
};

function shell(commands: readonly (readonly string[])[]): string {
  return `\`\`\`sh\n${commands.map((argv) => shellCommand(argv)).join('\n')}\n\`\`\``;
}

function permissionsTable(service: Service): string {
  const own = permissionsOf([service]).filter(({ calledBy }) => calledBy.includes(service.id));
  const rows = own.map((permission) => [
    code(permission.action),
    arnsOf(permission, placeholders).map(code).join(' '),
  ]);
  return table(['action', 'resources'], rows);
}

function capital(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}
