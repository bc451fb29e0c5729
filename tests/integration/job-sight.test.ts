import { describe, expect, test } from 'vitest';
import type { ItemDetail, JobView, SampleResponse, SelectionCountResponse } from '../../server/src/contracts';
import type { AdminClient, ErrorBody } from '../bookshop/admin-client';
import { fillBody, POST, runJob, type Shelf } from '../bookshop/fill-jobs';
import { entryRights, hire, pluginRights, type Right, ON_POSTS, STARTER } from '../bookshop/people';
import { useShop } from '../bookshop/use-shop';
import { refusal, type FakeOpenAi } from '../fakes/openai-server';

let ai: FakeOpenAi;
let administrator: AdminClient;
let starter: AdminClient;
let posts: Shelf;

useShop(async (open) => {
  ({ ai, administrator, posts } = open);
  ({ client: starter } = await hire(administrator, [...STARTER, ...ON_POSTS]));
});

const person = async (...rights: Right[][]): Promise<AdminClient> =>
  (await hire(administrator, rights.flat())).client;

describe('what a job tells those who may not read its entries', () => {
  const WORDS = 'I do not write about the lighthouse keeper.';
  const OVERSEER = pluginRights('jobs.read', 'jobs.read-all');
  const HIDDEN = 'The model declined to write this text: not shown, because it may hold content';

  /** A job over one post whose model refuses in words of its own, and the post. */
  async function refusedJob(): Promise<{ jobId: string; documentId: string; title: string }> {
    const [{ documentId, title = '' } = { documentId: '' }] = posts.take(1);
    ai.respond(() => refusal(WORDS));
    const job = await runJob(starter, [documentId]);
    expect(job.counts.failed).toBe(1);
    return { jobId: job.id, documentId, title };
  }

  /** Everything that is told of a job's one item. */
  async function told(client: AdminClient, jobId: string, documentId: string) {
    const [item] = await client.items(jobId);
    const detail = await client.data<ItemDetail>('GET', `/ai-jobs/jobs/${jobId}/items/${item?.id ?? 0}`);
    const history = await client.data('GET', `/ai-jobs/entries/${POST}/${documentId}?locale=en`);
    const job = await client.job(jobId);
    return { item, detail, job, all: JSON.stringify([item, detail, history, job]) };
  }

  test('neither titles nor the words of a model', async () => {
    const overseer = await person(OVERSEER);
    const { jobId, documentId, title } = await refusedJob();
    const { item, detail, job, all } = await told(overseer, jobId, documentId);
    expect(item).toMatchObject({ label: documentId, error: { code: 'answer_refused' } });
    expect(item?.error?.message.startsWith(HIDDEN)).toBe(true);
    expect(item?.error?.params.detailCode).toBe('detail_not_yours');
    expect(detail).toMatchObject({ label: documentId, error: { code: 'answer_refused' }, prompt: null });
    expect(job.errorGroups).toMatchObject([
      { exampleLabels: [documentId], error: { code: 'answer_refused' } },
    ]);
    expect(all).not.toContain(title);
    expect(all).not.toContain(WORDS);
    const seen = await told(starter, jobId, documentId);
    expect(seen.item).toMatchObject({ label: title, error: { params: { detail: WORDS } } });
    expect(seen.job.errorGroups).toMatchObject([{ exampleLabels: [title] }]);
  });

  test('a search does not tell them either', async () => {
    const overseer = await person(OVERSEER);
    const { jobId, documentId, title } = await refusedJob();
    const found = (client: AdminClient, search: string) =>
      client.items(jobId, `&search=${encodeURIComponent(search)}`);
    expect(await found(starter, title.slice(0, 8))).toHaveLength(1);
    expect(await found(overseer, title.slice(0, 8))).toEqual([]);
    expect(await found(overseer, title)).toEqual([]);
    expect(await found(overseer, documentId)).toHaveLength(1);
  });

  test('nor does the title of a job that takes one of them back, or a refusal', async () => {
    const manager = await person(pluginRights('jobs.read', 'jobs.manage'));
    const [{ documentId, title = '' } = { documentId: '' }] = posts.take(1);
    const job = await runJob(starter, [documentId]);
    const [item] = await starter.items(job.id);
    const place = `/ai-jobs/jobs/${job.id}/items/${item?.id ?? 0}`;
    const refused = await manager.request<ErrorBody>('POST', `${place}/retry`, {});
    expect(refused.status).toBe(409);
    expect(JSON.stringify(refused.body)).not.toContain(title);
    const undo = await starter.data<JobView>('POST', `${place}/undo`, {});
    expect(undo.title).toBe(`Undo · ${title}`);
    await starter.ends(undo.id);
    expect(await manager.job(undo.id)).toMatchObject({
      title: 'Undo · Post',
      madeTitle: { code: 'undo', params: { title: 'Post' } },
    });
    const list = await manager.request<{ data: JobView[] }>('GET', '/ai-jobs/jobs?type=undo');
    expect(JSON.stringify(list.body)).not.toContain(title);
    const search = async (client: AdminClient, words: string): Promise<string[]> => {
      const answer = await client.request<{ data: JobView[] }>(
        'GET',
        `/ai-jobs/jobs?search=${encodeURIComponent(words)}`
      );
      return answer.body.data.map(({ id }) => id);
    };
    expect(await search(starter, title.slice(0, 8))).toContain(undo.id);
    expect(await search(manager, title.slice(0, 8))).not.toContain(undo.id);
    expect(await search(manager, undo.id)).toEqual([undo.id]);
    expect(await search(manager, job.title.slice(0, 8))).toContain(job.id);
    const ended = await manager.request<ErrorBody>('POST', `/ai-jobs/jobs/${undo.id}/pause`, {});
    expect(ended.status).toBe(409);
    expect(ended.body.error.message).toContain('“Undo · Post”');
    const history = await manager.data('GET', `/ai-jobs/entries/${POST}/${documentId}?locale=en`);
    expect(history).toHaveLength(2);
    expect(JSON.stringify(history)).not.toContain(title);
  });

  test('the words of a model are for who may read all that it was told and was to write', async () => {
    const { jobId, documentId, title } = await refusedJob();
    const half = await person(OVERSEER, entryRights(POST, ['read'], ['title']));
    const whole = await person(OVERSEER, entryRights(POST, ['read'], ['title', 'metaTitle']));
    const untitled = await person(OVERSEER, entryRights(POST, ['read'], ['metaTitle']));
    const some = await told(half, jobId, documentId);
    expect(some.item).toMatchObject({ label: title, error: { code: 'answer_refused' } });
    expect(some.all).not.toContain(WORDS);
    expect((await told(whole, jobId, documentId)).item?.error?.params.detail).toBe(WORDS);
    expect((await told(untitled, jobId, documentId)).all).not.toContain(title);
  });

  test('entries are called by the field that was the main one when the job was made', async () => {
    const configuration = `/content-manager/content-types/${POST}/configuration`;
    const { contentType } = await administrator.data<{
      contentType: { settings: { mainField: string } };
    }>('GET', configuration);
    const callThemBy = (mainField: string) =>
      administrator.data('PUT', configuration, { settings: { ...contentType.settings, mainField } });
    const [{ documentId } = { documentId: '' }] = posts.take(1);
    const metaTitle = 'Known to few people only';
    await administrator.data('PUT', `/content-manager/collection-types/${POST}/${documentId}?locale=en`, {
      metaTitle,
    });
    const titles = await person(OVERSEER, entryRights(POST, ['read'], ['title']));
    const metaTitles = await person(OVERSEER, entryRights(POST, ['read'], ['metaTitle']));
    let jobId: string;
    let undo: JobView;
    await callThemBy('metaTitle');
    try {
      jobId = (await runJob(starter, [documentId])).id;
      const [item] = await starter.items(jobId);
      expect(item?.label).toBe(metaTitle);
      undo = await starter.data<JobView>('POST', `/ai-jobs/jobs/${jobId}/items/${item?.id ?? 0}/undo`, {});
    } finally {
      await callThemBy(contentType.settings.mainField);
    }
    await starter.ends(undo.id);
    const found = async (client: AdminClient): Promise<string[]> => {
      const answer = await client.request<{ data: JobView[] }>(
        'GET',
        '/ai-jobs/jobs?search=Known%20to%20few'
      );
      return answer.body.data.map(({ id }) => id);
    };
    for (const id of [jobId, undo.id]) {
      expect((await metaTitles.items(id))[0]?.label).toBe(metaTitle);
      expect((await titles.items(id))[0]?.label).toBe(documentId);
    }
    expect((await metaTitles.job(undo.id)).title).toBe(`Undo · ${metaTitle}`);
    expect((await titles.job(undo.id)).title).toBe('Undo · Post');
    expect(await found(metaTitles)).toContain(undo.id);
    expect(await found(titles)).not.toContain(undo.id);
  });
});

