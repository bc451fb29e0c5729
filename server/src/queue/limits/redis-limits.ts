import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { keepSlots } from './kept-slots';
import { createLimits, type ConnectedLimits, type SlotStore } from './limit-store';
import { createMinuteRate, RATE_WINDOW } from './minute-rate';

/** Holders in a sorted set, scored by when their slot expires (Redis's own clock, so that hosts need not agree). */
const TAKE_SLOT = `
local time = redis.call('time')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local hold = tonumber(ARGV[2])
redis.call('zremrangebyscore', KEYS[1], '-inf', now)
if redis.call('zcard', KEYS[1]) >= tonumber(ARGV[1]) then return 0 end
redis.call('zadd', KEYS[1], now + hold, ARGV[3])
if redis.call('pttl', KEYS[1]) < hold then redis.call('pexpire', KEYS[1], hold) end
return 1`;

/** A block lasts as long as its key does (Redis's own clock); the longer of two stays. */
const BLOCK = `
if redis.call('pttl', KEYS[1]) < tonumber(ARGV[1]) then redis.call('set', KEYS[1], 1, 'PX', ARGV[1]) end
return 1`;

/**
 * Limits shared by all processes on one Redis.
 * @param client one that fails at once while it is not connected.
 * @param keyPrefix each script touches one key only, so that a cluster can place them as it likes.
 */
export function createRedisLimits(client: Redis, keyPrefix: string): ConnectedLimits {
  const key = (kind: string, provider: string) => `${keyPrefix}:limits:${kind}:${provider}`;
  const rate = async (kind: string) => {
    const { RateLimiterRedis } = await import('rate-limiter-flexible');
    return new RateLimiterRedis({
      ...RATE_WINDOW,
      storeClient: client,
      keyPrefix: `${keyPrefix}:limits:${kind}`,
      rejectIfRedisNotReady: true,
    });
  };

  const blockedUntil = async (provider: string): Promise<number | null> => {
    const leftMs = await client.pttl(key('block', provider));
    return leftMs > 0 ? Date.now() + leftMs : null;
  };

  const slotStore: SlotStore = {
    blockedUntil,
    async block(provider, until) {
      await client.eval(BLOCK, 1, key('block', provider), Math.max(Math.ceil(until - Date.now()), 1));
    },
    async unblock(provider) {
      await client.del(key('block', provider));
    },
    async takeSlot(provider, maxParallel, holdMs) {
      const until = await blockedUntil(provider);
      if (until !== null) return { taken: false, blockedUntil: until };
      const slots = key('slots', provider);
      const slot = randomUUID();
      const taken = await client.eval(TAKE_SLOT, 1, slots, maxParallel, Math.ceil(holdMs), slot);
      return taken === 1 ? { taken: true, slot } : { taken: false, blockedUntil: null };
    },
    async freeSlot(provider, slot) {
      await client.zrem(key('slots', provider), slot);
    },
  };

  const slots = keepSlots(slotStore);
  return {
    ...createLimits({
      ...slots,
      requests: createMinuteRate(() => rate('rate')),
      tokens: createMinuteRate(() => rate('tokens')),
    }),
    leave: () => slots.leave(),
  };
}
