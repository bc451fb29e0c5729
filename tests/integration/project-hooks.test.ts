import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { JobView } from '../../server/src/contracts';
import type { AdminClient } from '../bookshop/admin-client';
import { ROOT, startBookshop, type Bookshop } from '../bookshop/bookshop';
import { withBootstrap, type ChangedProject } from '../bookshop/changed-project';
import { fillBody, POST, QUICK, runJob, Shelf, type ListedEntry } from '../bookshop/fill-jobs';
import { ok, startOpenAiServer, type FakeOpenAi } from '../fakes/openai-server';
import { databaseEnvironment } from '../services/database-environment';
import { isMissing } from '../services/missing';
import {
  findPostgres,
  startPostgres,
  type PostgresConnection,
  type PostgresService,
} from '../services/postgres';
import { waitFor } from '../wait-for';

const AT_ONCE = 6;
/** The title of the entry whose saving changes others. */
const TOUCHES_OTHERS = 'Words that touch others';
const BY_A_HOOK = 'Words of a hook';
/** What the shop's code does not keep as it was written, the first time. */
const NOT_KEPT = 'Words that are not kept';
/** After these have been written, the shop cannot read entries for a moment. */
const READ_BADLY = 'Words that are read badly';

/** While these are being saved, the shop asks somebody else, for longer than two leases. */
const TAKES_LONG = 'Words that take long';
const TAKES_MS = 2.5 * QUICK.leaseMs;
/** The database refuses these only when they are to be committed. */
const NOT_COMMITTED = 'Words that are not committed';
/** When these are to be committed, the database cuts the connection off, the first time. */
const CUT_OFF = 'Words that are cut off';

/**
 * What the shop's own code does: it writes down every event of a saved entry, and when an entry with a certain title has been
 * saved, it changes all entries that wait for theirs.
 */
const code = (eventsFile: string): string => `
  const { appendFileSync } = require('node:fs');
  strapi.eventHub.on('entry.update', (event) =>
    appendFileSync(${JSON.stringify(eventsFile)}, JSON.stringify(event) + '\\n')
  );
  strapi.db.lifecycles.subscribe({
    models: ['${POST}'],
    async afterUpdate({ result }) {
      if (result.metaTitle !== '${TOUCHES_OTHERS}') return;
      const others = await strapi.db
        .query('${POST}')
        .findMany({ where: { metaTitle: 'Waits', publishedAt: null, locale: 'en' } });
      for (const { id } of others)
        await strapi.db.query('${POST}').update({ where: { id }, data: { metaTitle: '${BY_A_HOOK}' } });
    },
  });
  strapi.db.lifecycles.subscribe({
    models: ['${POST}'],
    async beforeUpdate({ params }) {
      if (params.data.metaTitle === '${TAKES_LONG}') await new Promise((resolve) => setTimeout(resolve, ${TAKES_MS}));
      if (params.data.metaTitle !== '${NOT_KEPT}' || globalThis.keeps) return;
      params.data.metaTitle += ', indeed';
      globalThis.keeps = true;
    },
    beforeFindMany({ params }) {
      // Nobody but the plugin asks for just this: it looks at what it has written.
      if (!globalThis.readsBadly || !JSON.stringify(params.select ?? []).includes('updatedAt')) return;
      globalThis.readsBadly = false;
      throw new Error('The shop cannot read now.');
    },
    afterUpdate({ result }) {
      if (result.metaTitle === '${READ_BADLY}') globalThis.readsBadly = true;
    },
  });
`;

const isPublished = ({ status }: ListedEntry): boolean => status === 'published';

interface EntryEvent {
  uid: string;
  entry: { documentId: string; metaTitle: string | null; chapter: { name: string } | null };
}

