import { testLaws } from '../support/law-tests.ts';
import { operations } from '../support/matrix.ts';

const kinds = ['denied', 'throttled', 'throttled:2', 'error', 'expired-credentials', 'reset'];

testLaws(operations.flatMap((operation) => kinds.map((kind) => `${operation}=${kind}`)));
