import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { limitConcurrency, limitRate } from '../lambda/time/limit.ts';
import { beginVirtualTime, type VirtualTime } from './support/virtual-time.ts';

const never = new AbortController().signal;

/** A task that ends when it is told to. */
function task() {
  let end: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const state = { started: false };
  const run = () => {
    state.started = true;
    return ended;
  };
  return { state, run, end };
}

describe('limited concurrency', () => {
  test('starts no more tasks than there is room for, and the rest in order', async () => {
    const limit = limitConcurrency(2);
    const tasks = [task(), task(), task(), task()];
    const running = tasks.map(({ run }) => limit(never, run));
    const started = () => tasks.map(({ state }) => state.started);
    await turn();
    expect(started()).toEqual([true, true, false, false]);
    tasks[1]?.end();
    await turn();
    expect(started()).toEqual([true, true, true, false]);
    tasks[0]?.end();
    await turn();
    expect(started()).toEqual([true, true, true, true]);
    for (const { end } of tasks) end();
    await Promise.all(running);
  });

  test('goes on after a task that fails', async () => {
    const limit = limitConcurrency(1);
    await expect(limit(never, () => Promise.reject(new Error('failed')))).rejects.toThrow('failed');
    expect(await limit(never, async () => 'done')).toBe('done');
  });

  test('does not start a task whose signal has fired while it waited, and lets the next one in', async () => {
    const limit = limitConcurrency(1);
    const [first, second] = [task(), task()];
    const controller = new AbortController();
    const running = limit(never, first.run);
    const stopped = limit(controller.signal, second.run);
    const third = limit(never, async () => 'third');
    controller.abort();
    first.end();
    await expect(stopped).rejects.toThrow('aborted');
    expect(second.state.started).toBe(false);
    expect(await third).toBe('third');
    await running;
  });
});

describe('a limited rate', () => {
  let time: VirtualTime;
  beforeEach(() => {
    time = beginVirtualTime(() => 0);
  });
  afterEach(() => time.end());
  const clock = () => performance.now();

  test('gives out as many turns as fit into a window at once, and the next one a window later', async () => {
    const takeTurn = limitRate(2, 150, clock);
    const turns = [1, 2, 3, 4, 5].map(() => takeTurn(never).then(clock));
    expect(await time.passUntil(Promise.all(turns))).toEqual([0, 0, 150, 150, 300]);
  });

  test('below one gives a turn in several windows', async () => {
    const takeTurn = limitRate(0.5, 20, clock);
    const turns = [1, 2].map(() => takeTurn(never).then(clock));
    expect(await time.passUntil(Promise.all(turns))).toEqual([0, 40]);
  });

  test('ends the wait with the signal, and that takes no turn from those behind', async () => {
    const takeTurn = limitRate(1, 200, clock);
    await takeTurn(never);
    const controller = new AbortController();
    const stopped = takeTurn(controller.signal);
    const behind = takeTurn(never).then(clock);
    controller.abort();
    await expect(stopped).rejects.toThrow();
    expect(await time.passUntil(behind)).toBe(200);
    await expect(takeTurn(AbortSignal.abort())).rejects.toThrow();
  });

  test('ends the wait of one behind others at once', async () => {
    const takeTurn = limitRate(1, 3_600_000, clock);
    await takeTurn(never);
    const [ahead, behind] = [new AbortController(), new AbortController()];
    const first = takeTurn(ahead.signal);
    const second = takeTurn(behind.signal);
    behind.abort();
    await expect(second).rejects.toThrow();
    ahead.abort();
    await expect(first).rejects.toThrow();
  });
});
