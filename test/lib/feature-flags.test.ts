import { expect, test } from '@jest/globals';
import recommended from 'aws-cdk-lib/recommended-feature-flags.json' with { type: 'json' };
import cdkJson from '../../cdk.json' with { type: 'json' };

test('cdk.json has the feature flags that this version of the CDK recommends, and no other context', () => {
  expect(cdkJson.context).toEqual(recommended);
});
