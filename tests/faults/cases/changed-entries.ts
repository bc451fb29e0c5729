import { expect } from 'vitest';
import { POST, fillBody } from '../../bookshop/fill-jobs';
import { ok } from '../../fakes/openai-server';
import { wordsOf } from '../harness/faulty-provider';
import { withoutField } from '../../bookshop/changed-project';
import type { FaultCase } from './fault-case';

const POSTS = 12;

const changedMeanwhile: FaultCase = {
  chapter: 9,
  title: 'entries edited, deleted, unpublished while their items run: a person’s doing stays as it is',
  async run(world) {
    const shop = await world.anyShop();
    const editor = await shop.editor();
    const posts = await world.newPosts(POSTS);
    const [edited, deleted, unpublished] = posts;
    if (!edited || !deleted || !unpublished) throw new Error('There are too few posts.');
    const at = `/content-manager/collection-types/${POST}`;
    const publish = await editor.request(
      'POST',
      `${at}/${unpublished.documentId}/actions/publish?locale=en`,
      {}
    );
    expect(publish.status).toBe(200);
    world.provider.behave(async (call) => {
      let status = 200;
      if (call.title === edited.title)
        status = (
          await editor.edit(POST, edited.documentId, { metaTitle: 'Words of a person' }, '?locale=en')
        ).status;
      if (call.title === deleted.title)
        status = (await editor.request('DELETE', `${at}/${deleted.documentId}?locale=en`)).status;
      if (call.title === unpublished.title)
        status = (
          await editor.request('POST', `${at}/${unpublished.documentId}/actions/unpublish?locale=en`, {})
        ).status;
      if (status >= 300) throw new Error(`The editor was answered ${status}.`);
      return null;
    });
    const job = await world.startJob(shop, posts);
    const ended = await world.ends(shop, job.id);
    expect(ended.counts).toMatchObject({ total: POSTS, conflict: 2, skipped: 1, completed: POSTS - 3 });
    const client = await shop.admin();
    expect((await client.entry(POST, edited.documentId, '?locale=en')).metaTitle).toBe('Words of a person');
    const items = await client.items(job.id);
    const codeOf = (documentId: string) => items.find((item) => item.documentId === documentId)?.error?.code;
    expect(codeOf(edited.documentId)).toBe('edited_meanwhile');
    expect(codeOf(deleted.documentId)).toBe('entry_gone');
    expect(codeOf(unpublished.documentId)).toBe('entry_moved_meanwhile');
  },
};

const fieldRemoved: FaultCase = {
  chapter: 9,
  title: 'the field removed from the schema by a deployment in mid-job: the rest fails, and says why',
  async run(world) {
    const shop = await world.anyShop();
    const posts = await world.newPosts(POSTS);
    world.provider.behave((call) => ok({ metaTitle: wordsOf(call), excerpt: 'A teaser.' }));
    world.provider.ai.setLatency(300);
    const job = await (
      await shop.admin()
    ).createJob(
      fillBody(
        { contentType: POST, documentIds: posts.map((post) => post.documentId) },
        { outputs: [{ field: 'metaTitle' }, { field: 'excerpt' }] }
      )
    );
    world.watch(job.id, posts);
    await (await shop.admin()).reaches(job.id, ({ counts }) => counts.completed >= 2);
    await world.kill(shop);
    const project = await withoutField('post', 'excerpt');
    try {
      const deployed = await world.serve({ project: project.folder });
      const ended = await world.ends(deployed, job.id);
      expect(ended.counts.completed).toBeGreaterThanOrEqual(2);
      expect(ended.counts.completed + ended.counts.failed).toBe(POSTS);
      const client = await deployed.admin();
      const failed = await client.items(job.id, '&status=failed');
      expect(new Set(failed.map((item) => item.error?.code))).toEqual(new Set(['field_gone']));
      expect(failed[0]?.error?.message).toContain('excerpt');
      await world.stop(deployed);
    } finally {
      world.provider.ai.setLatency(0);
      await project.remove();
      // The field comes back with the next start, and the database's notes with it.
      await world.anyShop();
      await world.ground.noteWrites();
    }
  },
};

export const CHANGED_ENTRIES: FaultCase[] = [changedMeanwhile, fieldRemoved];
