import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { JobDetail, JobView } from '../../server/src/contracts';
import type { AdminClient, ErrorBody } from '../bookshop/admin-client';
import { startBookshop, type Bookshop } from '../bookshop/bookshop';
import { fillBody, POST, QUICK, runJob, Shelf } from '../bookshop/fill-jobs';
import { hang, ok, refusal, startOpenAiServer, type FakeOpenAi } from '../fakes/openai-server';
import { waitFor } from '../wait-for';

let shop: Bookshop;
let ai: FakeOpenAi;
let editor: AdminClient;
let posts: Shelf;

beforeAll(async () => {
  ai = await startOpenAiServer();
  shop = await startBookshop({
    config: QUICK,
    environment: { OPENAI_API_KEY: 'sk-test-key-1234', OPENAI_BASE_URL: ai.url },
  });
  editor = await shop.editor();
  posts = await Shelf.of(editor, POST);
});

afterAll(async () => {
  await shop?.remove();
  await ai?.close();
});

beforeEach(() => {
  ai.respond(null);
  ai.setLatency(0);
  ai.reset();
});

type Entry = Record<string, unknown>;

const draft = (documentId: string): Promise<Entry> => editor.entry(POST, documentId, '?locale=en');
const published = (documentId: string): Promise<Entry> =>
  editor.entry(POST, documentId, '?status=published&locale=en');
const edit = (documentId: string, change: Entry) => editor.edit(POST, documentId, change, '?locale=en');
const isPublished = (entry: { status: string }): boolean => entry.status === 'published';
const textsOf = ({ title, metaTitle, excerpt, level, summary, facts, seo }: Entry): Entry => ({
  title,
  metaTitle,
  excerpt,
  level,
  summary,
  facts,
  seo,
});

/** Starts an action that makes a job, and waits for the end of that one. */
async function made(path: string): Promise<JobDetail> {
  const job = await editor.data<JobView>('POST', path, {});
  return editor.ends(job.id);
}
const undo = (job: { id: string }): Promise<JobDetail> => made(`/ai-jobs/jobs/${job.id}/undo`);

