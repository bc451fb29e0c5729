import type { RateLimiterAbstract, RateLimiterRes } from 'rate-limiter-flexible';

/** What every limiter starts with: one window of 60 s; how many requests is said with each. */
export const RATE_WINDOW = { points: 1, duration: 60 };

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
 * @param create makes a limiter, once per provider and only when it is needed.
 * @returns takeRequest of a LimitStore.
 */
export function createRequestRate(create: () => Promise<RateLimiterAbstract>) {
  const limiters = new Map<string, Promise<RateLimiterAbstract>>();
  return async (provider: string, requestsPerMinute: number): Promise<number> => {
    const made = limiters.get(provider) ?? create();
    limiters.set(provider, made);
    const limiter = await made;
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
