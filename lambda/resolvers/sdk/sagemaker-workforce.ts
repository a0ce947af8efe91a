export { paginateListWorkforces, SageMakerClient as Client } from '@aws-sdk/client-sagemaker';

export const prefix = 'sagemaker';
