import path from 'node:path';
import Database from 'better-sqlite3';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, test } from 'vitest';
import { DEMO_MODEL, startDemoModel } from '../../demo/model/server.mjs';
import type { JobView, PromptView, Selection } from '../../server/src/contracts';
import type { AdminClient } from '../bookshop/admin-client';
import { ADMIN, EDITOR, ROOT, startBookshop, type Bookshop } from '../bookshop/bookshop';
import { BOOK, CHAPTER, POST } from '../bookshop/fill-jobs';
import { launchChromium } from './chromium';
import { Panel } from './panel';
import { makePerson } from './people';

/** The README's pictures, of a bookshop that writes with the demo's model. Runs with SCREENSHOTS=true only. */
const FOLDER = path.join(ROOT, 'docs', 'screenshots');
const GROUP = 'api::book-group.book-group';
const HOUR_MS = 3_600_000;

let model: Awaited<ReturnType<typeof startDemoModel>> | undefined;
let shop: Bookshop | undefined;
let browser: Browser | undefined;
let panel: Panel;
let editor: AdminClient;
let admin: AdminClient;
let prompts: PromptView[];

beforeAll(async () => {
  model = await startDemoModel({ latencyMs: 1_600 });
  shop = await startBookshop({
    config: { jobTypes: { 'fill-fields': { concurrency: 6 } } },
    environment: { BOOKSHOP_DEMO_MODEL: 'true', OPENAI_COMPATIBLE_BASE_URL: model.baseUrl },
  });
  browser = await launchChromium();
  panel = await Panel.of(shop.url, browser);
  [editor, admin] = await Promise.all([shop.editor(), shop.admin()]);
  prompts = await editor.data('GET', '/ai-jobs/prompts');
});

afterAll(async () => {
  await browser?.close();
  await shop?.remove();
  await model?.close();
});

const shoot = async (page: Page, name: string): Promise<void> => {
  // What still fades in or slides.
  await page.waitForTimeout(800);
  await page.screenshot({ path: path.join(FOLDER, `${name}.png`) });
};

/** Closes the notices in the corner, for pictures of something else. */
const closeTray = async (page: Page): Promise<void> => {
  const close = page.getByRole('button', { name: /^Close the notice of/ });
  await page.waitForTimeout(1_000);
  while ((await close.count()) > 0) await close.first().click();
};

function startJob(
  client: AdminClient,
  promptName: string,
  selection: Selection,
  more: Record<string, unknown> = {},
  settings: Record<string, unknown> = {}
): Promise<JobView> {
  const prompt = prompts.find(({ name }) => name === promptName);
  const outputs = prompt?.outputs.map((output) => ({ ...output, overwrite: 'ifEmpty' }));
  return client.createJob({
    type: 'fill-fields',
    selection,
    settings: {
      provider: 'openai-compatible',
      model: DEMO_MODEL,
      promptId: prompt?.id,
      mode: 'apply',
      outputs,
      ...settings,
    },
    ...more,
  });
}

/** Moves a job into the past: nobody's list is all of the last minute. */
function age(job: JobView, hours: number): void {
  const database = new Database(path.join(shop?.folder ?? '', 'bookshop.db'), { timeout: 10_000 });
  try {
    database
      .prepare(
        'UPDATE ai_jobs_jobs SET created_at = created_at - ?, ended_at = ended_at - ? WHERE document_id = ?'
      )
      .run(hours * HOUR_MS, hours * HOUR_MS, job.id);
  } finally {
    database.close();
  }
}

test('what is empty, and New job with its sample', async () => {
  const page = await panel.open('/plugins/ai-jobs/jobs/new');
  const fill = page.getByRole('button', { name: 'Write Description of Chapters' });
  await fill.waitFor();
  await shoot(page, 'overview');
  await fill.click();
  await page.getByText('The template is fine.').waitFor();
  await page.getByRole('button', { name: 'Try on 3 entries' }).first().click();
  await page.getByRole('article').nth(2).waitFor();
  await shoot(page, 'new-job');
  await panel.clear(null);
});

/** Jobs that have ended in every way, hours and days ago, and one that waits for tomorrow. */
async function makeHistory(): Promise<void> {
  const isEmpty = { description: { $null: true } };
  const groups = await startJob(editor, 'Book group: description', { contentType: GROUP, filters: isEmpty });
  // Answers that are cut off fail: all of them, or the longest ones.
  const tooShort = await startJob(
    admin,
    'Book: description',
    { contentType: BOOK, filters: isEmpty },
    { title: 'Book descriptions, very short' },
    { maxTokens: 50 }
  );
  const books = await startJob(admin, 'Sách: mô tả', { contentType: BOOK, locale: 'vi' });
  const chapters = await startJob(
    editor,
    'Chapter: description',
    { contentType: CHAPTER, filters: isEmpty },
    {},
    { maxTokens: 75 }
  );
  await editor.ends(chapters.id, 120_000);
  const stopped = await startJob(admin, 'Post: meta title and description', {
    contentType: POST,
    locale: 'en',
    search: 'bread',
  });
  await admin.act(stopped.id, 'cancel');
  const paused = await startJob(
    admin,
    'Bài viết: tiêu đề và mô tả meta',
    { contentType: POST, locale: 'vi' },
    {},
    { outputs: [{ field: 'metaDescription', overwrite: 'always' }] }
  );
  await admin.reaches(paused.id, (job) => job.counts.completed >= 5);
  await admin.act(paused.id, 'pause');
  for (const job of [groups, tooShort, books]) await admin.ends(job.id);
  const tomorrow = new Date(Date.now() + 14 * HOUR_MS);
  tomorrow.setMinutes(0, 0, 0);
  await startJob(
    editor,
    'Book: description',
    { contentType: BOOK },
    { title: 'Book descriptions, every month', startAt: tomorrow.toISOString() }
  );
  const ages: [JobView, number][] = [
    [groups, 75],
    [tooShort, 52],
    [books, 51],
    [stopped, 26],
    [chapters, 4],
    [paused, 2],
  ];
  for (const [job, hours] of ages) age(job, hours);
}

