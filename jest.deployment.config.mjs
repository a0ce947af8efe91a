import everything, { deployment } from './jest.config.mjs';

/** The tests of the deployed form, which `npm test` leaves out: each bundles or synthesises, and takes its time. */
export default {
  ...everything,
  testMatch: deployment.map((path) => `<rootDir>${path.endsWith('/') ? `${path}**/*.test.ts` : path}`),
  testPathIgnorePatterns: [],
};
