import { describe, expect, test } from 'vitest';
import { isProblemCode, problemSentence } from '../../server/src/contracts/problem';
import type { ReasonParams } from '../../server/src/contracts/reason';
import type { AdminClient, Answer, ErrorBody } from '../bookshop/admin-client';
import type { Bookshop } from '../bookshop/bookshop';
import { fillBody, POST, runJob, type Shelf } from '../bookshop/fill-jobs';
import { useShop } from '../bookshop/use-shop';
import type { FakeOpenAi } from '../fakes/openai-server';

let shop: Bookshop;
let ai: FakeOpenAi;
let editor: AdminClient;
let administrator: AdminClient;
let posts: Shelf;
let documentId: string;

useShop((open) => {
  ({ shop, ai, editor, administrator, posts } = open);
  [documentId = ''] = posts.ids(1);
});

const jobCount = async (): Promise<number> => {
  const answer = await administrator.request<{ meta: { counts: { all: number } } }>('GET', '/ai-jobs/jobs');
  return answer.body.meta.counts.all;
};

/** The places an error names, and their sentences. */
const problemsOf = (answer: Answer<ErrorBody>): Record<string, string> =>
  Object.fromEntries(
    (answer.body.error.details?.errors ?? []).map(({ path, message }) => [path.join('.'), message])
  );

const create = (body: unknown): Promise<Answer<ErrorBody>> => editor.request('POST', '/ai-jobs/jobs', body);

/** What a person reads whose language is Vietnamese: the code’s sentence there, never the English one. */
function inVietnamese(said: { message: string; code?: string; params?: ReasonParams } | undefined): string {
  const code = said?.code ?? '';
  if (!isProblemCode(code)) throw new Error(`“${said?.message ?? ''}” has no code, but ${code}`);
  expect(problemSentence(code, said?.params ?? {})).toBe(said?.message);
  const sentence = problemSentence(code, said?.params ?? {}, 'vi');
  expect(sentence).not.toBe(said?.message);
  expect(sentence).not.toMatch(/\{\w+\}/);
  return sentence;
}

/** The same of an error that is one sentence. */
const wholeInVietnamese = ({ body: { error } }: Answer<ErrorBody>): string =>
  inVietnamese({ message: error.message, ...error.details });

/** Sends a body that must be refused with 400, at that place, with such a sentence; nothing may have been written. */
async function refused(body: unknown, path: string, sentence: RegExp): Promise<void> {
  const before = await jobCount();
  const answer = await create(body);
  expect(answer.body.error).toMatchObject({ status: 400, name: 'ValidationError' });
  expect(answer.status).toBe(400);
  expect(problemsOf(answer)).toHaveProperty([path], expect.stringMatching(sentence));
  expect(answer.body.error.message).toMatch(sentence);
  for (const problem of answer.body.error.details?.errors ?? []) inVietnamese(problem);
  expect(await jobCount()).toBe(before);
  expect(ai.calls).toBe(0);
}

const selected = (): { contentType: string; documentIds: string[] } => ({
  contentType: POST,
  documentIds: [documentId],
});

describe('names that do not exist are answered with the nearest that does', () => {
  test('a content type', () =>
    refused(
      fillBody({ contentType: 'api::posts.post', documentIds: [documentId] }),
      'selection.contentType',
      /no content type “api::posts.post”.*“api::post.post”/
    ));
  test('a content type that is not the project’s to write', () =>
    refused(
      fillBody({ contentType: 'admin::user', documentIds: [documentId] }),
      'selection.contentType',
      /no content type “admin::user”/
    ));
  test('a field', () =>
    refused(
      fillBody(selected(), { outputs: [{ field: 'metaTitel' }] }),
      'settings.outputs.0.field',
      /Post has no field “metaTitel”. Did you mean “metaTitle”/
    ));
  test('a field inside a component', () =>
    refused(
      fillBody(selected(), { outputs: [{ field: 'seo.metaTitel' }] }),
      'settings.outputs.0.field',
      /“seo.metaTitel”.*“seo.metaTitle”/
    ));
  test('a provider', () =>
    refused(
      fillBody(selected(), { provider: 'opneai' }),
      'settings.provider',
      /no provider “opneai”. Did you mean “openai”/
    ));
  test('a saved prompt', () =>
    refused(
      fillBody(selected(), { prompt: undefined, promptId: 'nothing' }),
      'settings.promptId',
      /no saved prompt with the id “nothing”/
    ));
  test('a placeholder, with its line', () =>
    refused(
      fillBody(selected(), { prompt: 'Write about\n{{ titel }}' }),
      'settings.prompt',
      /no placeholder “titel”.*“title”.*line 2/
    ));
  test('an alias', () =>
    refused(
      fillBody(selected(), { prompt: '{{ bok_name }}' }),
      'settings.prompt',
      /“bok_name”.*“book_name”/
    ));
  test('a job type', () =>
    refused({ ...fillBody(selected()), type: 'fill-field' }, 'type', /“fill-field”.*“fill-fields”/));
  test('a job type that only starts from another job', () =>
    refused({ ...fillBody(selected()), type: 'undo' }, 'type', /“undo” are started from another job/));
  test('a language', () =>
    refused(
      fillBody({ ...selected(), locale: 'en-US' }),
      'selection.locale',
      /no language “en-US”.*(“en”|en, vi)/
    ));
  test('several at once are all named', async () => {
    const answer = await create(
      fillBody(selected(), { provider: 'opneai', prompt: '{{ titel }}', outputs: [{ field: 'nope' }] })
    );
    expect(answer.status).toBe(400);
    expect(Object.keys(problemsOf(answer)).sort()).toEqual([
      'settings.outputs.0.field',
      'settings.prompt',
      'settings.provider',
    ]);
  });
});

