import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { JobView, SettingsView } from '../../server/src/contracts';
import type { AdminClient, Answer, ErrorBody } from '../bookshop/admin-client';
import { startBookshop, type Bookshop } from '../bookshop/bookshop';
import { CHAPTER, fillBody, POST, QUICK, runJob, Shelf } from '../bookshop/fill-jobs';
import { entryRights, hire, pluginRights } from '../bookshop/people';
import { hang, ok, startOpenAiServer, type FakeOpenAi } from '../fakes/openai-server';
import { waitFor } from '../wait-for';

let shop: Bookshop;
let ai: FakeOpenAi;
let administrator: AdminClient;
let editor: AdminClient;
let posts: Shelf;

const start = (more: Record<string, unknown> = {}, folder?: string): Promise<Bookshop> =>
  startBookshop({
    config: { ...QUICK, ...more },
    environment: { OPENAI_API_KEY: 'sk-test-key-1234', OPENAI_BASE_URL: ai.url },
    folder,
  });

beforeAll(async () => {
  ai = await startOpenAiServer();
  shop = await start();
  administrator = await shop.admin();
  editor = await shop.editor();
  posts = await Shelf.of(editor, POST);
});

afterAll(async () => {
  await shop?.remove();
  await ai?.close();
});

beforeEach(() => {
  ai.respond(null);
  ai.reset();
});

const draft = (documentId: string) => editor.entry(POST, documentId, '?locale=en');
const duplicate = (client: AdminClient, id: string): Promise<Answer<{ data: JobView } & ErrorBody>> =>
  client.act(id, 'duplicate');

describe('running a job again', () => {
  test('an entry that is gone is skipped, the others are written', async () => {
    const [gone = '', there = ''] = posts.ids(2);
    const job = await runJob(editor, [gone, there]);
    expect(
      (await administrator.request('DELETE', `/content-manager/collection-types/${POST}/${gone}?locale=*`))
        .status
    ).toBe(200);
    ai.respond(() => ok({ metaTitle: 'Written again' }));
    const again = await duplicate(editor, job.id);
    expect(again.status).toBe(201);
    const ended = await editor.ends(again.body.data.id);
    expect(ended.counts).toMatchObject({ total: 2, completed: 1, skipped: 1 });
    const items = await editor.items(ended.id);
    expect(items.find((item) => item.documentId === gone)?.error?.code).toBe('entry_gone');
    expect((await draft(there)).metaTitle).toBe('Written again');
  });

  test('who may not write the fields cannot run the job of another again', async () => {
    const job = await runJob(editor, posts.ids(1));
    const { client } = await hire(administrator, [
      ...pluginRights('jobs.read', 'jobs.create', 'jobs.read-all'),
      ...entryRights(POST, ['read', 'update'], ['title', 'excerpt']),
    ]);
    const answer = await duplicate(client, job.id);
    expect(answer.status).toBe(400);
    expect(answer.body.error.message).toContain('You may not edit the field “metaTitle”');
  });

  test('an entry that the person may not edit is skipped', async () => {
    const [documentId = ''] = posts.ids(1);
    const job = await runJob(editor, [documentId]);
    const { client } = await hire(administrator, [
      ...pluginRights('jobs.read', 'jobs.create', 'jobs.read-all'),
      ...entryRights(POST, ['read'], ['title', 'metaTitle']),
      ...entryRights(POST, ['update'], ['title', 'metaTitle'], { conditions: ['admin::is-creator'] }),
    ]);
    const again = await duplicate(client, job.id);
    expect(again.status).toBe(201);
    await client.ends(again.body.data.id);
    expect((await client.items(again.body.data.id)).map((item) => item.error?.code)).toEqual([
      'entry_forbidden',
    ]);
  });
});

test('skipping what is unchanged looks at what was written last', async () => {
  const documentIds = posts.ids(1);
  const run = async (prompt: string): Promise<string | undefined> => {
    const job = await runJob(editor, documentIds, { prompt, skipUnchanged: true });
    return (await editor.items(job.id))[0]?.status;
  };
  expect(await run('First: {{ title }}')).toBe('completed');
  expect(await run('First: {{ title }}')).toBe('skipped');
  expect(await run('Second: {{ title }}')).toBe('completed');
  expect(await run('First: {{ title }}')).toBe('completed');
});

