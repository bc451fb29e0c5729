import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ContentTypeView, ItemDetail } from '../../../server/src/contracts';
import type { AdminClient, ErrorBody } from '../../bookshop/admin-client';
import { ROOT, startBookshop, type Bookshop } from '../../bookshop/bookshop';
import { withFields, type ChangedProject } from '../../bookshop/changed-project';
import { fillBody, POST, QUICK, runJob, Shelf } from '../../bookshop/fill-jobs';
import { ok, startOpenAiServer, type FakeOpenAi } from '../../fakes/openai-server';

/** A script, Liquid and a formula at once. */
const NAME = '=cmd|x!A0 <img src=x onerror=alert(1)> {{ body }} {% raw %}.png';
const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64'
);

interface StoredFile {
  id: number;
  documentId: string;
  name: string;
}

let project: ChangedProject;
let shop: Bookshop;
let ai: FakeOpenAi;
let administrator: AdminClient;
let file: StoredFile;
let documentId: string;

beforeAll(async () => {
  project = await withFields('post', {
    cover: { type: 'media', multiple: false },
    poster: { type: 'relation', relation: 'oneToOne', target: 'plugin::upload.file' },
  });
  ai = await startOpenAiServer();
  shop = await startBookshop({
    project: project.folder,
    config: QUICK,
    environment: {
      OPENAI_API_KEY: 'sk-test-key-1234',
      OPENAI_BASE_URL: ai.url,
      // A project elsewhere has no plugin two folders up.
      BOOKSHOP_PLUGIN: ROOT,
    },
  });
  administrator = await shop.admin();
  const form = new FormData();
  form.append('files', new File([PIXEL], 'pixel.png', { type: 'image/png' }));
  form.append('fileInfo', JSON.stringify({ name: NAME, alternativeText: NAME, caption: NAME }));
  const answer = await fetch(`${shop.url}/upload`, {
    method: 'POST',
    headers: { authorization: `Bearer ${administrator.token}` },
    body: form,
  });
  expect(answer.status).toBe(201);
  [file] = (await answer.json()) as [StoredFile];
  [documentId = ''] = (await Shelf.of(administrator, POST)).ids(1);
  const related = { cover: file.id, poster: { connect: [{ id: file.id }] } };
  expect((await administrator.edit(POST, documentId, related, '?locale=en')).status).toBe(200);
});

afterAll(async () => {
  await shop?.remove();
  await ai?.close();
  await project?.remove();
});

test('files are related to the entry under the name they were given', async () => {
  expect(file.name).toBe(NAME);
  expect(await administrator.entry(POST, documentId, '?locale=en')).toMatchObject({ cover: { name: NAME } });
});

test.each(['cover.name', 'cover.caption'])(
  'a prompt cannot read %s, and is told so before anything is sent',
  async (path) => {
    const types = await administrator.data<ContentTypeView[]>('GET', '/ai-jobs/content-types');
    const offered = types.find(({ uid }) => uid === POST)?.placeholders ?? [];
    expect(offered.length).toBeGreaterThan(0);
    expect(offered.filter((placeholder) => placeholder.path.startsWith(path.split('.')[0] ?? ''))).toEqual(
      []
    );

    ai.reset();
    const body = fillBody({ contentType: POST, documentIds: [documentId] }, { prompt: `{{ ${path} }}` });
    for (const place of ['/ai-jobs/jobs', '/ai-jobs/jobs/sample']) {
      const answer = await administrator.request<ErrorBody>('POST', place, body);
      expect(answer.status).toBe(400);
      expect(answer.body.error.message).toContain(path);
      expect(answer.body.error.details?.errors?.[0]?.path).toEqual(['settings', 'prompt']);
    }
    expect(ai.calls).toBe(0);
  }
);

test('a name that a relation leads to is text: sent as it is, never a template, and nothing of it is written as HTML', async () => {
  ai.reset();
  ai.respond(() => ok({ metaTitle: NAME }));
  const job = await runJob(administrator, [documentId], { prompt: 'File: {{ poster.name }}' });
  expect(job.counts).toMatchObject({ completed: 1, total: 1 });
  const sent = JSON.stringify(ai.lastRequest?.body.messages);
  expect(sent).toContain(JSON.stringify(`File: ${NAME}`).slice(1, -1));
  const [item] = await administrator.items(job.id);
  const opened = await administrator.data<ItemDetail>(
    'GET',
    `/ai-jobs/jobs/${job.id}/items/${item?.id ?? ''}`
  );
  expect(opened.prompt?.user).toBe(`File: ${NAME}`);
  const { metaTitle } = await administrator.entry(POST, documentId, '?locale=en');
  expect(metaTitle).toContain('{{ body }} {% raw %}.png');
  expect(metaTitle).not.toContain('<img');
});

test('an entry with such files is written, keeps them, and sends nothing of them', async () => {
  ai.reset();
  ai.respond(() => ok({ metaTitle: 'Written' }));
  const job = await runJob(administrator, [documentId]);
  expect(job.counts).toMatchObject({ completed: 1, total: 1 });
  expect(JSON.stringify(ai.lastRequest?.body)).not.toContain('onerror');
  expect(await administrator.entry(POST, documentId, '?locale=en')).toMatchObject({
    metaTitle: 'Written',
    cover: { id: file.id, name: NAME },
  });
  const posters = await administrator.request<{ results: { id: number }[] }>(
    'GET',
    `/content-manager/relations/${POST}/${documentId}/poster?locale=en`
  );
  expect(posters.body.results.map(({ id }) => id)).toEqual([file.id]);
});

test('who may not read the relation cannot have it read by a prompt', async () => {
  const editor = await shop.editor();
  const body = fillBody({ contentType: POST, documentIds: [documentId] }, { prompt: '{{ poster.name }}' });
  const answer = await editor.request<ErrorBody>('POST', '/ai-jobs/jobs', body);
  expect(answer.status).toBe(400);
  expect(answer.body.error.message).toContain('poster.name');
});
