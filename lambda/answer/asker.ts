import type { Place } from '../model/model.ts';
import type { Service } from '../model/service.ts';

/** What an answer is made for. */
export interface Asker {
  /** The account is the one that was searched. */
  readonly place: Place;
  readonly services: readonly Service[];
  readonly now: Date;
}
