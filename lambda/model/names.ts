import type { Resource } from './model.ts';

/** A resource in an answer's words, and as a key among those of one account and Region. */
export function nameOf({ type, id }: Pick<Resource, 'type' | 'id'>): string {
  return `${type} ${id}`;
}
