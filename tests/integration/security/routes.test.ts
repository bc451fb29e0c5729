import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import routes from '../../../server/src/routes';
import { PERMISSIONS } from '../../../server/src/permissions';
import type { PromptView } from '../../../server/src/contracts';
import { AdminClient, type ErrorBody } from '../../bookshop/admin-client';
import { startBookshop, type Bookshop } from '../../bookshop/bookshop';
import { fillBody, POST, QUICK, runJob, Shelf, type FillBody } from '../../bookshop/fill-jobs';
import { entryRights, hire, pluginRights } from '../../bookshop/people';
import { ok, refusal, startOpenAiServer, type FakeOpenAi } from '../../fakes/openai-server';
import { ROUTE_TABLE, type RouteRow, type Standing } from './route-table';

const ON_POSTS = entryRights(POST, ['read', 'update', 'publish'], ['title', 'metaTitle']);
/** The plugin's rights by their short names. */
const RIGHTS = Object.values(PERMISSIONS).map((action) => action.replace(/^plugin::ai-jobs\./, ''));
const REFUSED_PROMPT = 'Refuse this: {{ title }}';

type Column = 'own' | 'other' | 'readAll' | 'manage' | 'administrator';

let shop: Bookshop;
let ai: FakeOpenAi;
let ids: string[];
let taken = 0;
let people: Record<Column, AdminClient>;
let nobody: AdminClient;
let barred: AdminClient;

beforeAll(async () => {
  ai = await startOpenAiServer((request) =>
    JSON.stringify(request.body.messages).includes('Refuse this') ? refusal('No.') : ok({ metaTitle: 'Told' })
  );
  shop = await startBookshop({
    config: QUICK,
    environment: { OPENAI_API_KEY: 'sk-test-key-1234', OPENAI_BASE_URL: ai.url },
  });
  const administrator = await shop.admin();
  const person = async (...rights: string[]): Promise<AdminClient> =>
    (await hire(administrator, [...pluginRights(...rights), ...ON_POSTS])).client;
  const shelf = await Shelf.of(administrator, POST);
  ids = shelf.ids(shelf.size);
  nobody = new AdminClient(shop.url, '', { id: 0, email: '' });
  barred = await person();
  people = {
    own: await person('jobs.read', 'jobs.create'),
    other: await person('jobs.read', 'jobs.create'),
    readAll: await person('jobs.read-all'),
    manage: await person('jobs.manage'),
    administrator,
  };
});

afterAll(async () => {
  await shop?.remove();
  await ai?.close();
});

/** A post that no request of this file is busy with. */
const nextPost = (): string => {
  taken += 1;
  return ids[taken % ids.length] ?? '';
};

const bodyFor = (settings: Record<string, unknown> = {}): FillBody =>
  fillBody({ contentType: POST, documentIds: [nextPost()] }, settings);

async function jobThat(standing: Standing): Promise<{ id: string; itemId: number }> {
  const { own } = people;
  const waits = standing === 'waiting' || standing === 'paused';
  if (waits) {
    const startAt = new Date(Date.now() + 3_600_000).toISOString();
    const { id } = await own.createJob({ ...bodyFor(), startAt });
    if (standing === 'paused') expect((await own.act(id, 'pause')).status).toBe(200);
    return { id, itemId: 0 };
  }
  const settings = standing === 'failed' ? { prompt: REFUSED_PROMPT } : {};
  const job = await runJob(own, [nextPost()], settings);
  expect(job.status).toBe(standing);
  const [item] = await own.items(job.id);
  return { id: job.id, itemId: item?.id ?? 0 };
}

