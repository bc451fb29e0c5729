import { describe, expect, test } from 'vitest';
import { backoffMs, DEFAULT_BACKOFF_SECONDS } from '../../server/src/domain/retry';

describe('how long to wait before the next attempt', () => {
  test.each([
    [1, 60],
    [2, 300],
    [3, 900],
    [4, 900],
    [9, 900],
  ])('after attempt %i: about %i seconds', (failed, seconds) => {
    expect(backoffMs(failed, DEFAULT_BACKOFF_SECONDS, () => 0)).toBe(seconds * 750);
    expect(backoffMs(failed, DEFAULT_BACKOFF_SECONDS, () => 0.5)).toBe(seconds * 1_000);
    expect(backoffMs(failed, DEFAULT_BACKOFF_SECONDS, () => 1)).toBe(seconds * 1_250);
  });

  test('what failed together does not come back together', () => {
    const waits = new Set(Array.from({ length: 20 }, () => backoffMs(1, DEFAULT_BACKOFF_SECONDS)));
    expect(waits.size).toBeGreaterThan(1);
  });
});
