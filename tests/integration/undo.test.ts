import { describe, expect, test } from 'vitest';
import type { JobDetail } from '../../server/src/contracts';
import type { AdminClient } from '../bookshop/admin-client';
import type { Bookshop } from '../bookshop/bookshop';
import { fillBody, POST, runJob, type Shelf, runAction } from '../bookshop/fill-jobs';
import { useShop } from '../bookshop/use-shop';
import { hang, ok, refusal, type FakeOpenAi } from '../fakes/openai-server';

let shop: Bookshop;
let ai: FakeOpenAi;
let editor: AdminClient;
let posts: Shelf;

useShop((open) => ({ shop, ai, editor, posts } = open));

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

const undo = (job: { id: string }): Promise<JobDetail> => runAction(editor, `/ai-jobs/jobs/${job.id}/undo`);

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
    const one = await runAction(editor, `/ai-jobs/jobs/${job.id}/items/${first?.id ?? 0}/undo`);
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
    const publishing = await runAction(editor, `/ai-jobs/jobs/${job.id}/publish`);
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
    const again = await runAction(editor, `/ai-jobs/jobs/${job.id}/publish`);
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
