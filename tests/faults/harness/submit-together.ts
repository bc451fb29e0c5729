import { expect } from 'vitest';
import type { AdminClient } from '../../bookshop/admin-client';
import type { Post } from './posts';
import type { World } from './world';

/** The same work five times from each at once, under one key: one job, which is watched. @returns its id */
export async function submitTogether(world: World, clients: AdminClient[], posts: Post[]): Promise<string> {
  const body = world.body(posts, { idempotencyKey: `together-${String(posts[0]?.documentId)}` });
  const made = await Promise.all(
    Array.from({ length: 5 }, () => clients.map((client) => client.createJob(body))).flat()
  );
  const [id = '', ...others] = new Set(made.map((job) => job.id));
  world.watch(id, posts);
  expect(others, 'the same work submitted at once is one job').toEqual([]);
  return id;
}
