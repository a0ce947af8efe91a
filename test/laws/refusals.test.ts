import { testLaws } from '../support/law-tests.ts';
import { faultsOf } from '../support/matrix.ts';

testLaws(faultsOf('refusals'));
