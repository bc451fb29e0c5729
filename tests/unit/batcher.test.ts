import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createBatcher, togetherOrAlone } from '../../server/src/domain/batcher';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** A batcher that remembers its batches, with the time of each. */
function observed(options: { atOnce?: number; takesMs?: number }) {
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

  it('runs one batch after the other where it shall', async () => {
    const { batches, batcher, ask } = observed({ atOnce: 1, takesMs: 50 });
    void ask(1, 2);
    await vi.advanceTimersByTimeAsync(10);
    void ask(3, 4, 5);
    await vi.advanceTimersByTimeAsync(10);
    void ask(6);
    const idle = batcher.idle();
    await vi.advanceTimersByTimeAsync(200);
    await idle;
    expect(batches.map(({ keys }) => keys)).toEqual([
      [1, 2],
      [3, 4, 5, 6],
    ]);
  });

  it('runs a full batch beside the first where it may', async () => {
    const { batches, ask } = observed({ atOnce: 2, takesMs: 50 });
    void ask(1);
    await vi.advanceTimersByTimeAsync(10);
    void ask(2, 3);
    await vi.advanceTimersByTimeAsync(10);
    expect(batches.map(({ keys }) => keys)).toEqual([[1]]);
    void ask(4, 5, 6, 7, 8, 9, 10, 11);
    expect(batches.map(({ keys }) => keys.length)).toEqual([1, 10]);
    void ask(...Array.from({ length: 10 }, (_, key) => key));
    expect(batches).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(200);
    expect(batches).toHaveLength(3);
  });

  it('begins when the most impatient is due', async () => {
    const { batches, batcher } = observed({});
    void batcher.load(1, 100);
    await vi.advanceTimersByTimeAsync(20);
    void batcher.load(2, 100);
    await vi.advanceTimersByTimeAsync(10);
    void batcher.load(3);
    await vi.advanceTimersByTimeAsync(200);
    void batcher.load(4, 50);
    await vi.advanceTimersByTimeAsync(49);
    expect(batches).toEqual([{ at: 35, keys: [1, 2, 3] }]);
    await vi.advanceTimersByTimeAsync(1);
    expect(batches.at(-1)).toEqual({ at: 280, keys: [4] });
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
