import { describe, expect, test } from 'vitest';
import type { JobDetail } from '../../server/src/contracts';
import type { AdminClient } from '../bookshop/admin-client';
import { fillBody, POST, runJob, type Shelf, runAction } from '../bookshop/fill-jobs';
import { useShop } from '../bookshop/use-shop';
import { hang, ok, type FakeOpenAi } from '../fakes/openai-server';
import { waitFor } from '../wait-for';

let ai: FakeOpenAi;
let editor: AdminClient;
let posts: Shelf;

useShop((open) => ({ ai, editor, posts } = open));

type Entry = Record<string, unknown>;

const draft = (documentId: string): Promise<Entry> => editor.entry(POST, documentId, '?locale=en');
const edit = (documentId: string, change: Entry) => editor.edit(POST, documentId, change, '?locale=en');

const undo = (job: { id: string }): Promise<JobDetail> => runAction(editor, `/ai-jobs/jobs/${job.id}/undo`);

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
    const again = await runAction(editor, `/ai-jobs/jobs/${job.id}/duplicate`);
    expect(again.id).not.toBe(job.id);
    expect(again).toMatchObject({ type: 'fill-fields', title: job.title, settings: job.settings });
    expect(again.counts).toMatchObject({ total: 2, completed: 2 });
    expect((await draft(documentIds[0] ?? '')).metaTitle).toBe('Second time');
    expect(ai.lastRequest?.body.temperature).toBe(0.4);
    // The duplicate is a job like any other.
    const third = await runAction(editor, `/ai-jobs/jobs/${again.id}/duplicate`);
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
