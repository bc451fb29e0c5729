import { randomUUID } from 'node:crypto';
import type { LimitGrant, LimitRequest, ProviderLimits } from '../message-queue';

/** Where limits are kept. Each operation is atomic over all processes that share the store. */
export interface LimitStore {
  /** Epoch milliseconds, or null where calls are not blocked now. */
  blockedUntil(provider: string): Promise<number | null>;
  /** Blocks until then (epoch milliseconds); a longer block that is already there stays. */
  block(provider: string, until: number): Promise<void>;
  unblock(provider: string): Promise<void>;
  /** Takes one of `maxParallel` slots for at most `holdMs`; false: none is free. */
  takeSlot(provider: string, holder: string, maxParallel: number, holdMs: number): Promise<boolean>;
  freeSlot(provider: string, holder: string): Promise<void>;
  /** Counts a request; returns 0 if it is within the limit of this window of 60 s, else milliseconds until the next. */
  takeRequest(provider: string, requestsPerMinute: number): Promise<number>;
}

/** When to ask again for a slot: nobody knows when a call ends. Milliseconds. */
const SLOT_RETRY_MS = 500;

/** The limits' rules over a store: blocked comes first, then a slot, then one of this minute's requests. */
export function createLimits(store: LimitStore): ProviderLimits {
  return {
    async acquire(provider: string, request: LimitRequest): Promise<LimitGrant> {
      const blockedUntil = await store.blockedUntil(provider);
      if (blockedUntil !== null) {
        return { granted: false, because: 'blocked', retryAfterMs: Math.max(blockedUntil - Date.now(), 1) };
      }
      const holder = randomUUID();
      if (!(await store.takeSlot(provider, holder, request.maxParallel, request.holdMs))) {
        return { granted: false, because: 'parallel', retryAfterMs: SLOT_RETRY_MS };
      }
      // A slot that cannot be given back is free again after holdMs.
      const release = () => store.freeSlot(provider, holder).catch(() => undefined);
      if (request.requestsPerMinute === null) return { granted: true, release };

      const waitMs = await store
        .takeRequest(provider, request.requestsPerMinute)
        .catch(async (error: unknown) => {
          await release();
          throw error;
        });
      if (waitMs === 0) return { granted: true, release };
      await release();
      return { granted: false, because: 'rate', retryAfterMs: waitMs };
    },
    block: (provider, until) => (until > Date.now() ? store.block(provider, until) : store.unblock(provider)),
    unblock: (provider) => store.unblock(provider),
    blockedUntil: (provider) => store.blockedUntil(provider),
  };
}
