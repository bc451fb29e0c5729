import { expect, test } from 'vitest';
import { nextShare, watchEventLoop } from '../../server/src/queue/loop-limit';
import { waitFor } from '../wait-for';

test('a loop that lags has less in hand with each look, but never nothing', () => {
  let share = 1;
  const shares = Array.from({ length: 20 }, () => (share = nextShare(share, 60)));
  expect(shares[0]).toBeLessThan(1);
  expect(shares.every((value, position) => position === 0 || value <= (shares[position - 1] ?? 1))).toBe(
    true
  );
  expect(share).toBe(0.2);
});

test('it gets all of it back look by look, and stays where it is in between', () => {
  expect(nextShare(0.2, 2)).toBeCloseTo(0.3);
  expect(nextShare(0.95, 2)).toBe(1);
  expect(nextShare(0.5, 30)).toBe(0.5);
});

test('a blocked event loop is noticed, and so is its recovery', async () => {
  const shares: number[] = [];
  const limit = watchEventLoop(() => shares.push(limit.share()));
  const blocking = setInterval(() => {
    const until = performance.now() + 150;
    while (performance.now() < until);
  }, 1);
  try {
    await waitFor(() => limit.share() < 0.75, { timeoutMs: 15_000, what: 'less to be in hand' });
    clearInterval(blocking);
    await waitFor(() => limit.share() === 1, { timeoutMs: 15_000, what: 'all of it again' });
    expect(shares.at(-1)).toBe(1);
  } finally {
    clearInterval(blocking);
    limit.stop();
  }
});