describe.each(['SQLite', 'PostgreSQL'] as const)('a project with hooks of its own', (database) => {
  const isAway = database === 'PostgreSQL' && isMissing(findPostgres());
  describe.skipIf(isAway)(`on ${database}`, () => {
    let ai: FakeOpenAi;
    let postgres: PostgresService | null;
    let connection: PostgresConnection | undefined;
    let project: ChangedProject;
    let eventsFolder: string;
    let shop: Bookshop;
    let editor: AdminClient;
    let posts: Shelf;

    beforeAll(async () => {
      ai = await startOpenAiServer();
      eventsFolder = await mkdtemp(path.join(tmpdir(), 'ai-jobs-events-'));
      project = await withBootstrap(code(path.join(eventsFolder, 'events')));
      postgres = database === 'PostgreSQL' ? await startPostgres() : null;
      if (database === 'PostgreSQL' && !postgres) throw new Error('There is no PostgreSQL on the PATH.');
      connection = await postgres?.createDatabase('hooks');
      shop = await startBookshop({
        config: QUICK,
        project: project.folder,
        ...(connection ? { database: 'empty' as const } : {}),
        environment: {
          OPENAI_API_KEY: 'sk-test-key-1234',
          OPENAI_BASE_URL: ai.url,
          // A project elsewhere has no plugin two folders up.
          BOOKSHOP_PLUGIN: ROOT,
          ...(connection ? databaseEnvironment('postgres', connection) : {}),
        },
      });
      editor = await shop.editor();
      posts = await Shelf.of(editor, POST);
    });
    beforeEach(() => {
      ai.respond(null);
      ai.reset();
    });
    afterAll(async () => {
      await shop?.remove();
      await project?.remove();
      await postgres?.stop();
      await ai?.close();
      await rm(eventsFolder, { recursive: true, force: true });
    });

    const events = async (): Promise<EntryEvent[]> => {
      const lines = await readFile(path.join(eventsFolder, 'events'), 'utf8').catch(() => '');
      return lines
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as EntryEvent);
    };

    // On SQLite all others would wait as long, and nothing is refused as late as that.
    if (database === 'PostgreSQL') {
      test('a hook that takes longer than two leases is waited for', async () => {
        ai.respond(() => ok({ metaTitle: TAKES_LONG }));
        const [documentId = ''] = posts.ids(1);
        const job = await runJob(editor, [documentId]);
        expect(job.counts).toMatchObject({ total: 1, completed: 1 });
        expect((await editor.entry(POST, documentId, '?locale=en')).metaTitle).toBe(TAKES_LONG);
        expect(ai.requests).toHaveLength(1);
      });

      test('what the database refuses at the commit is announced to nobody, and can be written later', async () => {
        const [documentId = ''] = posts.ids(1);
        const announced = async () =>
          (await events()).filter(({ entry }) => entry.documentId === documentId).length;
        const before = await announced();
        const client = new Client(connection);
        await client.connect();
        try {
          await client.query(`
            create or replace function refuse() returns trigger language plpgsql as $$
              begin raise exception 'the database has its reasons'; end $$;
            create constraint trigger refuses after update on posts deferrable initially deferred
              for each row when (new.meta_title = '${NOT_COMMITTED}') execute function refuse()`);
          ai.respond(() => ok({ metaTitle: NOT_COMMITTED }));
          const job = await runJob(editor, [documentId]);
          expect(job.counts).toMatchObject({ total: 1, failed: 1 });
          expect((await editor.entry(POST, documentId, '?locale=en')).metaTitle).not.toBe(NOT_COMMITTED);

          await client.query('drop trigger refuses on posts');
          expect((await editor.act(job.id, 'retry')).status).toBe(200);
          expect((await editor.ends(job.id)).counts).toMatchObject({ completed: 1 });
          await waitFor(async () => (await announced()) > before, { what: 'the event of the written entry' });
          expect(await announced()).toBe(before + 1);
          expect(ai.requests).toHaveLength(1);
        } finally {
          await client.query('drop trigger if exists refuses on posts');
          await client.end();
        }
      });

      test('where the database does not say whether it has committed, the entry is announced as it stands', async () => {
        const [documentId = ''] = posts.ids(1);
        const announced = async () =>
          (await events())
            .filter(({ entry }) => entry.documentId === documentId)
            .map(({ entry }) => entry.metaTitle);
        const before = await announced();
        const { metaTitle: titleBefore } = await editor.entry(POST, documentId, '?locale=en');
        const client = new Client(connection);
        await client.connect();
        try {
          // A sequence counts on where a transaction is undone.
          await client.query(`
            create sequence cuts;
            create or replace function cut() returns trigger language plpgsql as $$ begin
              if nextval('cuts') = 1 then perform pg_terminate_backend(pg_backend_pid()), pg_sleep(1); end if;
              return null; end $$;
            create constraint trigger cuts after update on posts deferrable initially deferred
              for each row when (new.meta_title = '${CUT_OFF}') execute function cut()`);
          ai.respond(() => ok({ metaTitle: CUT_OFF }));
          const { id } = await editor.createJob(fillBody({ contentType: POST, documentIds: [documentId] }));
          // Who asks on the very connection that is cut off is told to ask again.
          const answers = new Set<number>();
          await waitFor(
            async () => {
              const { status, body } = await editor.request<{ data: JobView }>('GET', `/ai-jobs/jobs/${id}`);
              answers.add(status);
              return status === 200 && body.data.status === 'completed';
            },
            { what: 'the job to be completed' }
          );
          expect([200, 503]).toEqual(expect.arrayContaining([...answers]));
          const since = async () => (await announced()).slice(before.length);
          await waitFor(async () => (await since()).length >= 2, { what: 'an event of each try' });
          const titles = await since();
          expect(titles).toHaveLength(2);
          expect(titles).toContain(CUT_OFF);
          // The first is read while the second try may be under way already.
          for (const title of titles) expect([titleBefore, CUT_OFF]).toContain(title);
          expect(ai.requests).toHaveLength(1);
        } finally {
          await client.query('drop trigger if exists cuts on posts; drop sequence if exists cuts');
          await client.end();
        }
      });
    }

    test('every entry is announced once, whole, with what it holds now', async () => {
      const ids = posts.ids(30);
      let answered = 0;
      ai.respond(() => ok({ metaTitle: `Words of AI ${(answered += 1)}` }));
      const job = await runJob(editor, ids);
      expect(job.counts.completed).toBe(30);
      // The shop's own filling of its shelves may still be announced.
      const own = async () =>
        (await events()).filter(({ entry }) => entry.metaTitle?.startsWith('Words of AI'));
      await waitFor(async () => (await own()).length >= 30, { what: 'an event for each entry' });
      const seen = await own();
      expect(seen.map(({ entry }) => entry.documentId).toSorted()).toEqual(ids.toSorted());
      for (const { uid, entry } of seen) {
        const now = await editor.entry(POST, entry.documentId);
        expect(uid).toBe(POST);
        expect(entry.metaTitle).toBe(now.metaTitle);
        expect(entry.chapter?.name).toBeTruthy();
      }
    });

    const live = async (id: string): Promise<unknown> =>
      (await editor.entry(POST, id, '?locale=en&status=published')).metaTitle;

    test('what a hook changes on saving is told, is taken back from the live page, and can be written anew', async () => {
      const [id = ''] = posts.ids(1, isPublished);
      const before = await live(id);
      ai.respond(() => ok({ metaTitle: NOT_KEPT }));
      const job = await runJob(editor, [id], { mode: 'publish' });
      const [failed] = await editor.items(job.id);
      expect(failed).toMatchObject({
        status: 'failed',
        error: { code: 'write_not_kept' },
        message: { code: 'published' },
        undoable: true,
      });
      expect(await live(id)).toBe(`${NOT_KEPT}, indeed`);

      const undo = async () =>
        editor.ends((await editor.data<JobView>('POST', `/ai-jobs/jobs/${job.id}/undo`, {})).id);
      expect((await undo()).counts).toMatchObject({ completed: 1 });
      expect(await live(id)).toBe(before);

      // The project's code has been mended meanwhile; what was paid for is not paid again.
      expect((await editor.act(job.id, 'retry')).status).toBe(200);
      expect((await editor.ends(job.id)).counts).toMatchObject({ completed: 1 });
      const [written] = await editor.items(job.id);
      expect(written).toMatchObject({ status: 'completed', message: { code: 'published' }, undoable: true });
      expect(await live(id)).toBe(NOT_KEPT);
      expect(ai.calls).toBe(1);
      expect((await undo()).counts).toMatchObject({ completed: 1 });
      expect(await live(id)).toBe(before);
    });

    test('an attempt that fails after it has published is not forgotten to have published', async () => {
      const [id = ''] = posts.ids(1, isPublished);
      ai.respond(() => ok({ metaTitle: READ_BADLY }));
      const job = await runJob(editor, [id], { mode: 'publish' });
      const [item] = await editor.items(job.id);
      expect(item).toMatchObject({ status: 'completed', attempts: 2, message: { code: 'published' } });
      expect(ai.calls).toBe(1);
      expect(await live(id)).toBe(READ_BADLY);
    });

    test('what a hook changes while a neighbour is written is not overwritten', async () => {
      const ids = posts.ids(AT_ONCE);
      for (const id of ids) await editor.edit(POST, id, { metaTitle: 'Waits' });
      let asked = 0;
      let letGo: () => void = () => undefined;
      const all = new Promise<void>((resolve) => (letGo = resolve));
      // They are answered together, so that they are written together.
      ai.respond(async () => {
        asked += 1;
        if (asked === AT_ONCE) letGo();
        await all;
        return ok({ metaTitle: TOUCHES_OTHERS });
      });
      const job = await runJob(editor, ids);
      expect(job.counts).toMatchObject({ completed: 1, conflict: AT_ONCE - 1 });
      const titles = await Promise.all(ids.map(async (id) => (await editor.entry(POST, id)).metaTitle));
      expect(titles.toSorted()).toEqual(
        [...Array<string>(AT_ONCE - 1).fill(BY_A_HOOK), TOUCHES_OTHERS].toSorted()
      );
    });
  });
});
