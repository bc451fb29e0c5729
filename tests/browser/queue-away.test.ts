import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ADMIN, freePort, startBookshop, type Bookshop } from '../bookshop/bookshop';
import { fillBody, POST, Shelf } from '../bookshop/fill-jobs';
import { findChromium, launchChromium } from './chromium';
import { Panel } from './panel';

describe.skipIf(findChromium() === null)('a Redis that is away', () => {
  let shop: Bookshop;
  let browser: Browser;
  let panel: Panel;

  beforeAll(async () => {
    const port = await freePort();
    shop = await startBookshop({
      config: { queue: { redisUrl: `redis://127.0.0.1:${port}` } },
      environment: { OPENAI_API_KEY: 'sk-test-key-1234', OPENAI_BASE_URL: 'http://127.0.0.1:9/v1' },
    });
    browser = await launchChromium();
    panel = await Panel.of(shop.url, browser);
  });
  afterAll(async () => {
    await panel?.clear(null);
    await browser?.close();
    await shop?.remove();
  });

  test('the settings say so; a job can be made all the same, and waits', async () => {
    const page = await panel.open('/settings/ai-jobs?tab=queue', ADMIN);
    await page.getByRole('heading', { name: 'Queue in Redis' }).waitFor();
    await page.getByText('Unavailable', { exact: true }).waitFor();
    await page.getByText('The queue cannot be reached. Jobs are kept and go on when it is back.').waitFor();

    const editor = await shop.editor();
    const documentIds = (await Shelf.of(editor, POST)).ids(2);
    const job = await editor.createJob(
      fillBody({ contentType: POST, documentIds }, {}, { title: 'Patient' })
    );
    await editor.reaches(job.id, ({ listed }) => listed);
    const jobPage = await panel.open(`/plugins/ai-jobs/jobs/${job.id}`);
    await jobPage.getByRole('heading', { name: 'Patient' }).waitFor();
    await jobPage.getByText('0 of 2', { exact: false }).first().waitFor();
    expect(panel.faults).toEqual([]);
  });
});