describe('undoing', () => {
  test('a job puts back what every field held before, as a job of its own', async () => {
    const documentIds = [
      ...posts.ids(1, (entry) => entry.title === 'Polaris without a compass'),
      ...posts.ids(4),
    ];
    const before = await Promise.all(documentIds.map(draft));
    ai.respond(() =>
      ok({
        metaTitle: 'New title',
        excerpt: 'New excerpt',
        level: 'advanced',
        summary: '# New',
        facts: '{"new": true}',
        seo__metaTitle: 'New for search engines',
      })
    );
    const fields = ['metaTitle', 'excerpt', 'level', 'summary', 'facts', 'seo.metaTitle'];
    const job = await runJob(editor, documentIds, { outputs: fields.map((field) => ({ field })) });
    expect(job.counts.completed).toBe(5);
    expect(job.actions).toContain('undo');
    const calls = ai.calls;

    const undoing = await undo(job);
    expect(undoing).toMatchObject({
      type: 'undo',
      title: `Undo · ${job.title}`,
      madeTitle: { code: 'undo', params: { title: job.title } },
      sourceJobId: job.id,
      status: 'completed',
      progress: 1,
      counts: { total: 5, completed: 5 },
      createdBy: { id: editor.person.id },
    });
    expect(ai.calls).toBe(calls);
    const after = await Promise.all(documentIds.map(draft));
    const [first, ...others] = after;
    expect(textsOf(first ?? {})).toEqual(textsOf(before[0] ?? {}));
    others.forEach((entry, index) => {
      const { seo, ...texts } = textsOf(entry);
      const { seo: seoBefore, ...textsBefore } = textsOf(before[index + 1] ?? {});
      expect(texts).toEqual(textsBefore);
      // The component that the job made stays, empty.
      expect((seo as Entry | null)?.metaTitle ?? null).toEqual(
        (seoBefore as Entry | null)?.metaTitle ?? null
      );
    });
    for (const item of await editor.items(undoing.id)) expect(item.message).toMatchObject({ code: 'undone' });
    for (const item of await editor.items(job.id)) expect(item.undoable).toBe(false);
    const source = await editor.job(job.id);
    expect(source.timeline.at(-1)).toMatchObject({ event: 'undone', person: { id: editor.person.id } });
    expect((await editor.act(job.id, 'undo')).status).toBe(409);
  });

  test('what a person edited since is listed and left alone, the rest is put back', async () => {
    const [untouched = '', edited = '', partly = '', elsewhere = ''] = posts.ids(4);
    const before = await Promise.all([untouched, edited, partly, elsewhere].map(draft));
    ai.respond(() => ok({ metaTitle: 'From the job', excerpt: 'Also from the job' }));
    const job = await runJob(editor, [untouched, edited, partly, elsewhere], {
      outputs: [{ field: 'metaTitle' }, { field: 'excerpt' }],
    });
    await edit(edited, { metaTitle: 'From a person', excerpt: 'From a person' });
    await edit(partly, { metaTitle: 'From a person' });
    await edit(elsewhere, { title: 'A title the job never wrote' });

    const undoing = await undo(job);
    expect(undoing.counts).toMatchObject({ total: 4, completed: 3, conflict: 1 });
    const items = await editor.items(undoing.id);
    const itemOf = (documentId: string) => items.find((item) => item.documentId === documentId);
    expect(itemOf(edited)).toMatchObject({
      status: 'conflict',
      error: { code: 'edited_since', params: { fields: 'metaTitle, excerpt' } },
    });
    expect(itemOf(partly)).toMatchObject({
      status: 'completed',
      message: { code: 'undone_partly', params: { fields: 'metaTitle' } },
    });
    expect(await draft(untouched)).toMatchObject({
      metaTitle: before[0]?.metaTitle,
      excerpt: before[0]?.excerpt,
    });
    expect(await draft(edited)).toMatchObject({ metaTitle: 'From a person', excerpt: 'From a person' });
    expect(await draft(partly)).toMatchObject({
      metaTitle: 'From a person',
      excerpt: before[2]?.excerpt,
    });
    expect(await draft(elsewhere)).toMatchObject({
      title: 'A title the job never wrote',
      metaTitle: before[3]?.metaTitle,
      excerpt: before[3]?.excerpt,
    });
    // What was left alone can be asked for again; what was put back cannot.
    const source = await editor.items(job.id);
    expect(source.find((item) => item.documentId === edited)?.undoable).toBe(true);
    expect(source.find((item) => item.documentId === untouched)?.undoable).toBe(false);
  });

  test('one item of a job, and then the rest', async () => {
    const documentIds = posts.ids(3);
    const before = await Promise.all(documentIds.map(draft));
    ai.respond(() => ok({ metaTitle: 'From the job' }));
    const job = await runJob(editor, documentIds);
    const [first] = await editor.items(job.id);
    const one = await made(`/ai-jobs/jobs/${job.id}/items/${first?.id ?? 0}/undo`);
    expect(one).toMatchObject({ type: 'undo', counts: { total: 1, completed: 1 } });
    expect((await draft(documentIds[0] ?? '')).metaTitle).toBe(before[0]?.metaTitle);
    expect((await draft(documentIds[1] ?? '')).metaTitle).toBe('From the job');
    const again = await editor.request('POST', `/ai-jobs/jobs/${job.id}/items/${first?.id ?? 0}/undo`, {});
    expect(again.status).toBe(409);
    const rest = await undo(job);
    expect(rest.counts).toMatchObject({ total: 2, completed: 2 });
    const after = await Promise.all(documentIds.map(draft));
    expect(after.map((entry) => entry.metaTitle)).toEqual(before.map((entry) => entry.metaTitle));
  });

  test('what a job published is published again as it was, unless the draft holds something else', async () => {
    const [clean = '', modified = ''] = posts.ids(2, isPublished);
    const before = await Promise.all([clean, modified].map(published));
    ai.respond(() => ok({ metaTitle: 'Published by the job' }));
    const job = await runJob(editor, [clean, modified], { mode: 'publish' });
    expect((await published(clean)).metaTitle).toBe('Published by the job');
    await edit(modified, { excerpt: 'Not to be published yet' });

    const undoing = await undo(job);
    expect(undoing.counts).toMatchObject({ total: 2, completed: 2 });
    expect((await published(clean)).metaTitle).toBe(before[0]?.metaTitle);
    expect(await draft(clean)).toMatchObject({ metaTitle: before[0]?.metaTitle, status: 'published' });
    expect(await published(modified)).toMatchObject({
      metaTitle: 'Published by the job',
      excerpt: before[1]?.excerpt,
    });
    expect(await draft(modified)).toMatchObject({
      metaTitle: before[1]?.metaTitle,
      excerpt: 'Not to be published yet',
    });
    const items = await editor.items(undoing.id);
    expect(items.find((item) => item.documentId === modified)?.message).toMatchObject({
      code: 'not_published_other_changes',
    });
  });

  test('an entry deleted since is skipped, not brought back', async () => {
    const [documentId = ''] = posts.ids(1);
    const job = await runJob(editor, [documentId]);
    const administrator = await shop.admin();
    await administrator.request('DELETE', `/content-manager/collection-types/${POST}/${documentId}?locale=*`);
    const undoing = await undo(job);
    expect(undoing.counts).toMatchObject({ total: 1, skipped: 1 });
    expect((await editor.items(undoing.id))[0]?.error).toMatchObject({ code: 'entry_gone' });
    const answer = await editor.request('GET', `/content-manager/collection-types/${POST}/${documentId}`);
    expect(answer.status).toBe(404);
  });

  test('a cancelled job can be undone as far as it came', async () => {
    const documentIds = posts.ids(4);
    const before = await Promise.all(documentIds.map(draft));
    ai.respond((_request, index) => (index < 2 ? ok({ metaTitle: 'Before the stop' }) : hang()));
    const job = await editor.createJob(fillBody({ contentType: POST, documentIds }));
    await editor.reaches(job.id, (current) => current.counts.completed === 2);
    await editor.act(job.id, 'cancel');
    const ended = await editor.ends(job.id);
    expect(ended.counts).toMatchObject({ total: 4, completed: 2, cancelled: 2 });
    const undoing = await undo(job);
    expect(undoing.counts).toMatchObject({ total: 2, completed: 2 });
    const after = await Promise.all(documentIds.map(draft));
    expect(after.map((entry) => entry.metaTitle)).toEqual(before.map((entry) => entry.metaTitle));
  });
});

