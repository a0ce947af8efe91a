import { testLaws } from '../support/law-tests.ts';
import { faultsOf, particularFaults } from '../support/matrix.ts';

testLaws([...faultsOf('silence'), ...particularFaults]);
