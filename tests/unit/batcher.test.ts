import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createBatcher, togetherOrAlone } from '../../server/src/domain/batcher';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** A batcher that remembers its batches, with the time of each. */
function observed(options: { apartMs?: number; enoughKeys?: number; serial?: boolean; takesMs?: number }) {
  const batches: { at: number; keys: number[] }[] = [];
  const begunAt = performance.now();
  const batcher = createBatcher<number, number>({
    waitMs: 5,
    mostKeys: 10,
    ...options,
    run: async (keys) => {
      batches.push({ at: performance.now() - begunAt, keys });
      if (options.takesMs) await new Promise((resolve) => setTimeout(resolve, options.takesMs));
      return keys.map((key) => key * 2);
    },
  });
  const ask = (...keys: number[]) => Promise.all(keys.map((key) => batcher.load(key)));
  return { batches, batcher, ask };
}

describe('createBatcher', () => {
  it('answers together what is asked for at about the same time', async () => {
    const { batches, ask } = observed({});
    const answers = Promise.all([ask(1, 2), vi.advanceTimersByTimeAsync(3).then(() => ask(3))]);
    await vi.advanceTimersByTimeAsync(5);
    expect(await answers).toEqual([[2, 4], [6]]);
    expect(batches).toEqual([{ at: 5, keys: [1, 2, 3] }]);
  });

  it('holds no more than it may in a batch', async () => {
    const { batches, ask } = observed({});
    void ask(...Array.from({ length: 23 }, (_, key) => key));
    await vi.advanceTimersByTimeAsync(5);
    expect(batches.map(({ keys }) => keys.length)).toEqual([10, 10, 3]);
  });

  it('lets batches begin apart, the first one at once', async () => {
    const { batches, ask } = observed({ apartMs: 100 });
    for (let asked = 0; asked < 8; asked += 1) {
      void ask(asked);
      await vi.advanceTimersByTimeAsync(30);
    }
    expect(batches).toEqual([
      { at: 5, keys: [0] },
      { at: 105, keys: [1, 2, 3] },
      { at: 205, keys: [4, 5, 6] },
    ]);
  });

  it('begins at once where enough wait', async () => {
    const { batches, ask } = observed({ apartMs: 100, enoughKeys: 3 });
    void ask(1);
    await vi.advanceTimersByTimeAsync(10);
    void ask(2, 3);
    await vi.advanceTimersByTimeAsync(10);
    void ask(4);
    await vi.advanceTimersByTimeAsync(100);
    expect(batches).toEqual([
      { at: 5, keys: [1] },
      { at: 20, keys: [2, 3, 4] },
    ]);
  });

  it('runs one batch after the other where it shall', async () => {
    const { batches, batcher, ask } = observed({ serial: true, enoughKeys: 2, takesMs: 50 });
    void ask(1, 2);
    void ask(3, 4, 5);
    const idle = batcher.idle();
    await vi.advanceTimersByTimeAsync(100);
    await idle;
    expect(batches).toEqual([
      { at: 0, keys: [1, 2] },
      { at: 50, keys: [3, 4, 5] },
    ]);
  });

  it('rejects all of a batch that fails', async () => {
    const batcher = createBatcher<number, number>({
      waitMs: 5,
      mostKeys: 10,
      run: () => Promise.reject(new Error('no database')),
    });
    const answers = Promise.allSettled([batcher.load(1), batcher.load(2)]);
    await vi.advanceTimersByTimeAsync(5);
    expect((await answers).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  });
});

describe('togetherOrAlone', () => {
  it('does each alone where all together fail', async () => {
    const done: number[][] = [];
    const errors = await togetherOrAlone([1, 2, 3], (some) => {
      if (some.includes(2)) return Promise.reject(new Error('not two'));
      done.push(some);
      return Promise.resolve();
    });
    expect(errors).toEqual([null, new Error('not two'), null]);
    expect(done).toEqual([[1], [3]]);
  });
});
