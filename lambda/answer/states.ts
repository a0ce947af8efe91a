/** What EC2's states of an endpoint mean for whoever wants to be rid of it. Pure. */

const meanings: Readonly<Record<string, string>> = {
  pendingacceptance: 'the owner of the endpoint service has not accepted it yet',
  rejected: 'the owner of the endpoint service has rejected it',
  expired: 'it was not accepted in time',
  failed: 'EC2 could not make it',
  partial: 'EC2 could make only a part of it',
};

/** @returns why an endpoint of this state was never whole, or `null` for one that was */
export function meaningOf(state: string | null): string | null {
  return meanings[state?.replace('-', '') ?? ''] ?? null;
}

/** Still on its way: its owner may not show it yet. */
export function isOnItsWay(state: string | null): boolean {
  return state === 'pending' || state?.replace('-', '') === 'pendingacceptance';
}
