import { describe, expect, test } from 'vitest';
import type { ContentTypeView, JobView, ProviderView } from '../../server/src/contracts';
import type { AdminClient, ErrorBody } from '../bookshop/admin-client';
import { CHAPTER, fillBody, POST, runJob, Shelf } from '../bookshop/fill-jobs';
import {
  allow,
  entryRights,
  hire,
  pluginRights,
  type Hired,
  type Right,
  ON_POSTS,
  POST_FIELDS,
  STARTER,
} from '../bookshop/people';
import { useShop } from '../bookshop/use-shop';
import { ok, type FakeOpenAi } from '../fakes/openai-server';

let ai: FakeOpenAi;
let administrator: AdminClient;
let editor: AdminClient;
let starter: AdminClient;
let posts: Shelf;

useShop(async (open) => {
  ({ ai, editor, administrator, posts } = open);
  ({ client: starter } = await hire(administrator, [...STARTER, ...ON_POSTS]));
});

const person = async (...rights: Right[][]): Promise<AdminClient> =>
  (await hire(administrator, rights.flat())).client;
const select = (documentIds: string[]) => ({ contentType: POST, documentIds });
const create = (client: AdminClient, body: unknown) =>
  client.request<ErrorBody & { data: JobView }>('POST', '/ai-jobs/jobs', body);
const statusOf = async (client: AdminClient, method: string, path: string, body?: unknown) =>
  (await client.request(method, path, body)).status;

