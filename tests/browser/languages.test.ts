import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import type { PromptView } from '../../server/src/contracts';
import { signIn } from '../bookshop/admin-client';
import { ADMIN, ROOT } from '../bookshop/bookshop';
import { fillBody, POST } from '../bookshop/fill-jobs';
import { garbage } from '../fakes/openai-server';
import { titleIn, writesMeta } from './answers';
import type { Credentials } from './panel';
import { makePerson } from './people';
import { onStage } from './stage';

/** A text that is drawn by its key, because a language lacks it. */
const KEY =
  /^(ai-jobs|action|call|clean|contentManager|errors?|event|item|items|job|jobs|jobAction|model|nav|newJob|outputs|prompts|setting|settings|summary|template|time|tray|value)\.[a-z]+/i;
/** English of the plugin that is long enough not to stand in an entry by chance. */
const LONG = 12;
const STRAPI_DARK = 'rgb(24, 24, 38)';

type Words = Record<string, string>;
const readWords = async (language: string): Promise<Words> =>
  JSON.parse(
    await readFile(path.join(ROOT, 'admin', 'src', 'translations', `${language}.json`), 'utf8')
  ) as Words;

/** Where something begins and ends from left to right, in pixels. */
async function boxOf(locator: Locator): Promise<{ left: number; right: number }> {
  await locator.waitFor();
  const box = await locator.boundingBox();
  if (!box) throw new Error('It is not drawn.');
  return { left: box.x, right: box.x + box.width };
}