describe('settings that cannot be', () => {
  test('a field AI may not write', () =>
    refused(
      fillBody(selected(), { outputs: [{ field: 'chapter' }] }),
      'settings.outputs.0.field',
      /AI cannot write the field “chapter” of Post/
    ));
  test('a field of Strapi’s own', () =>
    refused(
      fillBody(selected(), { outputs: [{ field: 'documentId' }] }),
      'settings.outputs.0.field',
      /“documentId”/
    ));
  test('a field twice', () =>
    refused(
      fillBody(selected(), { outputs: [{ field: 'excerpt' }, { field: 'excerpt' }] }),
      'settings.outputs.1.field',
      /“excerpt” is listed twice/
    ));
  test('more characters than the field holds', () =>
    refused(
      fillBody(selected(), { outputs: [{ field: 'metaTitle', maxLength: 71 }] }),
      'settings.outputs.0.maxLength',
      /holds at most 70/
    ));
  test('no prompt, and two', async () => {
    await refused(fillBody(selected(), { prompt: undefined }), 'settings.prompt', /Give either/);
    await refused(fillBody(selected(), { promptId: 'x' }), 'settings.prompt', /Give either/);
  });
  test('a template with a fault', () =>
    refused(fillBody(selected(), { prompt: '{% if title %}open' }), 'settings.prompt', /not closed/));
  test('no field at all', () =>
    refused(fillBody(selected(), { outputs: [] }), 'settings.outputs', /at least one field/));
  test('types, ranges and properties that are not known', async () => {
    await refused(fillBody(selected(), { temperature: 3 }), 'settings.temperature', /<=2|at most 2/i);
    await refused(fillBody(selected(), { temperature: '1' }), 'settings.temperature', /number/);
    await refused(fillBody(selected(), { maxTokens: 0 }), 'settings.maxTokens', /1/);
    await refused(fillBody(selected(), { mode: 'review' }), 'settings.mode', /"apply"\|"publish"/);
    await refused(fillBody(selected(), { modell: 'x' }), 'settings', /modell/);
    await refused(fillBody(selected(), { extra: { messages: [] } }), 'settings.extra', /“messages”/);
    await refused(fillBody(selected(), { model: ' ' }), 'settings.model', /./);
  });
});

describe('selections that cannot be', () => {
  test('none picked', () =>
    refused(
      fillBody({ contentType: POST, documentIds: [] }),
      'selection.documentIds',
      /No entry is selected. Choose at least one/
    ));
  test('nothing that matches', () =>
    refused(
      fillBody({ contentType: POST, filters: { title: { $eq: 'There is no such title' } } }),
      'selection',
      /No entry matches the selection/
    ));
  test('10,001 picked, said of the ids', () =>
    refused(
      fillBody({
        contentType: POST,
        documentIds: Array.from({ length: 10_001 }, (_, index) => `id${index}`),
      }),
      'selection.documentIds',
      /at most 10000 entries/
    ));
  test('ids that are none', () =>
    refused(
      { ...fillBody(selected()), selection: { contentType: POST, documentIds: [1] } },
      'selection.documentIds.0',
      /string/
    ));
  test('a property that a selection has not', () =>
    refused(
      { ...fillBody(selected()), selection: { contentType: POST, filter: {} } },
      'selection',
      /filter/
    ));
  test('no selection', () =>
    refused({ ...fillBody(selected()), selection: undefined }, 'selection', /object/));
  test('a status that there is not', () =>
    refused(
      { ...fillBody(selected()), selection: { contentType: POST, status: 'archived' } },
      'selection.status',
      /"published-modified"/
    ));
  test('a filter on a field that does not exist', () =>
    refused(
      fillBody({ contentType: POST, filters: { titel: { $eq: 'x' } } }),
      'selection.filters',
      /titel.*Filter only on fields that exist and that you may read/
    ));
  test('an operator that does not exist', () =>
    refused(
      fillBody({ contentType: POST, filters: { title: { $equals: 'x' } } }),
      'selection.filters',
      /\$equals/
    ));
  test('a filter on a field of people’s accounts', () =>
    refused(
      fillBody({ contentType: POST, filters: { createdBy: { password: { $startsWith: '$2' } } } }),
      'selection.filters',
      /password|createdBy/
    ));
  test('the count and the sample refuse the same', async () => {
    const selection = { contentType: POST, filters: { titel: { $eq: 'x' } } };
    const count = await editor.request<ErrorBody>('POST', '/ai-jobs/selection/count', { selection });
    expect(count.status).toBe(400);
    expect(count.body.error.message).toMatch(/titel/);
    const sample = await editor.request<ErrorBody>('POST', '/ai-jobs/jobs/sample', fillBody(selection));
    expect(sample.status).toBe(400);
    expect(sample.body.error.message).toMatch(/titel/);
    const none = await editor.request<ErrorBody>(
      'POST',
      '/ai-jobs/jobs/sample',
      fillBody({ contentType: POST, documentIds: [] })
    );
    expect(none.status).toBe(400);
    expect(ai.calls).toBe(0);
  });
});