describe('the plugin’s own rights', () => {
  test('without any, every route is closed', async () => {
    const nobody = await person(ON_POSTS);
    const job = await runJob(starter, posts.ids(1));
    const [item] = await starter.items(job.id);
    const one = `/ai-jobs/jobs/${job.id}`;
    const routes: [string, string][] = [
      ['GET', '/ai-jobs/jobs'],
      ['POST', '/ai-jobs/jobs'],
      ['POST', '/ai-jobs/jobs/sample'],
      ['POST', '/ai-jobs/jobs/clean'],
      ['GET', one],
      ['DELETE', one],
      ['GET', `${one}/items`],
      ['GET', `${one}/items/${item?.id ?? 0}`],
      ['POST', `${one}/items/${item?.id ?? 0}/retry`],
      ['POST', `${one}/items/${item?.id ?? 0}/undo`],
      ...['pause', 'resume', 'cancel', 'retry', 'undo', 'publish', 'duplicate'].map(
        (action): [string, string] => ['POST', `${one}/${action}`]
      ),
      ['POST', '/ai-jobs/selection/count'],
      ['GET', `/ai-jobs/entries/${POST}/${item?.documentId ?? ''}`],
      ['GET', '/ai-jobs/prompts'],
      ['POST', '/ai-jobs/prompts'],
      ['POST', '/ai-jobs/prompts/check'],
      ['GET', '/ai-jobs/prompts/any'],
      ['PUT', '/ai-jobs/prompts/any'],
      ['DELETE', '/ai-jobs/prompts/any'],
      ['GET', '/ai-jobs/job-types'],
      ['GET', '/ai-jobs/content-types'],
      ['GET', '/ai-jobs/providers'],
      ['GET', '/ai-jobs/providers/openai/models'],
      ['POST', '/ai-jobs/providers/openai/test'],
      ['GET', '/ai-jobs/queue'],
      ['GET', '/ai-jobs/settings'],
      ['PUT', '/ai-jobs/settings'],
    ];
    for (const [method, path] of routes) {
      const status = await statusOf(
        nobody,
        method,
        path,
        method === 'GET' || method === 'DELETE' ? undefined : {}
      );
      expect(`${method} ${path}: ${status}`).toBe(`${method} ${path}: 403`);
    }
    expect(await statusOf(starter, 'GET', one)).toBe(200);
  });

  test('own jobs are seen and changed by their starter only', async () => {
    const other = await person(STARTER, ON_POSTS);
    const documentIds = posts.ids(1);
    const job = await runJob(starter, documentIds);
    const [item] = await starter.items(job.id);
    const one = `/ai-jobs/jobs/${job.id}`;
    for (const path of [one, `${one}/items`, `${one}/items/${item?.id ?? 0}`])
      expect(await statusOf(other, 'GET', path)).toBe(404);
    for (const action of ['pause', 'undo', 'publish', 'duplicate', 'retry'])
      expect(await statusOf(other, 'POST', `${one}/${action}`, {})).toBe(404);
    expect(await statusOf(other, 'DELETE', one)).toBe(404);
    const list = await other.request<{ data: JobView[]; meta: { counts: { all: number } } }>(
      'GET',
      '/ai-jobs/jobs'
    );
    expect(list.body).toMatchObject({ data: [], meta: { counts: { all: 0 } } });
    const panel = `/ai-jobs/entries/${POST}/${documentIds[0] ?? ''}?locale=en`;
    expect(await other.data('GET', panel)).toEqual([]);
    expect(await starter.data('GET', panel)).toMatchObject([{ jobId: job.id, status: 'completed' }]);
  });

  test('jobs.read alone sees own jobs and changes nothing', async () => {
    const { client: reader, roleId } = await hire(administrator, [...STARTER, ...ON_POSTS]);
    const job = await runJob(reader, posts.ids(1));
    await allow(administrator, roleId, [...pluginRights('jobs.read'), ...ON_POSTS]);
    expect((await reader.job(job.id)).actions).toEqual([]);
    expect((await create(reader, fillBody(select(posts.ids(1))))).status).toBe(403);
    expect((await reader.act(job.id, 'undo')).status).toBe(403);
    expect(await statusOf(reader, 'DELETE', `/ai-jobs/jobs/${job.id}`)).toBe(403);
  });

  test('jobs.read-all sees the jobs of others and changes none', async () => {
    const overseer = await person(pluginRights('jobs.read', 'jobs.read-all', 'jobs.create'), ON_POSTS);
    const documentIds = posts.ids(1);
    const job = await runJob(starter, documentIds);
    const seen = await overseer.job(job.id);
    expect(seen).toMatchObject({ id: job.id, createdBy: { id: starter.person.id } });
    // To run the same again is to start a job of one's own.
    expect(seen.actions).toEqual(['duplicate']);
    expect((await overseer.items(job.id))[0]?.undoable).toBe(false);
    const mine = await overseer.request<{ data: JobView[] }>('GET', '/ai-jobs/jobs?createdBy=me');
    expect(mine.body.data).toEqual([]);
    const theirs = await overseer.request<{ data: JobView[] }>(
      'GET',
      `/ai-jobs/jobs?createdBy=${starter.person.id}`
    );
    expect(theirs.body.data.map(({ id }) => id)).toContain(job.id);
    const answer = await overseer.act(job.id, 'undo');
    expect(answer.status).toBe(403);
    expect(answer.body.error.message).toMatch(/started by someone else/);
    expect(await statusOf(overseer, 'DELETE', `/ai-jobs/jobs/${job.id}`)).toBe(403);
  });

  test('jobs.manage changes the jobs of others, and starts none', async () => {
    const manager = await person(pluginRights('jobs.manage'), ON_POSTS);
    const job = await starter.createJob(
      fillBody(select(posts.ids(1)), {}, { startAt: new Date(Date.now() + 3_600_000).toISOString() })
    );
    const seen = await manager.job(job.id);
    expect(seen.actions).toEqual(expect.arrayContaining(['pause', 'cancel']));
    expect((await manager.act(job.id, 'pause')).status).toBe(200);
    expect((await starter.job(job.id)).reason?.params).toMatchObject({
      person: expect.stringMatching(/^Person/) as string,
    });
    expect((await manager.act(job.id, 'cancel')).status).toBe(200);
    expect((await create(manager, fillBody(select(posts.ids(1))))).status).toBe(403);
    expect((await manager.act(job.id, 'duplicate')).status).toBe(403);
    await starter.ends(job.id);
    expect(await statusOf(manager, 'DELETE', `/ai-jobs/jobs/${job.id}`)).toBe(204);
  });

  test('prompts are chosen by who starts jobs, and changed by who manages prompts', async () => {
    const prompt = { name: 'Of the manager', contentType: POST, template: '{{ title }}' };
    expect(await statusOf(starter, 'GET', '/ai-jobs/prompts')).toBe(200);
    expect(await statusOf(starter, 'POST', '/ai-jobs/prompts', prompt)).toBe(403);
    const keeper = await person(pluginRights('prompts.manage'), ON_POSTS);
    expect(await statusOf(keeper, 'POST', '/ai-jobs/prompts', prompt)).toBe(201);
    expect(await statusOf(keeper, 'GET', '/ai-jobs/jobs')).toBe(403);
  });

  test('keys and addresses are for administrators', async () => {
    expect(await statusOf(editor, 'GET', '/ai-jobs/settings')).toBe(403);
    expect(await statusOf(editor, 'PUT', '/ai-jobs/settings', {})).toBe(403);
    expect(await statusOf(editor, 'POST', '/ai-jobs/providers/openai/test', {})).toBe(403);
    const seen = await editor.request<{ data: ProviderView[] }>('GET', '/ai-jobs/providers');
    expect(seen.body.data.find(({ name }) => name === 'openai')).toMatchObject({
      ready: true,
      keyLastFour: null,
      baseUrl: null,
    });
    expect(JSON.stringify(seen.body)).not.toContain(ai.url);
    const shown = await administrator.data<ProviderView[]>('GET', '/ai-jobs/providers');
    expect(shown.find(({ name }) => name === 'openai')).toMatchObject({
      keyLastFour: '1234',
      baseUrl: ai.url,
    });
    const reader = await person(pluginRights('settings.read'));
    expect(await statusOf(reader, 'GET', '/ai-jobs/settings')).toBe(200);
    expect(await statusOf(reader, 'PUT', '/ai-jobs/settings', {})).toBe(403);
  });
});