/** A request that would be right, for a job that stands as the route needs it. */
async function requestFor(
  route: string,
  row: RouteRow
): Promise<{ method: string; path: string; body: unknown }> {
  const [method = '', pattern = ''] = route.split(' ');
  const job = row.job === 'none' ? { id: '', itemId: 0 } : await jobThat(row.job);
  let promptId = '';
  const prompt = { name: 'Of this test', contentType: POST, template: '{{ title }}' };
  if (pattern === '/prompts/:id')
    promptId = (await people.administrator.data<PromptView>('POST', '/ai-jobs/prompts', prompt)).id;
  const path = pattern
    .replace(':itemId', String(job.itemId))
    .replace(':id', promptId || job.id)
    .replace(':contentType', POST)
    .replace(':documentId', ids[0] ?? '')
    .replace(':name', 'openai');
  const bodies: Record<string, unknown> = {
    'POST /jobs': bodyFor(),
    'POST /jobs/sample': bodyFor(),
    'POST /jobs/clean': { olderThanDays: 36_500 },
    'POST /selection/count': { selection: { contentType: POST, documentIds: [ids[0]] } },
    'POST /prompts': prompt,
    'PUT /prompts/:id': prompt,
    'POST /prompts/check': { contentType: POST, template: '{{ title }}' },
    'POST /providers/:name/test': { model: 'gpt-test' },
  };
  const hasBody = method === 'POST' || method === 'PUT';
  return { method, path: `/ai-jobs${path}`, body: hasBody ? (bodies[route] ?? {}) : undefined };
}

const columns: Column[] = ['own', 'other', 'readAll', 'manage', 'administrator'];
const rows = Object.entries(ROUTE_TABLE);

test('every route of the plugin stands in the table, and there are none for the public', { retry: 0 }, () => {
  expect(Object.keys(routes)).toEqual(['admin']);
  const there = routes.admin.routes.map(({ method, path }) => `${method} ${path}`);
  expect(there.sort()).toEqual(Object.keys(ROUTE_TABLE).sort());
});

describe('what each route answers to whom', { retry: 0 }, () => {
  test.each(rows)('%s', async (route, row) => {
    const closed = await requestFor(route, { ...row, job: row.job === 'none' ? 'none' : 'completed' });
    const unknown = await nobody.request(closed.method, closed.path, closed.body);
    expect(`no session: ${unknown.status}`).toBe('no session: 401');
    const without = await barred.request(closed.method, closed.path, closed.body);
    expect(`no permission: ${without.status}`).toBe('no permission: 403');
    // What changes the job needs one of its own for each who may.
    let current = await requestFor(route, row);
    for (const column of columns) {
      const answer = await people[column].request<ErrorBody>(current.method, current.path, current.body);
      expect(`${column}: ${answer.status} ${JSON.stringify(answer.body)}`).toMatch(
        new RegExp(`^${column}: ${row[column]} `)
      );
      if (answer.status < 300 && column !== 'administrator' && current.method !== 'GET')
        current = await requestFor(route, row);
    }
  });

  test('a session that is none, and one that has ended', async () => {
    const { own } = people;
    const forged = new AdminClient(shop.url, `${own.token.slice(0, -4)}AAAA`, own.person);
    expect((await forged.request('GET', '/ai-jobs/jobs')).status).toBe(401);
    const { client: leaver } = await hire(people.administrator, [...pluginRights('jobs.read'), ...ON_POSTS]);
    expect((await leaver.request('GET', '/ai-jobs/jobs')).status).toBe(200);
    await people.administrator.data('PUT', `/admin/users/${leaver.person.id}`, { isActive: false });
    expect((await leaver.request('GET', '/ai-jobs/jobs')).status).toBe(401);
  });
});

describe('each right alone', { retry: 0 }, () => {
  test.each(RIGHTS)('%s opens its routes and no other', async (right) => {
    const { client } = await hire(people.administrator, [...pluginRights(right), ...ON_POSTS]);
    const wrong: string[] = [];
    for (const [route, row] of rows) {
      // Of somebody else's waiting job: who comes in may be refused by 404, never by 403.
      const { method, path, body } = await requestFor(route, {
        ...row,
        job: row.job === 'none' ? 'none' : 'waiting',
      });
      const { status } = await client.request(method, path, body);
      const passes = row.opens.includes(right);
      const fits = passes ? status !== 403 && status !== 401 : status === 403;
      if (!fits) wrong.push(`${route}: ${status}`);
    }
    expect(wrong).toEqual([]);
  });
});
