import { setTimeout as pause } from 'node:timers/promises';
import path from 'node:path';
import Database from 'better-sqlite3';
import {
  disconnect,
  error,
  garbage,
  halfJson,
  hang,
  hangInBody,
  openAiError,
} from '../../fakes/openai-server';
import { waitFor } from '../../wait-for';
import { freeze } from '../harness/freeze';
import { onRedis } from '../harness/on-redis';
import { crossLocks, holdJobs, TWO_CONNECTIONS } from '../harness/other-transactions';
import { CONCURRENCY } from '../harness/world';
import { wrongClock } from '../harness/wrong-clock';
import { replace, resumePaused, type SoakFault } from './soak-crew';
import { PEOPLE_AT_WORK } from './soak-people';
import { POINTS } from './killed-at-boundaries';

/** All that can happen in a soak. */
export const SOAK_FAULTS: Record<string, SoakFault> = {
  ...PEOPLE_AT_WORK,
  async freeze(world, { watched }) {
    const ms = world.random.between(500, 4_000);
    await freeze(world, watched.shop, () => pause(ms));
    return true;
  },
  async block(world) {
    const before = world.traps.sprung().length;
    world.traps.set('reply stored', { action: 'hold', holdMs: 60_000 });
    // It may be that nothing is left to be called for.
    await waitFor(() => world.traps.sprung().length > before, { timeoutMs: 5_000 }).catch(() => undefined);
    const sprung = world.traps.sprung().at(before);
    const blocked = world.running().find(({ pid }) => pid === sprung?.pid);
    if (blocked && sprung) {
      await pause(world.random.between(500, 3_500));
      await world.fellSilent(blocked, sprung.at);
    }
    world.traps.release();
    return true;
  },
  kill: (world, crew) => replace(world, crew, (shop) => world.kill(shop)),
  killAtPoint: (world, crew) =>
    replace(world, crew, async (shop) => {
      world.traps.set(world.random.pick(POINTS), { pid: shop.pid, skip: world.random.between(0, 3) });
      // It may be that nothing is left to be done there.
      await waitFor(() => shop.exitCode() !== undefined, { timeoutMs: 5_000 }).catch(() => undefined);
      await (shop.exitCode() === undefined ? world.kill(shop) : world.died(shop));
    }),
  restart: (world, crew) => replace(world, crew, (shop) => world.stop(shop)),
  async queueAway(world) {
    if (!world.redisProxy) return false;
    await world.redisProxy[world.random.pick(['refuse', 'silence'] as const)]();
    await pause(world.random.between(500, 4_000));
    await world.redisProxy.pass();
    return true;
  },
  async queueEmptied(world) {
    if (!world.redisProxy) return false;
    await world.restartRedis();
    return true;
  },
  async queueFull(world) {
    if (!world.redisProxy) return false;
    await onRedis(world, (redis) => redis.config('SET', 'maxmemory', '1'));
    await pause(world.random.between(500, 4_000));
    await onRedis(world, (redis) => redis.config('SET', 'maxmemory', '0'));
    return true;
  },
  async databaseAway(world) {
    if (!world.ground.proxy) return false;
    await world.ground.proxy[world.random.pick(['refuse', 'silence'] as const)]();
    await pause(world.random.between(500, 4_000));
    await world.ground.proxy.pass();
    return true;
  },
  async databaseBusy(world) {
    if (world.ground.name !== 'sqlite') return false;
    const writer = new Database(path.join(world.ground.folder, 'bookshop.db'), { timeout: 10_000 });
    try {
      writer.exec('begin immediate');
      await pause(world.random.between(500, 6_500));
      writer.exec('rollback');
    } finally {
      writer.close();
    }
    return true;
  },
  async connectionsEnded(world) {
    if (!world.ground.proxy) return false;
    await world.ground.endConnections();
    return true;
  },
  async deadlocks({ ground, random }, _crew, { id }) {
    if (ground.name === 'sqlite') return false;
    for (let count = random.between(1, 3); count > 0; count -= 1) await crossLocks(ground, id);
    return true;
  },
  async jobsHeld({ ground, random }) {
    if (ground.name === 'sqlite') return false;
    await holdJobs(ground, () => pause(random.between(500, 3_000)));
    return true;
  },
  async oddProcess(world, crew) {
    if (!crew.other) return false;
    // A slow clock only: what a fast one has put off waits for those whose clocks are right (docs/faults.md).
    const environment = world.random.pick([wrongClock(-5), TWO_CONNECTIONS]);
    return replace(world, crew, (shop) => world.stop(shop), { environment });
  },
  async keyRefused(world, crew, { id }) {
    crew.pausesFor.add('key_refused');
    world.provider.behave(() =>
      error(401, openAiError('Incorrect API key provided.', 'invalid_request_error', 'invalid_api_key'))
    );
    await crew.watched.admin.reaches(id, ({ status }) => status !== 'pending' && status !== 'processing');
    world.provider.behave(null);
    await resumePaused(world, crew);
    return true;
  },
  async badProvider(world) {
    world.provider.behave(() =>
      world.random.next() < 0.7
        ? null
        : world.random.pick([
            error(429, openAiError('Rate limit reached.', 'requests', 'rate_limit_exceeded'), {
              'retry-after': '1',
            }),
            error(500),
            disconnect(),
            garbage('not JSON at all'),
            halfJson(),
          ])
    );
    await pause(world.random.between(1_000, 4_000));
    world.provider.behave(null);
    return true;
  },
  async hangingProvider(world) {
    let hangs = 0;
    // Fewer than a process may have in hand: the others go on.
    world.provider.behave(() => {
      hangs += 1;
      return hangs < CONCURRENCY ? world.random.pick([hang(), hangInBody()]) : null;
    });
    await pause(world.random.between(1_000, 3_000));
    world.provider.behave(null);
    return true;
  },
};