describe('bodies, addresses and queries', () => {
  test('a job’s own properties', async () => {
    const body = fillBody(selected());
    await refused({ ...body, priority: 'urgent' }, 'priority', /"low"\|"normal"\|"high"/);
    await refused({ ...body, startAt: 'tomorrow' }, 'startAt', /ISO/);
    await refused({ ...body, title: 'x'.repeat(201) }, 'title', /200/);
    await refused({ ...body, titel: 'x' }, '', /titel/);
    await refused([], '', /object/);
  });

  test('no body and malformed JSON', async () => {
    const before = await jobCount();
    expect((await create(undefined)).status).toBe(400);
    const malformed = await fetch(`${shop.url}/ai-jobs/jobs`, {
      method: 'POST',
      headers: { authorization: `Bearer ${editor.token}`, 'content-type': 'application/json' },
      body: '{"type": "fill-fields", ',
    });
    expect(malformed.status).toBe(400);
    expect(await jobCount()).toBe(before);
  });

  test('ids in the address that lead nowhere', async () => {
    const job = await runJob(editor, posts.ids(1));
    const gone: [string, string, unknown?][] = [
      ['GET', '/ai-jobs/jobs/nowhere'],
      ['DELETE', '/ai-jobs/jobs/nowhere'],
      ['GET', '/ai-jobs/jobs/nowhere/items'],
      ['POST', '/ai-jobs/jobs/nowhere/pause', {}],
      ['POST', '/ai-jobs/jobs/nowhere/undo', {}],
      ['POST', '/ai-jobs/jobs/nowhere/duplicate', {}],
      ['GET', `/ai-jobs/jobs/${job.id}/items/999999`],
      ['GET', `/ai-jobs/jobs/${job.id}/items/one`],
      ['POST', `/ai-jobs/jobs/${job.id}/items/999999/retry`, {}],
      ['POST', `/ai-jobs/jobs/${job.id}/items/99999999999999999999/undo`, {}],
      ['GET', '/ai-jobs/prompts/nowhere'],
      ['DELETE', '/ai-jobs/prompts/nowhere'],
    ];
    for (const [method, path, body] of gone) {
      const answer = await editor.request<ErrorBody>(method, path, body);
      expect(`${method} ${path}: ${answer.status}`).toBe(`${method} ${path}: 404`);
      expect(answer.body.error.message.length).toBeGreaterThan(15);
      expect(wholeInVietnamese(answer)).toMatch(/[Kk]hông/);
    }
    const models = await editor.request<ErrorBody>('GET', '/ai-jobs/providers/opneai/models');
    expect(models.status).toBe(404);
    expect(models.body.error.message).toMatch(/“opneai”.*“openai”/);
    expect(wholeInVietnamese(models)).toBe('Không có nhà cung cấp “opneai”. Ý bạn là “openai”?');
    const tested = await administrator.request<ErrorBody>('POST', '/ai-jobs/providers/opneai/test', {});
    expect(tested.status).toBe(404);
  });

  test('queries of lists', async () => {
    const wrong: [string, RegExp][] = [
      ['/ai-jobs/jobs?sort=colour:asc', /sort: .*createdAt, title, status, endedAt/],
      ['/ai-jobs/jobs?page=0', /page/],
      ['/ai-jobs/jobs?page=two', /page/],
      ['/ai-jobs/jobs?pageSize=101', /pageSize.*100/],
      ['/ai-jobs/jobs?status=done', /status.*"completed"/],
      ['/ai-jobs/jobs?createdBy=someone', /createdBy must be "me" or the id/],
      ['/ai-jobs/jobs?colour=red', /colour/],
      ['/ai-jobs/prompts?pageSize=0', /pageSize/],
    ];
    for (const [path, sentence] of wrong) {
      const answer = await editor.request<ErrorBody>('GET', path);
      expect(`${path}: ${answer.status}`).toBe(`${path}: 400`);
      expect(answer.body.error.message).toMatch(sentence);
      for (const problem of answer.body.error.details?.errors ?? []) inVietnamese(problem);
    }
    const job = await runJob(editor, posts.ids(1));
    const items = await editor.request<ErrorBody>('GET', `/ai-jobs/jobs/${job.id}/items?status=done`);
    expect(items.status).toBe(400);
    const beyond = await editor.request<{ data: unknown[] }>('GET', '/ai-jobs/jobs?page=9999');
    expect(beyond).toMatchObject({ status: 200, body: { data: [] } });
  });

  test('actions take no body of their own, and cleaning wants a number of days', async () => {
    const job = await runJob(editor, posts.ids(1));
    expect((await editor.act(job.id, 'undo', { itemId: 1 })).status).toBe(400);
    const clean = await editor.request<ErrorBody>('POST', '/ai-jobs/jobs/clean', { olderThanDays: 'all' });
    expect(clean.status).toBe(400);
    expect(clean.body.error.message).toMatch(/olderThanDays/);
    expect((await editor.request('GET', `/ai-jobs/jobs/${job.id}`)).status).toBe(200);
  });

  test('nobody gets anything without a token', async () => {
    for (const path of ['/ai-jobs/jobs', '/ai-jobs/settings', '/ai-jobs/providers', '/ai-jobs/prompts'])
      expect((await fetch(`${shop.url}${path}`)).status).toBe(401);
  });
});

