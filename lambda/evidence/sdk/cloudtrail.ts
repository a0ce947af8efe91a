export { CloudTrailClient as Client, paginateLookupEvents } from '@aws-sdk/client-cloudtrail';

export const prefix = 'cloudtrail';
