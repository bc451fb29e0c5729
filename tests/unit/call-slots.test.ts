import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createCallSlots } from '../../server/src/domain/call-slots';

const forever = new AbortController().signal;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Takes so many at once; gives when each call began, in milliseconds from now. */
function begin(
  slots: ReturnType<typeof createCallSlots>,
  count: number,
  limit: number,
  takesMs: number
): number[] {
  const from = performance.now();
  const begun: number[] = [];
  for (let index = 0; index < count; index += 1) {
    void slots.take('texts', limit, 1, forever).then((giveBack) => {
      begun.push(performance.now() - from);
      setTimeout(giveBack, takesMs);
    });
  }
  return begun;
}

const gaps = (times: number[]): number[] => times.slice(1).map((time, index) => time - (times[index] ?? 0));

describe('room for calls', () => {
  test('never more at once than the limit', async () => {
    const slots = createCallSlots();
    const begun = begin(slots, 7, 3, 500);
    await vi.advanceTimersByTimeAsync(400);
    expect(begun).toHaveLength(3);
    await vi.advanceTimersByTimeAsync(500);
    expect(begun).toHaveLength(6);
    await vi.advanceTimersByTimeAsync(500);
    expect(begun).toHaveLength(7);
  });

  test('calls that could all begin at once begin one after another', async () => {
    const begun = begin(createCallSlots(), 20, 20, 500);
    await vi.advanceTimersByTimeAsync(300);
    expect(begun).toHaveLength(20);
    expect(Math.min(...gaps(begun))).toBeGreaterThanOrEqual(9);
    expect(begun[0]).toBe(0);
  });

  test('the pause between them never limits the rate: calls that are quick do not wait', async () => {
    const slots = createCallSlots();
    begin(slots, 50, 20, 2);
    await vi.advanceTimersByTimeAsync(1_000);
    const begun = begin(slots, 200, 20, 2);
    await vi.advanceTimersByTimeAsync(25);
    expect(begun).toHaveLength(200);
  });

  test('of the jobs that wait, the one with the fewest calls at work goes first', async () => {
    const slots = createCallSlots();
    const order: number[] = [];
    const take = (job: number): void =>
      void slots.take('texts', 2, job, forever).then((giveBack) => {
        order.push(job);
        setTimeout(giveBack, 100 + 50 * order.length);
      });
    [1, 1, 1, 1, 2].forEach(take);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(order).toEqual([1, 2, 1, 1, 1]);
  });

  test('who stops waiting is not served any more, and holds nobody up', async () => {
    const slots = createCallSlots();
    const giveBack = await slots.take('texts', 1, 1, forever);
    const leaving = new AbortController();
    const left = slots.take('texts', 1, 2, leaving.signal);
    const next = slots.take('texts', 1, 3, forever);
    leaving.abort(new Error('enough'));
    await expect(left).rejects.toThrow('enough');
    giveBack();
    await vi.advanceTimersByTimeAsync(20);
    await expect(next).resolves.toBeTypeOf('function');
  });
});
