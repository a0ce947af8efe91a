/** Long answers as gzip: Lambda takes 6 MB, and ten thousand rows are more. */
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';

/** Shorter ones are not worth it. */
const leastCharacters = 10_000;

export async function pack(
  answer: APIGatewayProxyStructuredResultV2,
): Promise<APIGatewayProxyStructuredResultV2> {
  const { body = '', headers } = answer;
  if (body.length < leastCharacters) return answer;
  const packed = await promisify(gzip)(body);
  return {
    ...answer,
    headers: { ...headers, 'content-encoding': 'gzip', vary: 'accept-encoding' },
    body: packed.toString('base64'),
    isBase64Encoded: true,
  };
}
