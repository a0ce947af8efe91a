/** The services that are known: what of each can own an endpoint, and how that is known. */
import { services } from '../lambda/resolvers/index.ts';
import { code, table } from './blocks.ts';
import { linksOf, pageOf, typesOf } from './service-pages.ts';

export function servicesTable(): string {
  const rows = services.map((service) => [
    `[\`${service.id}\`](${pageOf(service)})`,
    service.name,
    typesOf(service).map(code).join(' '),
    linksOf(service).join('; '),
  ]);
  return table(['id', 'service', 'owners', 'how an owner is known'], rows);
}
