import { afterAll, beforeAll, expect, test } from 'vitest';
import { startBookshop, type Bookshop } from '../bookshop/bookshop';
import type { AdminClient } from '../bookshop/admin-client';
import { startOpenAiServer, type FakeOpenAi } from '../fakes/openai-server';

const CHAPTER = 'api::chapter.chapter';
let shop: Bookshop;
let ai: FakeOpenAi;
let editor: AdminClient;

beforeAll(async () => {
  ai = await startOpenAiServer();
  shop = await startBookshop({
    environment: { OPENAI_API_KEY: 'sk-test-key-1234', OPENAI_BASE_URL: ai.url },
  });
  editor = await shop.editor();
});

afterAll(async () => {
  await shop?.remove();
  await ai?.close();
});

test('a job over the selected chapters writes every description', async () => {
  const chapters = await editor.entries(CHAPTER);
  const documentIds = chapters.slice(0, 20).map((chapter) => String(chapter.documentId));
  const job = await editor.createJob({
    type: 'fill-fields',
    selection: { contentType: CHAPTER, documentIds },
    settings: {
      provider: 'openai',
      model: 'gpt-test',
      prompt: 'Describe the chapter {{ name }} of the book {{ book_name }}.',
      mode: 'apply',
      outputs: [{ field: 'description', overwrite: 'always' }],
    },
  });
  expect(job.status).toMatch(/pending|processing/);
  const ended = await editor.ends(job.id);
  expect(ended.counts).toMatchObject({ total: 20, completed: 20, failed: 0 });
  const items = await editor.items(job.id);
  for (const item of items) {
    const entry = await editor.entry(CHAPTER, item.documentId);
    expect(entry.description).toBe(item.values.description?.written);
    expect(entry.description).not.toBe('');
  }
});