describe('publishing what a job wrote', () => {
  test('drafts are published unless someone has edited them since', async () => {
    const [clean = '', edited = '', unfinished = '', never = ''] = [
      ...posts.ids(3, isPublished),
      ...posts.ids(1, (entry) => entry.status === 'draft'),
    ];
    await edit(unfinished, { excerpt: 'Begun before the job, not to be seen yet' });
    ai.respond(() => ok({ metaTitle: 'Looked at and good' }));
    const job = await runJob(editor, [clean, edited, unfinished, never]);
    expect(job.actions).toContain('publish');
    await edit(edited, { excerpt: 'Edited at once after the job' });
    const publishing = await made(`/ai-jobs/jobs/${job.id}/publish`);
    expect(publishing).toMatchObject({ type: 'publish-items', sourceJobId: job.id });
    expect(publishing.counts).toMatchObject({ total: 4, completed: 2, conflict: 1, skipped: 1 });
    expect((await published(clean)).metaTitle).toBe('Looked at and good');
    expect((await published(never)).metaTitle).toBe('Looked at and good');
    for (const left of [edited, unfinished]) {
      expect((await published(left)).metaTitle).not.toBe('Looked at and good');
    }
    const items = await editor.items(publishing.id);
    expect(items.find((item) => item.documentId === edited)).toMatchObject({
      status: 'conflict',
      error: { code: 'draft_edited_since' },
    });
    expect(items.find((item) => item.documentId === unfinished)).toMatchObject({
      status: 'skipped',
      error: { code: 'not_published_other_changes' },
    });
    const again = await made(`/ai-jobs/jobs/${job.id}/publish`);
    expect(again.counts).toMatchObject({ total: 4, skipped: 3, conflict: 1 });

    // What was not published because it was, and is not any more, can be.
    const already = (await editor.items(again.id)).find((item) => item.documentId === clean);
    expect(already).toMatchObject({ status: 'skipped', error: { code: 'already_published' } });
    const address = `/content-manager/collection-types/${POST}/${clean}/actions/unpublish?locale=en`;
    expect((await editor.request('POST', address, {})).status).toBe(200);
    await editor.data('POST', `/ai-jobs/jobs/${again.id}/items/${already?.id ?? 0}/retry`, {});
    expect((await editor.ends(again.id)).counts).toMatchObject({ completed: 1, skipped: 2, conflict: 1 });
    expect((await published(clean)).metaTitle).toBe('Looked at and good');
  });

  test('a job that wrote nothing has nothing to publish', async () => {
    ai.respond(() => refusal('No.'));
    const job = await runJob(editor, posts.ids(1));
    const answer = await editor.act(job.id, 'publish');
    expect(answer.status).toBe(409);
    expect(answer.body.error.message).toMatch(/nothing that could be published/);
  });
});

