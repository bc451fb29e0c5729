import { describe, expect, it } from 'vitest';
import { readRetryAfter } from '../../../server/src/providers/retry-after';

const now = Date.parse('2026-11-20T10:00:00Z');

describe('readRetryAfter', () => {
  it.each<[Record<string, string>, number | null]>([
    [{ 'retry-after': '7' }, 7_000],
    [{ 'retry-after': '1.5' }, 1_500],
    [{ 'retry-after': '0' }, null],
    [{ 'retry-after': 'Fri, 20 Nov 2026 10:00:30 GMT' }, 30_000],
    [{ 'retry-after': 'Fri, 20 Nov 2026 09:00:00 GMT' }, null],
    [{ 'retry-after-ms': '250', 'retry-after': '9' }, 250],
    [{ 'retry-after': '86400' }, 3_600_000],
    [{ 'retry-after': '-5' }, null],
    [{ 'x-ratelimit-reset-requests': '0s' }, null],
    [{ 'retry-after': 'soon' }, null],
    [{ 'x-ratelimit-reset-requests': '1s' }, 1_000],
    [{ 'x-ratelimit-reset-requests': '6m0s' }, 360_000],
    [{ 'x-ratelimit-reset-requests': '20ms' }, 20],
    [{ 'x-ratelimit-reset-requests': '1h2m3.5s' }, 3_600_000],
    [{ 'x-ratelimit-reset-requests': '1m3.5s' }, 63_500],
    [
      {
        'x-ratelimit-reset-requests': '1s',
        'x-ratelimit-reset-tokens': '9s',
        'x-ratelimit-remaining-requests': '5',
      },
      9_000,
    ],
    [
      {
        'x-ratelimit-reset-requests': '1s',
        'x-ratelimit-reset-tokens': '9s',
        'x-ratelimit-remaining-tokens': '5',
      },
      1_000,
    ],
    [{}, null],
  ])('%j is %s ms', (headers, expected) => {
    expect(readRetryAfter(new Headers(headers), null, now)).toBe(expected);
  });

  it("reads Gemini's RetryInfo", () => {
    const details = [{ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '23.4s' }];
    expect(readRetryAfter(null, details, now)).toBe(23_400);
  });
});
