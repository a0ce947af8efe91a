import { gzipSync } from 'node:zlib';
import { expect, test } from '@jest/globals';
import { readAnswer } from '../../cli/answer.ts';
import { Problem } from '../../lambda/problem.ts';

const problem = new Problem('aws-throttled', 'Ask again.').toDocument('id');
const body = JSON.stringify(problem);

test.each([
  ['as it is', { statusCode: 503, body }],
  ['packed', { statusCode: 503, body: gzipSync(body).toString('base64'), isBase64Encoded: true }],
])('an answer %s is read', async (_, answer) => {
  expect(await readAnswer(answer)).toEqual({ is: 'problem', problem });
});

test('what is said to be packed and is not is an error that says so', async () => {
  const answer = { statusCode: 200, body: Buffer.from('{}').toString('base64'), isBase64Encoded: true };
  await expect(readAnswer(answer)).rejects.toThrow(
    'expected an answer packed with gzip; got incorrect header',
  );
});
