import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import type { PromptView } from '../../server/src/contracts';
import { signIn } from '../bookshop/admin-client';
import { ROOT } from '../bookshop/bookshop';
import { fillBody, POST } from '../bookshop/fill-jobs';
import { garbage } from '../fakes/openai-server';
import { titleIn, writesMeta } from './answers';
import { makePerson } from './people';
import { onStage, type Credentials } from './stage';

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

onStage('in Vietnamese and in the dark', (stage) => {
  let person: Credentials;
  let english: Words;
  let vietnamese: Words;
  /** The English of sentences that have no gaps and another wording in Vietnamese. */
  let giveaways: string[];
  let jobPath: string;

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
  });

  const word = (key: string): string => vietnamese[key] ?? `no Vietnamese for ${key}`;
  /** Opens a page in a dark window and checks every text on it, once `landmark` is to be seen. */
  const visit = async (place: string, landmark: (page: Page) => Promise<unknown>): Promise<Page> => {
    const page = await stage().open('/404', person, { theme: 'dark' });
    const refused: string[] = [];
    page.on('response', (response) => {
      if (response.url().includes('/ai-jobs/') && response.status() >= 400)
        refused.push(`${response.status()} ${response.url()}`);
    });
    await page.goto(stage().address(place));
    await landmark(page);
    const texts = (await page.locator('body').innerText()).split('\n').map((line) => line.trim());
    expect(texts.filter((line) => KEY.test(line))).toEqual([]);
    expect(texts.filter((line) => giveaways.includes(line))).toEqual([]);
    expect(refused).toEqual([]);
    expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe(STRAPI_DARK);
    return page;
  };
  const text = (key: string) => (page: Page) => page.getByText(word(key), { exact: true }).first().waitFor();

  test('jobs', async () => {
    const page = await visit('/plugins/ai-jobs', text('jobs.new'));
    await page.getByRole('link', { name: 'Tiêu đề meta' }).waitFor();
  });

  test('a job, its settings and its timeline', async () => {
    await visit(jobPath, text('itemStatus.failed'));
    await visit(`${jobPath}?tab=settings`, text('setting.selection'));
    await visit(`${jobPath}?tab=timeline`, (page) =>
      page
        .getByText(/Lan Tester$/)
        .first()
        .waitFor()
    );
  });

  test('New job', async () => {
    await visit('/plugins/ai-jobs/jobs/new', text('newJob.overview.choose'));
    await visit(`/plugins/ai-jobs/jobs/new?contentType=${POST}`, text('template.fine'));
  });

  test('prompts', async () => {
    await visit('/plugins/ai-jobs/prompts', text('prompts.create'));
    const [prompt] = await stage().admin.data<PromptView[]>('GET', '/ai-jobs/prompts');
    await visit(`/plugins/ai-jobs/prompts/${prompt?.id ?? ''}`, text('template.fine'));
  });

  test('settings', async () => {
    await visit('/settings/ai-jobs', text('settings.provider.test'));
    await visit('/settings/ai-jobs?tab=defaults', text('settings.systemMessages.title'));
    await visit('/settings/ai-jobs?tab=limits', text('settings.limits.backoff'));
    await visit('/settings/ai-jobs?tab=queue', text('settings.queue.workers'));
    await visit('/settings/ai-jobs?tab=retention', text('settings.retention.delete'));
    await visit('/settings/ai-jobs?tab=permissions', text('settings.permissions.roles'));
  });

  test('the Content Manager', async () => {
    const list = `/content-manager/collection-types/${POST}`;
    await visit(`${list}?page=1&pageSize=10`, (page) =>
      page.getByRole('button', { name: /120/ }).first().waitFor()
    );
    const [post] = await stage().admin.entries(POST, '&sort=id:DESC&pageSize=1&locale=en');
    await visit(`${list}/${String(post?.documentId)}`, text('contentManager.generate'));
  });
});