describe('rights on entries, when a job is made', () => {
  test('no update right on the type', async () => {
    const reader = await person(STARTER, entryRights(POST, ['read'], POST_FIELDS));
    for (const path of ['/ai-jobs/jobs', '/ai-jobs/jobs/sample']) {
      const answer = await reader.request<ErrorBody>('POST', path, fillBody(select(posts.ids(1))));
      expect(answer.status).toBe(403);
      expect(answer.body.error.message).toMatch(/may not edit entries of Post/);
    }
    const selection = select(posts.ids(1));
    expect(await statusOf(reader, 'POST', '/ai-jobs/selection/count', { selection })).toBe(403);
    expect(await reader.data('GET', '/ai-jobs/content-types')).toEqual([]);
    const chapters = await Shelf.of(editor, CHAPTER);
    const answer = await create(
      starter,
      fillBody(
        { contentType: CHAPTER, documentIds: chapters.ids(1) },
        { prompt: '{{ name }}', outputs: [{ field: 'description' }] }
      )
    );
    expect(answer.status).toBe(403);
    expect(answer.body.error.message).toMatch(/may not edit entries of Chapter/);
    expect(ai.calls).toBe(0);
  });

  test('a field they may not edit', async () => {
    const limited = await person(
      STARTER,
      entryRights(POST, ['read'], POST_FIELDS),
      entryRights(POST, ['update'], ['metaTitle', 'seo.metaTitle'])
    );
    const types = await limited.data<ContentTypeView[]>('GET', '/ai-jobs/content-types');
    expect(types.map(({ uid, fields }) => [uid, fields.map(({ path }) => path)])).toEqual([
      [POST, ['metaTitle', 'seo.metaTitle']],
    ]);
    const documentIds = posts.ids(1);
    const refused = await create(
      limited,
      fillBody(select(documentIds), {
        outputs: [{ field: 'metaTitle' }, { field: 'excerpt' }, { field: 'seo.metaDescription' }],
      })
    );
    expect(refused.status).toBe(400);
    expect(refused.body.error.details?.errors?.map(({ path }) => path.join('.'))).toEqual([
      'settings.outputs.1.field',
      'settings.outputs.2.field',
    ]);
    expect(refused.body.error.message).toMatch(/may not edit the field “excerpt” of Post/);
    const job = await runJob(limited, documentIds, {
      outputs: [{ field: 'metaTitle' }, { field: 'seo.metaTitle' }],
    });
    expect(job.counts.completed).toBe(1);
  });

  test('a prompt and a filter on what they may not read', async () => {
    const blind = await person(
      STARTER,
      entryRights(POST, ['read', 'update'], ['title', 'metaTitle', 'seo.metaTitle'])
    );
    const prompt = await create(
      blind,
      fillBody(select(posts.ids(1)), { prompt: '{{ title }} {{ body }} {{ chapter_name }}' })
    );
    expect(prompt.status).toBe(400);
    expect(prompt.body.error.message).toMatch(/“body”, which you may not read/);
    expect(prompt.body.error.message).toMatch(/“chapter.name”, which you may not read/);
    const filter = await create(
      blind,
      fillBody({ contentType: POST, filters: { body: { $contains: 'salt' } } })
    );
    expect(filter.status).toBe(400);
    expect(filter.body.error.details?.errors?.[0]?.path).toEqual(['selection', 'filters']);
    expect(filter.body.error.message).toMatch(/body/);
    const check = await blind.request('POST', '/ai-jobs/prompts/check', {
      contentType: POST,
      template: '{{ body }}',
      documentId: posts.ids(1)[0],
      locale: 'en',
    });
    expect(check.status).toBe(403);
    const [type] = await blind.data<ContentTypeView[]>('GET', '/ai-jobs/content-types');
    const paths = type?.placeholders.map(({ path }) => path) ?? [];
    expect(paths).toContain('title');
    expect(paths).toContain('seo.metaTitle');
    expect(paths).not.toContain('body');
    expect(paths).not.toContain('seo.keywords');
    expect(paths).not.toContain('chapter.name');
    const seo = await runJob(blind, posts.ids(1), { prompt: '{{ title }} {{ seo.metaTitle }}' });
    expect(seo.counts.completed).toBe(1);
  });

  test('publishing without the right to publish', async () => {
    const writer = await person(STARTER, entryRights(POST, ['read', 'update'], POST_FIELDS));
    const answer = await create(writer, fillBody(select(posts.ids(1)), { mode: 'publish' }));
    expect(answer.status).toBe(400);
    expect(answer.body.error.message).toMatch(/may not publish entries of Post/);
    const [type] = await writer.data<ContentTypeView[]>('GET', '/ai-jobs/content-types');
    expect(type?.mayPublish).toBe(false);
    const job = await runJob(writer, posts.ids(1));
    expect(job.counts.completed).toBe(1);
    const publish = await writer.act(job.id, 'publish');
    expect(publish.status).toBe(403);
    expect(publish.body.error.message).toMatch(/may not publish entries of Post/);
  });

  test('some entries only, by a condition: the others are skipped', async () => {
    const owner = await person(
      STARTER,
      entryRights(POST, ['create', 'read'], POST_FIELDS),
      entryRights(POST, ['update'], POST_FIELDS, { conditions: ['admin::is-creator'] })
    );
    const made = await owner.data<{ documentId: string }>(
      'POST',
      `/content-manager/collection-types/${POST}?locale=en`,
      { title: 'My own post' }
    );
    const others = posts.ids(2);
    const before = await Promise.all(others.map((id) => editor.entry(POST, id, '?locale=en')));
    const selection = select([...others, made.documentId]);
    const count = await owner.data('POST', '/ai-jobs/selection/count', { selection });
    expect(count).toMatchObject({ total: 3, forbidden: 2 });
    const job = await runJob(owner, selection.documentIds);
    expect(job.counts).toMatchObject({ total: 3, completed: 1, skipped: 2 });
    for (const item of await owner.items(job.id)) {
      if (item.documentId === made.documentId) expect(item.status).toBe('completed');
      else expect(item).toMatchObject({ status: 'skipped', error: { code: 'entry_forbidden' } });
    }
    expect(await Promise.all(others.map((id) => editor.entry(POST, id, '?locale=en')))).toEqual(before);
    expect(ai.calls).toBe(1);
    const sample = await owner.request<ErrorBody>('POST', '/ai-jobs/jobs/sample', fillBody(select(others)));
    expect(sample.status).toBe(400);
  });

  test('one language only', async () => {
    const english = await person(
      STARTER,
      entryRights(POST, ['read', 'update'], POST_FIELDS, { locales: ['en'] })
    );
    const vietnamese = (await editor.entries(POST, '&locale=vi')).map(({ documentId }) => String(documentId));
    const [documentId = ''] = vietnamese;
    const answer = await create(
      english,
      fillBody({ contentType: POST, locale: 'vi', documentIds: [documentId] })
    );
    // Refused, or listed as forbidden; never written.
    if (answer.status === 201) {
      const job = await english.ends(answer.body.data.id);
      expect(job.counts).toMatchObject({ total: 1, skipped: 1 });
    } else expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(ai.calls).toBe(0);
    const query = await create(english, fillBody({ contentType: POST, locale: 'vi' }));
    expect(query.status).toBeGreaterThanOrEqual(400);
  });

  test('running again or taking back another person’s job needs the rights on its entries', async () => {
    const job = await runJob(starter, posts.ids(1), { prompt: '{{ title }} {{ body }}' });
    const outsider = await person(pluginRights('jobs.manage', 'jobs.create', 'jobs.read-all'));
    const before = await administrator.request<{ meta: { counts: { all: number } } }>('GET', '/ai-jobs/jobs');
    for (const action of ['duplicate', 'undo', 'publish']) {
      const answer = await outsider.act(job.id, action);
      expect(`${action}: ${answer.status}`).toBe(`${action}: 403`);
      expect(answer.body.error.message).toMatch(/Post/);
    }
    const blind = await person(
      pluginRights('jobs.read-all', 'jobs.create'),
      entryRights(POST, ['read', 'update'], ['title', 'metaTitle'])
    );
    const untitled = await person(
      pluginRights('jobs.read-all', 'jobs.manage', 'jobs.create'),
      entryRights(POST, ['read'], POST_FIELDS),
      entryRights(POST, ['update'], ['title'])
    );
    const undo = await untitled.act(job.id, 'undo');
    expect(undo.status).toBe(403);
    expect(undo.body.error.message).toMatch(/may not edit “metaTitle” of Post/);
    const duplicate = await blind.act(job.id, 'duplicate');
    expect(duplicate.status).toBe(400);
    expect(duplicate.body.error.message).toMatch(/“body”, which you may not read/);
    const after = await administrator.request<{ meta: { counts: { all: number } } }>('GET', '/ai-jobs/jobs');
    expect(after.body.meta.counts.all).toBe(before.body.meta.counts.all);
  });
});

