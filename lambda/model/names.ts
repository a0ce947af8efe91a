import type { Resource } from './model.ts';

/** A resource in an answer's words, and as a key among those of one account and Region. */
export function nameOf({ type, id }: Pick<Resource, 'type' | 'id'>): string {
  return `${type} ${id}`;
}

/** `a, b and 3 more` */
export function listFew(names: readonly string[], most: number): string {
  const more = names.length > most ? ` and ${names.length - most} more` : '';
  return `${names.slice(0, most).join(', ')}${more}`;
}
