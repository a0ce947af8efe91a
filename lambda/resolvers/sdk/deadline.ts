export {
  DeadlineClient as Client,
  GetLicenseEndpointCommand,
  paginateListLicenseEndpoints,
} from '@aws-sdk/client-deadline';

export const prefix = 'deadline';