describe('what those are told who try a job before they make one', () => {
  test('titles where they may read them', async () => {
    const [{ documentId, title = '' } = { documentId: '' }] = posts.take(1);
    const selection = { contentType: POST, documentIds: [documentId], locale: 'en' };
    const body = fillBody(selection, { prompt: 'Write something.' });
    const rights = ['read', 'update'].flatMap((action) => entryRights(POST, [action], ['metaTitle']));
    const untitled = await person(STARTER, rights);
    for (const [client, label] of [
      [untitled, documentId],
      [starter, title],
    ] as const) {
      const count = await client.data<SelectionCountResponse['data']>('POST', '/ai-jobs/selection/count', {
        selection,
      });
      expect(count).toMatchObject({ total: 1, exampleLabels: [label] });
      const sample = await client.data<SampleResponse['data']>('POST', '/ai-jobs/jobs/sample', body);
      expect(sample.entries).toMatchObject([{ documentId, label, error: null }]);
    }
  });

  test('what was made for a field that they may only write, not what stands in it', async () => {
    const [{ documentId } = { documentId: '' }] = posts.take(1);
    const words = 'What stands there by now';
    await administrator.data('PUT', `/content-manager/collection-types/${POST}/${documentId}?locale=en`, {
      metaTitle: words,
    });
    const body = fillBody(
      { contentType: POST, documentIds: [documentId], locale: 'en' },
      { outputs: [{ field: 'metaTitle', overwrite: 'always' }] }
    );
    const writesOnly = await person(
      STARTER,
      entryRights(POST, ['read'], ['title']),
      entryRights(POST, ['update'], ['metaTitle'])
    );
    const before = async (client: AdminClient): Promise<unknown> => {
      const { entries } = await client.data<SampleResponse['data']>('POST', '/ai-jobs/jobs/sample', body);
      expect(entries[0]?.values.metaTitle?.proposed).toEqual(expect.any(String));
      return entries[0]?.values.metaTitle?.before;
    };
    expect(await before(starter)).toBe(words);
    expect(await before(writesOnly)).toBeNull();
  });
});
