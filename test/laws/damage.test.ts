import { testLaws } from '../support/law-tests.ts';
import { operations } from '../support/matrix.ts';

const kinds = [
  'empty',
  'garbage',
  'truncated',
  'cut-off',
  'repeat-token',
  'second-page:1',
  'missing-fields',
  'missing-lists',
];

testLaws([
  ...operations.flatMap((operation) => kinds.map((kind) => `${operation}=${kind}`)),
  'cloudtrail:LookupEvents=not-json-event',
]);
