import { testLaws } from '../support/law-tests.ts';
import { operations } from '../support/matrix.ts';

const kinds = ['hang', 'stalled', 'slow:2000'];
const dnsKinds = ['nxdomain', 'nodata', 'servfail', 'refused', 'drop', 'loop', 'slow:1000', 'slow:60000'];

testLaws([
  ...operations.flatMap((operation) => kinds.map((kind) => `${operation}=${kind}`)),
  ...dnsKinds.map((kind) => `dns=${kind}`),
]);
