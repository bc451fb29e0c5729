import path from 'node:path';
import Database from 'better-sqlite3';
import type { AdminClient, Answer } from '../../bookshop/admin-client';
import { POST } from '../../bookshop/fill-jobs';
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
import type { Post } from '../harness/posts';
import type { WatchedJob } from '../harness/watched-job';
import type { Shop } from '../harness/working-process';
import { CONCURRENCY, type World } from '../harness/world';
import { POINTS } from './killed-at-boundaries';

/** A process, and who speaks to it. */
export interface Member {
  shop: Shop;
  admin: AdminClient;
  editor: AdminClient;
}

/** Who works while the soak lasts. */
export interface Crew {
  /** The one whose memory is told. */
  watched: Member;
  /** Beside it, where a queue is shared. */
  other: Member | null;
  /** Alone, and not yet watched: it may be killed, too. */
  mayDie: boolean;
  startWatched(): Promise<Member>;
  /** Codes of what a fault has given jobs reason to pause for. */
  pausesFor: Set<string>;
  /** Ids of jobs that are gone. */
  deleted: Set<string>;
}

/** @returns whether there was anything to be done */
export type SoakFault = (world: World, crew: Crew, job: WatchedJob) => Promise<boolean>;

const ENTRIES = `/content-manager/collection-types/${POST}`;
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

export async function join(shop: Shop): Promise<Member> {
  return { shop, admin: await shop.admin(), editor: await shop.editor() };
}

/** Lets one of the processes end, and another one take its place. */
async function replace(world: World, crew: Crew, end: (shop: Shop) => Promise<void>): Promise<boolean> {
  if (crew.other) {
    await end(crew.other.shop);
    crew.other = await join(await world.serve());
    return true;
  }
  if (!crew.mayDie) return false;
  await end(crew.watched.shop);
  crew.watched = await crew.startWatched();
  return true;
}

/**
 * Resumes each job that one of the faults has paused.
 * @throws where a job has paused for anything else, or a person’s resuming was forgotten
 */
export async function resumePaused(world: World, { watched, pausesFor }: Crew): Promise<void> {
  const paused = await world.ground.rows<{ document_id: string }>(
    `select document_id from ai_jobs_jobs where status = 'paused'`
  );
  for (const { document_id } of paused) {
    const { reason } = await watched.admin.job(document_id);
    if (!pausesFor.has(String(reason?.code)))
      throw new Error(`Job ${document_id} is paused, and no fault is to blame: ${JSON.stringify(reason)}`);
    await watched.admin.act(document_id, 'resume');
  }
}

/** A person's doing: done, or too late for it. */
async function act(admin: AdminClient, { id }: WatchedJob, action: string): Promise<void> {
  const { status, body } = await admin.request('POST', `/ai-jobs/jobs/${id}/${action}`, {});
  if (![200, 409].includes(status))
    throw new Error(`${action} was answered ${status}: ${JSON.stringify(body)}`);
}

/** While the calls for some entries are under way a person does something to them. */
async function meanwhile(
  world: World,
  posts: Post[],
  doing: (post: Post) => Promise<Answer>
): Promise<boolean> {
  const left = new Map([1, 2, 3, 4].map(() => world.random.pick(posts)).map((post) => [post.title, post]));
  const refusals: string[] = [];
  world.provider.behave(async ({ title }) => {
    const post = left.get(title);
    if (!post || !left.delete(title)) return null;
    const { status, body } = await doing(post);
    if (status !== 200) refusals.push(`${status}: ${JSON.stringify(body)}`);
    return null;
  });
  // It may be that nothing is left to be called for.
  await waitFor(() => left.size === 0, { timeoutMs: 3_000 }).catch(() => undefined);
  world.provider.behave(null);
  if (refusals.length > 0) throw new Error(`A person was refused: ${refusals.join('; ')}`);
  return true;
}

/** Deletes a job: refused while it is at work, done when nothing of it is in hand any more. */
async function remove(admin: AdminClient, job: WatchedJob): Promise<void> {
  let status: number;
  const tryIt = async (): Promise<boolean> => {
    ({ status } = await admin.request('DELETE', `/ai-jobs/jobs/${job.id}`));
    if (![204, 409].includes(status)) throw new Error(`Deleting ${job.id} was answered ${status}.`);
    return status === 204;
  };
  if (await tryIt()) return;
  await act(admin, job, 'cancel');
  await waitFor(tryIt, { timeoutMs: 60_000, everyMs: 100, what: 'a cancelled job to be deleted' });
}

export const SOAK_FAULTS: Record<string, SoakFault> = {
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
  edits: (world, { watched: { editor } }, { posts }) =>
    meanwhile(world, posts, ({ documentId }) =>
      editor.edit(POST, documentId, { metaTitle: 'Words of a person' }, '?locale=en')
    ),
  deletes: (world, { watched: { editor } }, { posts }) =>
    meanwhile(world, posts, ({ documentId }) =>
      editor.request('DELETE', `${ENTRIES}/${documentId}?locale=en`)
    ),
  unpublishes: (world, { watched: { editor } }, { posts }) =>
    meanwhile(world, posts, async ({ documentId }) => {
      const at = `${ENTRIES}/${documentId}/actions`;
      const published = await editor.request('POST', `${at}/publish?locale=en`, {});
      return published.status === 200 ? editor.request('POST', `${at}/unpublish?locale=en`, {}) : published;
    }),
  async cancel(_world, { watched }, job) {
    // A job that is cancelled before its entries are listed has no items.
    await watched.admin.reaches(job.id, ({ listed }) => listed);
    await act(watched.admin, job, 'cancel');
    return true;
  },
  async delete(_world, crew, job) {
    const { admin } = crew.other ?? crew.watched;
    await admin.reaches(job.id, ({ listed }) => listed);
    await remove(admin, job);
    crew.deleted.add(job.id);
    return true;
  },
  async pauseAndResume(world, { watched, other }, job) {
    for (let count = world.random.between(1, 3); count > 0; count -= 1) {
      await act((other ?? watched).admin, job, 'pause');
      await pause(world.random.between(0, 1_000));
      await act(watched.admin, job, 'resume');
    }
    return true;
  },
  async retry(world, { watched, other }, job) {
    const { posts } = job;
    const spoilt = new Set([world.random.pick(posts).title, world.random.pick(posts).title]);
    world.provider.behave((call) =>
      spoilt.has(call.title) ? error(400, openAiError('Not this one.', 'invalid_request_error', null)) : null
    );
    for (let count = world.random.between(2, 5); count > 0; count -= 1) {
      await pause(world.random.between(100, 600));
      await act((other ?? watched).admin, job, 'retry');
    }
    world.provider.behave(null);
    await watched.admin.reaches(job.id, ({ counts }) => counts.pending + counts.processing === 0, 120_000);
    await act(watched.admin, job, 'retry');
    return true;
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
