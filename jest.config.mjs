// The SDK's notice that Node 20 is near its end says nothing to the people who run this.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

/** What is about the deployed form: synthesis, the bundle, memory. `npm run test:deployment`, and part of `npm run check`. */
export const deployment = ['/test/lib/', '/test/memory.test.ts'];

/** swc strips the types (TypeScript 7 has no JavaScript API for ts-jest); `npm run types` checks them. */
export default {
  globalSetup: '<rootDir>/scripts/before-tests.mjs',
  testEnvironment: '<rootDir>/scripts/test-environment.mjs',
  // Jest would leave one of two processors idle.
  maxWorkers: '100%',
  // None takes long by itself; a machine that does other things too must not fail one.
  testTimeout: 240_000,
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  testPathIgnorePatterns: deployment,
  transform: {
    '\\.ts$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2023' }, module: { type: 'commonjs' } },
    ],
  },
  reporters: ['default', '<rootDir>/scripts/summary-reporter.mjs'],
};