test('a person who leaves the page stops the calls of a sample', async () => {
  ai.respond(() => hang());
  const body = JSON.stringify(fillBody({ contentType: POST, documentIds: posts.ids(1) }));
  const outgoing = httpRequest(`${shop.url}/ai-jobs/jobs/sample`, {
    method: 'POST',
    headers: { authorization: `Bearer ${editor.token}`, 'content-type': 'application/json' },
  });
  outgoing.on('error', () => undefined);
  outgoing.end(body);
  await ai.waitForCalls(1, 30_000);
  const leftAt = Date.now();
  outgoing.destroy();
  await waitFor(() => Promise.resolve(ai.aborted === 1), { timeoutMs: 20_000, what: () => 'the abort' });
  // Well before the job type's own timeout of 5 s.
  expect(Date.now() - leftAt).toBeLessThan(4_000);
});

describe('reading', () => {
  test('who may not read a type sees of its items neither values nor prompt', async () => {
    const [documentId = ''] = posts.ids(1);
    const job = await runJob(editor, [documentId]);
    const { client } = await hire(administrator, pluginRights('jobs.read-all', 'jobs.read'));
    const [item] = await client.items(job.id);
    expect(item?.values).toEqual({});
    const path = `/ai-jobs/jobs/${job.id}/items/${item?.id ?? 0}`;
    expect(await client.data('GET', path)).toMatchObject({ values: {}, prompt: null });
    expect(await editor.data('GET', path)).toMatchObject({
      values: { metaTitle: { written: expect.any(String) as string } },
      prompt: { user: expect.stringContaining('Title: ') as string },
    });
    const history = await client.data<{ values: object }[]>(
      'GET',
      `/ai-jobs/entries/${POST}/${documentId}?locale=en`
    );
    expect(history.map(({ values }) => values)).toEqual([{}]);
  });

  test('who may not read all that a prompt holds does not see it', async () => {
    const job = await runJob(editor, posts.ids(1), { prompt: 'Title: {{ title }} {{ chapter_name }}' });
    const [item] = await editor.items(job.id);
    const path = `/ai-jobs/jobs/${job.id}/items/${item?.id ?? 0}`;
    const { client } = await hire(administrator, [
      ...pluginRights('jobs.read-all', 'jobs.read'),
      ...entryRights(POST, ['read'], ['title', 'metaTitle']),
    ]);
    expect(await client.data('GET', path)).toMatchObject({
      values: { metaTitle: { written: expect.any(String) as string } },
      prompt: null,
    });
    const reader = await hire(administrator, [
      ...pluginRights('jobs.read-all', 'jobs.read'),
      ...entryRights(POST, ['read'], ['title', 'metaTitle', 'chapter']),
      ...entryRights(CHAPTER, ['read'], ['name']),
    ]);
    expect(await reader.client.data('GET', path)).toMatchObject({
      prompt: { user: expect.stringContaining('Title: ') as string },
    });
  });

  test('the history of an entry shows the jobs of others to those only who may read them', async () => {
    const [documentId = ''] = posts.ids(1);
    await runJob(editor, [documentId]);
    const path = `/ai-jobs/entries/${POST}/${documentId}?locale=en`;
    const other = await hire(administrator, [
      ...pluginRights('jobs.read', 'jobs.create'),
      ...entryRights(POST, ['read', 'update'], ['title', 'metaTitle']),
    ]);
    const manager = await hire(administrator, pluginRights('jobs.manage'));
    expect(await other.client.data('GET', path)).toEqual([]);
    expect(await manager.client.data('GET', path)).toHaveLength(1);
    expect(await editor.data('GET', path)).toHaveLength(1);
  });

  test('the list of jobs leaves the long texts out, a job opened has them', async () => {
    const job = await runJob(editor, posts.ids(1));
    const listed = (await editor.data<JobView[]>('GET', '/ai-jobs/jobs')).find(({ id }) => id === job.id);
    expect(listed?.settings).toMatchObject({ provider: 'openai', model: 'gpt-test' });
    expect(Object.keys(listed?.settings ?? {})).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/^(prompt|systemMessage)$/)])
    );
    expect(job.settings).toMatchObject({ prompt: 'Title: {{ title }}' });
  });

  test('items are found by titles that begin with a letter beyond ASCII', async () => {
    const [documentId = ''] = posts.ids(1);
    await editor.edit(POST, documentId, { title: 'Đọc sách mỗi ngày' }, '?locale=en');
    const job = await runJob(editor, [documentId], {}, { title: 'Ưu tiên' });
    expect(await editor.items(job.id, `&search=${encodeURIComponent('Đọc SÁCH'.slice(0, 3))}`)).toHaveLength(
      1
    );
    const found = await editor.data<JobView[]>('GET', `/ai-jobs/jobs?search=${encodeURIComponent('Ưu t')}`);
    expect(found.map(({ id }) => id)).toEqual([job.id]);
  });
});