describe('rights that go away while a job is at work', () => {
  /** A job of fifty posts by someone of their own, some of them done. */
  async function halfDone(): Promise<{ starter: Hired; job: JobView }> {
    const hired = await hire(administrator, [...STARTER, ...ON_POSTS]);
    ai.setLatency(250);
    ai.respond(() => ok({ metaTitle: 'Written in time' }));
    const documentIds = (await editor.entries(POST, '&pageSize=60')).map(({ documentId }) =>
      String(documentId)
    );
    const job = await hired.client.createJob(fillBody(select(documentIds.slice(0, 50))));
    await administrator.reaches(job.id, (current) => current.counts.completed >= 10);
    return { starter: hired, job };
  }

  /** The job stands still: only what was being written at that moment may have come after `completedThen`. */
  async function standsStill(jobId: string, code: string, completedThen: number): Promise<void> {
    const paused = await administrator.reaches(
      jobId,
      (current) => current.status === 'paused' && current.counts.processing === 0
    );
    expect(paused.reason).toMatchObject({ code });
    expect(paused.counts).toMatchObject({ failed: 0, skipped: 0 });
    expect(paused.counts.completed - completedThen).toBeLessThanOrEqual(10);
    expect(paused.counts.pending).toBeGreaterThan(0);
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect((await administrator.job(jobId)).counts).toEqual(paused.counts);
  }

  test('the starter is deactivated', async () => {
    const { starter: hired, job } = await halfDone();
    const account = `/admin/users/${hired.client.person.id}`;
    await administrator.data('PUT', account, { isActive: false });
    const { counts } = await administrator.job(job.id);
    await standsStill(job.id, 'starter_inactive', counts.completed);
    // Resumed in vain, then with the account active again.
    await administrator.act(job.id, 'resume');
    await standsStill(job.id, 'starter_inactive', counts.completed);
    await administrator.data('PUT', account, { isActive: true });
    await administrator.act(job.id, 'resume');
    const ended = await administrator.ends(job.id);
    expect(ended.counts).toMatchObject({ total: 50, completed: 50 });
  });

  test('the right to edit the type is taken away', async () => {
    const { starter: hired, job } = await halfDone();
    await allow(administrator, hired.roleId, [...STARTER, ...entryRights(POST, ['read'], POST_FIELDS)]);
    const { counts } = await administrator.job(job.id);
    await standsStill(job.id, 'starter_forbidden', counts.completed);
    await allow(administrator, hired.roleId, [...STARTER, ...ON_POSTS]);
    await administrator.act(job.id, 'resume');
    expect((await administrator.ends(job.id)).counts.completed).toBe(50);
  });

  test('the account is deleted', async () => {
    const { starter: hired, job } = await halfDone();
    expect(await statusOf(administrator, 'DELETE', `/admin/users/${hired.client.person.id}`)).toBe(200);
    const { counts } = await administrator.job(job.id);
    await standsStill(job.id, 'starter_inactive', counts.completed);
  });

  test('the right on a field is taken away: entries are skipped, nothing of them is written', async () => {
    const hired = await hire(administrator, [...STARTER, ...ON_POSTS]);
    const documentIds = posts.ids(2);
    const job = await hired.client.createJob(
      fillBody(select(documentIds), {}, { startAt: new Date(Date.now() + 2_500).toISOString() })
    );
    await administrator.reaches(job.id, (current) => current.listed);
    const without = POST_FIELDS.filter((field) => field !== 'metaTitle');
    await allow(administrator, hired.roleId, [...STARTER, ...entryRights(POST, ['read', 'update'], without)]);
    const ended = await administrator.ends(job.id);
    expect(ended.counts).toMatchObject({ total: 2, skipped: 2 });
    for (const item of await administrator.items(job.id))
      expect(item.error).toMatchObject({ code: 'entry_forbidden' });
    expect(ai.calls).toBe(0);
  });
});
