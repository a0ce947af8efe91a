export { DescribeBrokerCommand, MqClient as Client, paginateListBrokers } from '@aws-sdk/client-mq';

export const prefix = 'mq';
