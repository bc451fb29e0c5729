import type { RateLimiterAbstract, RateLimiterRes } from 'rate-limiter-flexible';

/** The window in which requests are counted; seconds. */
export const RATE_WINDOW_SECONDS = 60;

function isRefusal(outcome: unknown): outcome is RateLimiterRes {
  return (
    typeof outcome === 'object' &&
    outcome !== null &&
    'msBeforeNext' in outcome &&
    !(outcome instanceof Error)
  );
}

/**
 * Counts requests with one limiter per provider, as the limit may differ between providers and change at any time.
 * @param create makes a limiter; all of them share the store behind it.
 * @returns takeRequest of a LimitStore.
 */
export function createRequestRate(create: () => RateLimiterAbstract) {
  const limiters = new Map<string, RateLimiterAbstract>();
  return async (provider: string, requestsPerMinute: number): Promise<number> => {
    const limiter = limiters.get(provider) ?? create();
    limiters.set(provider, limiter);
    limiter.points = requestsPerMinute;
    try {
      await limiter.consume(provider);
      return 0;
    } catch (outcome) {
      // rate-limiter-flexible rejects with its own result, not an Error, where the limit is reached.
      if (isRefusal(outcome)) return Math.max(outcome.msBeforeNext, 1);
      throw outcome;
    }
  };
}
