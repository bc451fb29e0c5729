import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startAttemptClock } from '../../server/src/queue/attempt-clock';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const pass = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

test('an attempt that takes too long is told so after the grace', () => {
  const onOver = vi.fn();
  startAttemptClock(1_000, 200, onOver);
  vi.advanceTimersByTime(1_199);
  expect(onOver).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(onOver).toHaveBeenCalledOnce();
});

test('what an attempt waits for its turn is neither used nor counted', async () => {
  const onOver = vi.fn();
  const clock = startAttemptClock(1_000, 200, onOver);
  await vi.advanceTimersByTimeAsync(300);
  const waited = clock.excluding(() => pass(5_000));
  await vi.advanceTimersByTimeAsync(5_000);
  await waited;
  await vi.advanceTimersByTimeAsync(400);
  expect(clock.usedMs()).toBe(700);
  expect(clock.deadlineAt() - Date.now()).toBe(300);
  expect(onOver).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(500);
  expect(onOver).toHaveBeenCalledOnce();
});

test('a wait that fails goes on with the time that was left', async () => {
  const clock = startAttemptClock(1_000, 0, () => undefined);
  const waited = clock.excluding(() =>
    pass(2_000).then(() => {
      throw new Error('no turn came');
    })
  );
  const refused = expect(waited).rejects.toThrow('no turn came');
  await vi.advanceTimersByTimeAsync(2_000);
  await refused;
  expect(clock.usedMs()).toBe(0);
  clock.stop();
});

test('waits at the same time are one wait', async () => {
  const onOver = vi.fn();
  const clock = startAttemptClock(1_000, 0, onOver);
  await vi.advanceTimersByTimeAsync(100);
  const waits = [clock.excluding(() => pass(500)), clock.excluding(() => pass(3_000))];
  await vi.advanceTimersByTimeAsync(2_000);
  expect(clock.usedMs()).toBe(100);
  expect(clock.deadlineAt() - Date.now()).toBe(900);
  await vi.advanceTimersByTimeAsync(1_000);
  await Promise.all(waits);
  expect(clock.usedMs()).toBe(100);
  expect(onOver).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(900);
  expect(onOver).toHaveBeenCalledOnce();
});