test('jobs in many states, one of them at work', async () => {
  await makeHistory();
  const vietnamese = await makePerson(admin, 'strapi-super-admin', 'vi');
  const [jobPage, list, dark, entries] = await Promise.all([
    panel.open('/plugins/ai-jobs', EDITOR),
    panel.open('/settings/ai-jobs', ADMIN),
    panel.open('/me', vietnamese, { theme: 'dark' }),
    panel.open(
      `/content-manager/collection-types/${POST}?page=1&pageSize=10&sort=title:ASC&filters[$and][0][level][$eq]=beginner`
    ),
  ]);
  for (const row of [2, 3, 5, 6]) await entries.getByRole('row').nth(row).getByRole('checkbox').click();
  const running = await startJob(editor, 'Post: meta title and description', {
    contentType: POST,
    locale: 'en',
  });
  await jobPage.goto(panel.address(`/plugins/ai-jobs/jobs/${running.id}`));
  await list.goto(panel.address('/plugins/ai-jobs'));
  await dark.goto(panel.address('/plugins/ai-jobs'));
  await editor.reaches(running.id, (job) => job.counts.completed >= 45);
  await jobPage.getByText(/[4-9]\d of 120/).waitFor();
  await Promise.all([shoot(jobPage, 'job'), shoot(list, 'jobs'), shoot(dark, 'jobs-dark-vi')]);
  await entries.evaluate("document.dispatchEvent(new Event('visibilitychange'))");
  await entries.getByRole('region', { name: 'Your AI jobs' }).waitFor();
  await shoot(entries, 'content-manager');
  await editor.ends(running.id, 120_000);
  await panel.clear(null);
});

test('one of its entries opened, and the question before all of them are taken back', async () => {
  const [job] = await editor.data<JobView[]>('GET', '/ai-jobs/jobs?search=Chapter');
  const id = job?.id ?? '';
  const [failed] = await editor.items(id, '&status=failed');
  const page = await panel.open(`/plugins/ai-jobs/jobs/${id}?item=${failed?.id ?? 0}`);
  await page.setViewportSize({ width: 1400, height: 1_250 });
  await page.getByRole('grid', { name: 'Calls to the provider' }).waitFor();
  await closeTray(page);
  await shoot(page, 'job-item');

  const question = await panel.open(`/plugins/ai-jobs/jobs/${id}`);
  await closeTray(question);
  await question
    .getByRole('button', { name: /^More actions for .*Chapter/ })
    .first()
    .click();
  await question.getByRole('menuitem', { name: 'Undo' }).click();
  await question.getByRole('alertdialog').waitFor();
  await shoot(question, 'undo');
  await panel.clear(null);
});

test('one entry', async () => {
  const jobs = await editor.data<JobView[]>('GET', '/ai-jobs/jobs?search=Chapter');
  const [item] = await editor.items(jobs[0]?.id ?? '', '&status=completed');
  const page = await panel.open(`/content-manager/collection-types/${CHAPTER}/${item?.documentId ?? ''}`);
  await page.getByRole('heading', { name: 'AI Jobs' }).waitFor();
  await closeTray(page);
  await shoot(page, 'entry');
  await panel.clear(null);
});

test('the prompts and the settings', async () => {
  const list = await panel.open('/plugins/ai-jobs/prompts');
  await list.getByRole('link', { name: 'Chapter: description' }).waitFor();
  await closeTray(list);
  await shoot(list, 'prompts');

  const prompt = prompts.find(({ name }) => name === 'Post: meta title and description');
  const page = await panel.open(`/plugins/ai-jobs/prompts/${prompt?.id ?? ''}`);
  await page.getByRole('combobox', { name: 'Entry of Post' }).click();
  await page.getByRole('option').nth(3).click();
  await page.getByText(/Title: [A-Z]/).waitFor();
  await closeTray(page);
  await shoot(page, 'prompt');

  const settings = await panel.open('/settings/ai-jobs', ADMIN);
  await settings.getByRole('button', { name: /^Test Demo model/ }).click();
  await settings.getByText('answered in').waitFor();
  await closeTray(settings);
  await shoot(settings, 'settings');
  for (const tab of ['Defaults', 'Limits and retries', 'Queue']) {
    await settings.getByRole('tab', { name: tab }).click();
    await settings.getByRole('tabpanel', { name: tab }).getByRole('heading').first().waitFor();
    await shoot(settings, `settings-${tab.split(' ')[0]?.toLowerCase() ?? ''}`);
  }
  await panel.clear(null);
});
