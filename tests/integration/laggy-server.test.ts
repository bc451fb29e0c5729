import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { handsFor } from '../../server/src/domain/call-slots';
import type { AdminClient } from '../bookshop/admin-client';
import { ROOT, type Bookshop } from '../bookshop/bookshop';
import { withBootstrap, type ChangedProject } from '../bookshop/changed-project';
import { lookInto } from '../bookshop/database';
import { fillBody, POST, QUICK, type Shelf } from '../bookshop/fill-jobs';
import { useShop } from '../bookshop/use-shop';
import { delay, ok, type FakeOpenAi } from '../fakes/openai-server';

const AT_ONCE = QUICK.jobTypes['fill-fields'].concurrency;
const POSTS = 44;
/** By then what was begun before anybody noticed has ended. */
const NOTICED_AFTER = 24;

let folder = '';
let project: ChangedProject;
let ai: FakeOpenAi;
let shop: Bookshop;
let admin: AdminClient;
let posts: Shelf;

/** While a file is there, the project keeps its own event loop busy nearly all of the time. */
const code = (file: string): string => `
  const { existsSync } = require('node:fs');
  setInterval(() => {
    if (!existsSync(${JSON.stringify(file)})) return;
    const until = Date.now() + 150;
    while (Date.now() < until);
  }, 30).unref();
`;
const busyFile = (): string => path.join(folder, 'busy');

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'laggy-'));
  project = await withBootstrap(code(busyFile()));
});
useShop(
  (open) => void ({ shop, ai, administrator: admin, posts } = open),
  // A project elsewhere has no plugin two folders up.
  () => ({ project: project.folder, environment: { BOOKSHOP_PLUGIN: ROOT } })
);
afterAll(async () => {
  await project?.remove();
  await rm(folder, { recursive: true, force: true });
});

/** How many items were in hand when each call of a job came. */
async function inHandAtCalls(): Promise<number[]> {
  const seen: number[] = [];
  ai.respond(() => {
    const [items] = lookInto<{ inHand: number }>(
      shop,
      `select count(*) as inHand from ai_jobs_items where status = 'processing'`
    );
    seen.push(items?.inHand ?? NaN);
    return delay(400, ok({ metaTitle: 'A title' }));
  });
  const job = await admin.createJob(fillBody({ contentType: POST, documentIds: posts.ids(POSTS) }));
  expect((await admin.ends(job.id, 180_000)).counts).toMatchObject({ total: POSTS, completed: POSTS });
  return seen;
}

test('a server whose event loop lags takes less in hand, and has all of it back when it no longer does', async () => {
  const all = handsFor(AT_ONCE);
  await writeFile(busyFile(), '');
  const laggy = await inHandAtCalls();
  // The last ones are fewer anyway.
  expect(Math.max(...laggy.slice(NOTICED_AFTER, POSTS - all / 2))).toBeLessThanOrEqual(all / 2);
  await rm(busyFile());
  const free = await inHandAtCalls();
  expect(Math.max(...free)).toBe(all);
});