describe('stopping and going on', () => {
  test('cancel ends the running calls at once, and nothing more is written', async () => {
    ai.respond(() => hang());
    const job = await editor.createJob(fillBody({ contentType: POST, documentIds: posts.ids(14) }));
    await ai.waitForCalls(10, 30_000);
    const answer = await editor.act(job.id, 'cancel');
    expect(answer.status).toBe(200);
    expect(answer.body.data.status).toBe('cancelled');
    const cancelledAt = Date.now();
    await waitFor(() => ai.aborted === 10, { what: 'the running calls to be given up' });
    expect(Date.now() - cancelledAt).toBeLessThan(2_000);
    const ended = await editor.ends(job.id);
    expect(ended).toMatchObject({
      status: 'cancelled',
      reason: { code: 'cancelled_by_person' },
      counts: { total: 14, cancelled: 14, pending: 0, processing: 0 },
    });
    expect(ended.actions).not.toContain('resume');
    expect(ai.calls).toBe(10);
  });

  test('a paused job starts nothing more, and goes on where it stopped', async () => {
    ai.setLatency(150);
    const job = await editor.createJob(fillBody({ contentType: POST, documentIds: posts.ids(30) }));
    await editor.reaches(job.id, (current) => current.counts.completed > 0);
    const paused = await editor.act(job.id, 'pause');
    expect(paused.body.data).toMatchObject({ status: 'paused', reason: { code: 'paused_by_person' } });
    const still = await editor.reaches(job.id, (current) => current.counts.processing === 0);
    expect(still.status).toBe('paused');
    expect(still.counts.pending).toBeGreaterThan(0);
    const calls = ai.calls;
    const completed = still.counts.completed;
    // Long enough for the next look of a reconciler.
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(ai.calls).toBe(calls);
    expect((await editor.job(job.id)).counts.completed).toBe(completed);
    expect((await editor.act(job.id, 'pause')).status).toBe(409);

    expect((await editor.act(job.id, 'resume')).body.data.status).toBe('processing');
    const ended = await editor.ends(job.id);
    expect(ended).toMatchObject({ status: 'completed', counts: { total: 30, completed: 30 } });
    expect(ended.timeline.map(({ event }) => event)).toEqual([
      'created',
      'started',
      'paused',
      'resumed',
      'completed',
    ]);
    expect(ai.calls).toBe(30);
  });

  test('a duplicate runs the same over the same entries', async () => {
    const documentIds = posts.ids(2);
    ai.respond(() => ok({ metaTitle: 'First time' }));
    const job = await runJob(editor, documentIds, { temperature: 0.4 }, { title: 'Again and again' });
    ai.respond(() => ok({ metaTitle: 'Second time' }));
    const again = await made(`/ai-jobs/jobs/${job.id}/duplicate`);
    expect(again.id).not.toBe(job.id);
    expect(again).toMatchObject({ type: 'fill-fields', title: job.title, settings: job.settings });
    expect(again.counts).toMatchObject({ total: 2, completed: 2 });
    expect((await draft(documentIds[0] ?? '')).metaTitle).toBe('Second time');
    expect(ai.lastRequest?.body.temperature).toBe(0.4);
    // The duplicate is a job like any other.
    const third = await made(`/ai-jobs/jobs/${again.id}/duplicate`);
    expect(third.counts.completed).toBe(2);
    const undone = await undo(third);
    expect(undone.counts.completed).toBe(2);
  });

  test('a skipped item can be run alone', async () => {
    const [documentId = ''] = posts.ids(1);
    await edit(documentId, { metaTitle: 'Mine' });
    const job = await runJob(editor, [documentId], {
      outputs: [{ field: 'metaTitle', overwrite: 'ifEmpty' }],
    });
    expect(job.counts.skipped).toBe(1);
    await edit(documentId, { metaTitle: '' });
    const [item] = await editor.items(job.id);
    await editor.data('POST', `/ai-jobs/jobs/${job.id}/items/${item?.id ?? 0}/retry`, {});
    const ended = await editor.ends(job.id);
    expect(ended.counts).toMatchObject({ total: 1, completed: 1, skipped: 0 });
  });
});

