export {
  DocDBElasticClient as Client,
  GetClusterCommand,
  paginateListClusters,
} from '@aws-sdk/client-docdb-elastic';

export const prefix = 'docdb-elastic';
