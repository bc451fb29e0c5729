import { Redis } from 'ioredis';
import type { World } from './world';

/** Does something to the Redis of a world, past the proxy. */
export async function onRedis(world: World, work: (redis: Redis) => Promise<unknown>): Promise<void> {
  const redis = new Redis(world.redisUrl);
  try {
    await work(redis);
  } finally {
    redis.disconnect();
  }
}
