export {
  NeptuneGraphClient as Client,
  paginateListGraphs,
  paginateListPrivateGraphEndpoints,
} from '@aws-sdk/client-neptune-graph';

export const prefix = 'neptune-graph';
