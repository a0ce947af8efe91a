/** A process of its own that serves as `npm start` does, and answers when its standard input ends. */
import { once } from 'node:events';
import { endOnSignals } from '../../cli/lifetime.ts';
import { startServer } from '../../cli/server.ts';

const server = await startServer({
  port: 0,
  accountId: '111122223333',
  region: 'eu-west-1',
  handler: async () => {
    console.log('asked');
    await once(process.stdin.resume(), 'end');
    return { body: 'answered' };
  },
});
endOnSignals(() => {
  console.log('closing');
  return server.close();
});
console.log(`listening on ${server.url}`);