onStage('in Vietnamese and in the dark', (stage) => {
  let person: Credentials;
  let english: Words;
  let vietnamese: Words;
  /** The English of sentences that have no gaps and another wording in Vietnamese. */
  let giveaways: string[];
  let jobPath: string;
  let failedItem: number;

  beforeAll(async () => {
    const { admin, ai } = stage();
    [english, vietnamese] = await Promise.all([readWords('en'), readWords('vi')]);
    giveaways = Object.entries(english)
      .filter(([key, text]) => text.length >= LONG && !text.includes('{') && vietnamese[key] !== text)
      .map(([, text]) => text);
    person = await makePerson(admin, 'strapi-super-admin', 'vi');
    const posts = await admin.entries(POST, '&sort=id:DESC&pageSize=3&locale=en');
    const bad = String(posts[0]?.title);
    ai.respond((request) => (titleIn(request) === bad ? garbage('{}') : writesMeta(request)));
    const documentIds = posts.slice(0, 3).map(({ documentId }) => String(documentId));
    const outputs = [{ field: 'metaTitle', overwrite: 'always' }];
    const client = await signIn(admin.url, person);
    const job = await client.createJob(
      fillBody({ contentType: POST, documentIds, locale: 'en' }, { outputs }, { title: 'Tiêu đề meta' })
    );
    await client.ends(job.id);
    jobPath = `/plugins/ai-jobs/jobs/${job.id}`;
    failedItem = (await client.items(job.id, '&status=failed'))[0]?.id ?? 0;
  });

  /** Shows places in a dark window, each until its landmark is to be seen, and checks every text on them. */
  const visit = async (places: [place: string, landmark: (page: Page) => Locator][]): Promise<void> => {
    let page: Page | null = null;
    for (const [place, landmark] of places) {
      if (page) await page.goto(stage().panel.address(place));
      else page = await stage().panel.open(place, person, { theme: 'dark' });
      await landmark(page).first().waitFor();
      const lines = (await page.locator('body').innerText()).split('\n').map((line) => line.trim());
      expect(lines.filter((line) => KEY.test(line))).toEqual([]);
      expect(lines.filter((line) => giveaways.includes(line))).toEqual([]);
      expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe(STRAPI_DARK);
    }
    expect(stage().panel.refusals).toEqual([]);
  };
  const word = (key: string) => (page: Page) =>
    page.getByText(vietnamese[key] ?? `no Vietnamese for ${key}`, { exact: true });

  test('jobs', () =>
    visit([
      ['/plugins/ai-jobs', (page) => page.getByRole('row').getByRole('link', { name: 'Tiêu đề meta' })],
      ['/plugins/ai-jobs?_q=no-job-has-this-title', word('jobs.nothingFound')],
    ]));

  test('jobs, in a window of 1,024 pixels: the longest title and the menu of a row are there as a whole', async () => {
    const { panel, admin } = stage();
    const title =
      'Một cái tên dài hơn hẳn những cái tên khác, viết ra đầy đủ để xem bảng còn đủ chỗ hay không';
    const startAt = new Date(Date.now() + 3_600_000).toISOString();
    const outputs = [{ field: 'metaTitle' }];
    const job = await admin.createJob(
      fillBody({ contentType: POST, locale: 'en' }, { outputs }, { title, startAt })
    );
    for (const who of [person, ADMIN]) {
      const page = await panel.open('/me', who);
      await page.setViewportSize({ width: 1_024, height: 800 });
      await page.goto(panel.address('/plugins/ai-jobs'));
      const row = page.getByRole('row').filter({ hasText: title });
      const table = await boxOf(page.getByRole('grid'));
      const scrolled = await boxOf(page.locator(':has(> [role=grid])'));
      expect(table.right).toBeLessThanOrEqual(scrolled.right);
      const link = await boxOf(row.getByRole('link', { name: title }));
      const following = await boxOf(row.getByRole('gridcell').nth(1));
      expect(link.right).toBeLessThanOrEqual(following.left);
    }
    await admin.act(job.id, 'cancel');
  });

  test('a job, its settings and its timeline', () =>
    visit([
      [jobPath, word('itemStatus.failed')],
      [
        `${jobPath}?item=${failedItem}`,
        (page) => page.getByRole('grid').getByText(/câu trả lời không có phần “choices”/),
      ],
      [`${jobPath}?tab=settings`, word('setting.selection')],
      [`${jobPath}?tab=timeline`, (page) => page.getByText(/Lan Tester$/)],
    ]));

  test('New job', () =>
    visit([
      ['/plugins/ai-jobs/jobs/new', word('newJob.overview.choose')],
      [`/plugins/ai-jobs/jobs/new?contentType=${POST}`, word('template.fine')],
    ]));

  test('prompts', async () => {
    const [prompt] = await stage().admin.data<PromptView[]>('GET', '/ai-jobs/prompts');
    await visit([
      ['/plugins/ai-jobs/prompts', word('prompts.create')],
      [`/plugins/ai-jobs/prompts/${prompt?.id ?? ''}`, word('template.fine')],
    ]);
  });

  test('settings', () =>
    visit([
      ['/settings/ai-jobs', word('settings.provider.test')],
      ['/settings/ai-jobs?tab=defaults', word('settings.systemMessages.title')],
      ['/settings/ai-jobs?tab=limits', word('settings.limits.backoff')],
      ['/settings/ai-jobs?tab=queue', word('settings.queue.workers')],
      ['/settings/ai-jobs?tab=retention', word('settings.retention.delete')],
      ['/settings/ai-jobs?tab=permissions', word('settings.permissions.roles')],
    ]));

  test('what the server refuses', async () => {
    const page = await stage().panel.open('/plugins/ai-jobs/jobs/nowhere', person);
    await page.getByRole('alert').getByText('Không có công việc này, hoặc bạn không được xem.').waitFor();
    await page.goto(stage().panel.address('/settings/ai-jobs'));
    await page.getByRole('button', { name: 'Sửa LM Studio', exact: true }).click();
    const form = page.getByRole('form', { name: 'Sửa LM Studio', exact: true });
    await form.getByRole('textbox', { name: 'Địa chỉ' }).fill('ftp://localhost/v1');
    await form.getByRole('button', { name: vietnamese['action.save'], exact: true }).click();
    await form.getByText(/^Phải là địa chỉ bắt đầu bằng http:\/\/ hoặc https:\/\//).waitFor();
  });

  test('the Content Manager', async () => {
    const list = `/content-manager/collection-types/${POST}`;
    const [post] = await stage().admin.entries(POST, '&sort=id:DESC&pageSize=1&locale=en');
    await visit([
      [`${list}?page=1&pageSize=10`, (page) => page.getByRole('button', { name: /120/ })],
      [`${list}/${String(post?.documentId)}`, word('contentManager.generate')],
    ]);
  });
});