describe('what does not fit how a job stands is a conflict', () => {
  test('a completed job', async () => {
    const job = await runJob(editor, posts.ids(1), {}, { title: 'Over and done' });
    for (const action of ['pause', 'resume', 'cancel', 'retry']) {
      const answer = await editor.act(job.id, action);
      expect(`${action}: ${answer.status}`).toBe(`${action}: 409`);
      expect(answer.body.error.message).toMatch(
        action === 'retry' ? /nothing to retry/ : /“Over and done” is completed, so it cannot be/
      );
      expect(wholeInVietnamese(answer)).toMatch(
        action === 'retry' ? /không có gì để thử lại/ : /“Over and done” đã hoàn thành, nên không/
      );
    }
    const [item] = await editor.items(job.id);
    const again = await editor.request<ErrorBody>(
      'POST',
      `/ai-jobs/jobs/${job.id}/items/${item?.id ?? 0}/retry`,
      {}
    );
    expect(again.status).toBe(409);
    expect((await editor.job(job.id)).status).toBe('completed');
  });

  test('a job that has not ended', async () => {
    const job = await editor.createJob(
      fillBody(
        { contentType: POST, documentIds: posts.ids(1) },
        {},
        { startAt: new Date(Date.now() + 3_600_000).toISOString() }
      )
    );
    const removal = await editor.request<ErrorBody>('DELETE', `/ai-jobs/jobs/${job.id}`);
    expect(removal.status).toBe(409);
    expect(removal.body.error.message).toMatch(/Cancel it first/);
    expect((await editor.act(job.id, 'undo')).status).toBe(409);
    expect((await editor.act(job.id, 'publish')).status).toBe(409);
    expect((await editor.act(job.id, 'resume')).status).toBe(409);
    expect((await editor.act(job.id, 'cancel')).status).toBe(200);
    expect((await editor.act(job.id, 'cancel')).status).toBe(409);
    expect((await editor.act(job.id, 'retry')).status).toBe(409);
  });

  test('an undo of an undo, and of nothing', async () => {
    const job = await runJob(editor, posts.ids(1));
    const undone = await editor.act(job.id, 'undo');
    expect(undone.status).toBe(201);
    await editor.ends(undone.body.data.id);
    const again = await editor.act(undone.body.data.id, 'undo');
    expect(again.status).toBe(409);
    expect(again.body.error.message).toMatch(/cannot be undone itself/);
    expect(wholeInVietnamese(again)).toMatch(/Không hoàn tác được/);
    const paused = await editor.act(undone.body.data.id, 'pause');
    expect(paused.body.error.message).toMatch(/^The job “Undo · /);
    expect(wholeInVietnamese(paused)).toMatch(/^Công việc “Hoàn tác · /);
    const nothing = await editor.act(job.id, 'undo');
    expect(nothing.status).toBe(409);
    expect(nothing.body.error.message).toMatch(/nothing that could be taken back/);
  });
});