test('changing the stored address of a provider forgets its stored key', async () => {
  const put = (deepseek: Record<string, unknown>) =>
    administrator.data<SettingsView>('PUT', '/ai-jobs/settings', { providers: { deepseek } });
  const stateOf = (view: SettingsView) => view.providers.find(({ name }) => name === 'deepseek');
  expect(
    stateOf(await put({ apiKey: 'sk-stored-key-5678', baseUrl: 'http://127.0.0.1:9/v1' }))
  ).toMatchObject({
    ready: true,
    keyLastFour: '5678',
  });
  expect(stateOf(await put({ baseUrl: 'http://127.0.0.1:9/v1', maxParallel: 3 }))).toMatchObject({
    ready: true,
  });
  expect(stateOf(await put({ baseUrl: 'http://127.0.0.1:10/v1' }))).toMatchObject({
    ready: false,
    keySource: 'none',
    reason: { code: 'key_missing' },
  });
});

describe('input that no database takes', () => {
  test.each([
    ['an object where a text belongs', { title: { $contains: { a: 1 } } }],
    ['a date that is none', { createdAt: { $gt: 'yesterday-ish' } }],
    ['one value where two belong', { title: { $between: 5 } }],
  ])('%s in a filter', async (_what, filters) => {
    const answer = await editor.request<ErrorBody>(
      'POST',
      '/ai-jobs/jobs',
      fillBody({ contentType: POST, filters })
    );
    expect(answer.status).toBe(400);
    expect(answer.body.error.message).toContain('The filters cannot be used');
  });

  test('the character zero', async () => {
    const answer = await editor.request<ErrorBody>(
      'POST',
      '/ai-jobs/jobs',
      fillBody({ contentType: POST, documentIds: posts.ids(1) }, { prompt: 'a\u0000b' })
    );
    expect(answer.status).toBe(400);
    expect(answer.body.error.message).toContain('settings.prompt holds the character U+0000');
    expect((await editor.request('GET', '/ai-jobs/jobs?search=a%00b')).status).toBe(400);
    expect((await editor.request('GET', '/ai-jobs/jobs/a%00b')).status).toBe(404);
  });

  test('an id beyond all ids', async () => {
    const path = '/ai-jobs/jobs?createdBy=1000000000000000';
    expect((await administrator.request('GET', `${path}000000`)).status).toBe(400);
    expect((await administrator.request('GET', path)).status).toBe(400);
  });
});

test('a job stays as long as one that takes it back is unfinished', async () => {
  const job = await runJob(editor, posts.ids(1));
  await shop.stop();
  shop = await start({ workers: { inProcess: false } }, shop.folder);
  administrator = await shop.admin();
  editor = await shop.editor();
  const undo = await editor.act(job.id, 'undo');
  expect(undo.status).toBe(201);
  const refused = await editor.request<ErrorBody>('DELETE', `/ai-jobs/jobs/${job.id}`);
  expect(refused.status).toBe(409);
  expect(refused.body.error.message).toContain('still needs its items');
  await editor.data('POST', '/ai-jobs/jobs/clean', { olderThanDays: 0 });
  expect((await editor.job(job.id)).id).toBe(job.id);
  expect((await editor.act(undo.body.data.id, 'cancel')).status).toBe(200);
  expect((await editor.request('DELETE', `/ai-jobs/jobs/${job.id}`)).status).toBe(204);
});
