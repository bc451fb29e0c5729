import { setTimeout as pause } from 'node:timers/promises';
import type { AdminClient, Answer } from '../../bookshop/admin-client';
import { POST } from '../../bookshop/fill-jobs';
import { error, openAiError } from '../../fakes/openai-server';
import { waitFor } from '../../wait-for';
import type { Post } from '../harness/posts';
import { submitTogether } from '../harness/submit-together';
import type { WatchedJob } from '../harness/watched-job';
import type { World } from '../harness/world';
import type { SoakFault } from './soak-crew';

const ENTRIES = `/content-manager/collection-types/${POST}`;

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

/** What people do while jobs are at work. */
export const PEOPLE_AT_WORK: Record<string, SoakFault> = {
  async submittedTogether(world, { watched, other }) {
    await submitTogether(world, [watched.admin, (other ?? watched).admin], await world.newPosts(4));
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
};
