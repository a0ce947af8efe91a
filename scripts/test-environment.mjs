/**
 * Jest 30 leaves one AsyncLocalStorage enabled for each test file, and on Node 20 every promise of the worker then pays for all of
 * them: the sixtieth file runs at a third of the speed of the first. This environment disables what its file enabled.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { TestEnvironment } from 'jest-environment-node';

const { run } = AsyncLocalStorage.prototype;
const enabled = new Set();

AsyncLocalStorage.prototype.run = function (...given) {
  enabled.add(this);
  return run.apply(this, given);
};

export default class extends TestEnvironment {
  async teardown() {
    await super.teardown();
    for (const storage of enabled) storage.disable();
    enabled.clear();
  }
}
