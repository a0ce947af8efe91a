import type { Endpoint } from '../model/model.ts';

/** Only customers make these (documented). */
const customersTypes = ['Gateway', 'Tunnel'];

/** Whether a service may manage the endpoint. Where EC2 does not say, it may, unless services make none of this type. */
export function mayBeManaged({ requesterManaged, type }: Endpoint): boolean {
  return requesterManaged ?? !customersTypes.includes(type ?? '');
}