describe('deleting jobs', () => {
  test('a deleted job is gone with its items; what it wrote stays', async () => {
    const [documentId = ''] = posts.ids(1);
    ai.respond(() => ok({ metaTitle: 'Stays' }));
    const job = await runJob(editor, [documentId]);
    expect((await editor.request('DELETE', `/ai-jobs/jobs/${job.id}`)).status).toBe(204);
    expect((await editor.request('GET', `/ai-jobs/jobs/${job.id}`)).status).toBe(404);
    expect((await editor.request('GET', `/ai-jobs/jobs/${job.id}/items`)).status).toBe(404);
    expect((await draft(documentId)).metaTitle).toBe('Stays');
  });

  test('cleaning deletes what ended long enough ago, and of the person only', async () => {
    const administrator = await shop.admin();
    const theirs = await administrator.createJob(fillBody({ contentType: POST, documentIds: posts.ids(1) }));
    await administrator.ends(theirs.id);
    const waiting = await editor.createJob(
      fillBody(
        { contentType: POST, documentIds: posts.ids(1) },
        {},
        { startAt: new Date(Date.now() + 3_600_000).toISOString() }
      )
    );
    const young = await editor.data<{ deleted: number }>('POST', '/ai-jobs/jobs/clean', { olderThanDays: 1 });
    expect(young.deleted).toBe(0);
    const all = await editor.data<{ deleted: number }>('POST', '/ai-jobs/jobs/clean', { olderThanDays: 0 });
    expect(all.deleted).toBeGreaterThan(5);
    const left = await editor.request<{ data: JobView[] } & ErrorBody>('GET', '/ai-jobs/jobs');
    expect(left.body.data.map(({ id }) => id)).toEqual([waiting.id]);
    expect((await administrator.job(theirs.id)).id).toBe(theirs.id);
  });
});
