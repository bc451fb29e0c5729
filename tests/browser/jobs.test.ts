import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { JobView } from '../../server/src/contracts';
import { BOOK, fillBody, POST, Shelf, type ListedEntry } from '../bookshop/fill-jobs';
import { garbage, ok, type Script } from '../fakes/openai-server';
import { Gate, titleIn, writesMeta } from './answers';
import { onStage } from './stage';

onStage('jobs', (stage) => {
  let shelf: Shelf | null = null;
  /** A job over posts that no other test here has; the AI may be told what to answer about them. */
  const start = async (
    title: string,
    count: number,
    script: (titles: string[]) => Script = () => writesMeta,
    fits?: (entry: ListedEntry) => boolean
  ): Promise<{ job: JobView; posts: ListedEntry[] }> => {
    const { editor, ai } = stage();
    shelf ??= await Shelf.of(editor, POST, '&locale=en');
    const posts = shelf.take(count, fits);
    ai.respond(script(posts.map((post) => post.title ?? '')));
    const selection = {
      contentType: POST,
      locale: 'en',
      documentIds: posts.map(({ documentId }) => documentId),
    };
    const settings = { outputs: [{ field: 'metaTitle', overwrite: 'always' }] };
    const job = await editor.createJob(fillBody(selection, settings, { title }));
    return { job, posts };
  };
  const showJob = (job: JobView): Promise<Page> => stage().panel.open(`/plugins/ai-jobs/jobs/${job.id}`);
  const rowOf = (page: Page, title: string) => page.getByRole('row').filter({ hasText: title });
  const choose = async (page: Page, title: string, action: string): Promise<void> => {
    await page.getByRole('button', { name: `More actions for ${title}`, exact: true }).click();
    await page.getByRole('menuitem', { name: action, exact: true }).click();
  };
  /** The job's status as its header shows it. */
  const hasStatus = (page: Page, status: string): Promise<void> =>
    page.getByText(status, { exact: true }).first().waitFor();

  test.each(['jobs', 'nowhere/at/all'])(
    'an address that leads nowhere, %s, leads to the list',
    async (path) => {
      const page = await stage().panel.open(`/plugins/ai-jobs/${path}`);
      await page.getByRole('tab', { name: /^Completed/ }).waitFor();
      expect(new URL(page.url()).pathname).toBe('/admin/plugins/ai-jobs');
    }
  );

  test('the list: tabs with counts, search, copied id', async () => {
    const { editor } = stage();
    const { job } = await start('Found by search', 2);
    await editor.ends(job.id);
    const list = await editor.request<{ meta: { counts: Record<string, number> } }>('GET', '/ai-jobs/jobs');
    const completed = list.body.meta.counts.completed ?? 0;

    const page = await stage().panel.open('/plugins/ai-jobs');
    await page.getByRole('tab', { name: `Completed ${completed}` }).click();
    await rowOf(page, 'Found by search').getByText('2 Posts').waitFor();
    await page.getByRole('button', { name: 'Search', exact: true }).click();
    const search = page.getByRole('searchbox', { name: 'Search jobs' });
    await search.fill('nothing is called so');
    await search.press('Enter');
    await page.getByText('No job fits this search.').waitFor();
    await search.fill('Found by');
    await search.press('Enter');
    await rowOf(page, 'Found by search').waitFor();
    expect(await page.getByRole('row').count()).toBe(2);

    await choose(page, 'Found by search', 'Copy id');
    await page.getByText(`Id copied: ${job.id}`).waitFor();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(job.id);
  });

  test('a running job is paused, resumed and, after a question, cancelled', async () => {
    const gate = new Gate(2);
    const { job } = await start('Stopped half way', 8, () => async (request) => {
      await gate.pass();
      return writesMeta(request);
    });
    const page = await showJob(job);
    await page.getByText('2 of 8', { exact: false }).waitFor();
    await page.getByRole('button', { name: 'Pause' }).click();
    await hasStatus(page, 'Paused');
    await page.getByText('Paused by Mai Editor.').first().waitFor();
    await page.getByRole('button', { name: 'Resume' }).click();
    await hasStatus(page, 'Processing');
    await page.getByRole('button', { name: 'Cancel' }).click();
    const dialog = page.getByRole('alertdialog', { name: 'Cancel “Stopped half way”?' });
    await dialog.getByText('Entries that are written stay written').waitFor();
    await dialog.getByRole('button', { name: 'Go back' }).click();
    await hasStatus(page, 'Processing');
    await page.getByRole('button', { name: 'Cancel' }).click();
    await dialog.getByRole('button', { name: 'Cancel the job' }).click();
    await hasStatus(page, 'Cancelled');
    await page.getByText('2 written · 6 cancelled').waitFor();
    gate.release();
  });

  test('what failed is grouped, shown and tried again', async () => {
    const { editor, ai } = stage();
    const { job, posts } = await start('Partly failed', 5, ([one = '', other = '']) => (request) => {
      const isBad = [one, other].includes(titleIn(request));
      return isBad ? garbage('{"no": "reply"}') : writesMeta(request);
    });
    await editor.ends(job.id);
    const page = await showJob(job);
    const group = page.getByRole('list', { name: 'What went wrong' });
    await group.getByText(/^2 entries failed: OpenAI answered something that is not a reply/).waitFor();
    await group.getByRole('button', { name: 'Show them' }).click();
    await page.getByRole('tab', { name: 'Failed 2', selected: true }).waitFor();
    const linkTo = ({ title = '' }: ListedEntry) => page.getByRole('link', { name: title });
    for (const post of posts.slice(0, 2)) await linkTo(post).waitFor();
    for (const post of posts.slice(2)) expect(await linkTo(post).count()).toBe(0);

    ai.respond(writesMeta);
    await page.getByRole('button', { name: 'Retry failed' }).click();
    await page.getByText('5 written', { exact: true }).waitFor();
    await group.waitFor({ state: 'detached' });
  });

  test('undone after a question, by a job of its own', async () => {
    const { editor } = stage();
    const { job, posts } = await start('Not wanted', 3, () => () => ok({ metaTitle: 'Nobody wants this' }));
    const [first] = posts;
    await editor.ends(job.id);
    const page = await showJob(job);
    await hasStatus(page, 'Completed');
    await choose(page, 'Not wanted', 'Undo');
    const dialog = page.getByRole('alertdialog', { name: 'Undo “Not wanted”?' });
    await dialog.getByText('3 entries get back').waitFor();
    await dialog.getByRole('button', { name: 'Put the old values back' }).click();
    await page.getByRole('link', { name: 'Open the job this one works on' }).waitFor();
    await hasStatus(page, 'Completed');
    await page.getByText('3 of 3', { exact: false }).waitFor();
    const entry = await editor.entry(POST, first?.documentId ?? '', '?locale=en');
    expect(entry.metaTitle ?? '').toBe(first?.metaTitle ?? '');
    await page.getByRole('link', { name: 'Open the job this one works on' }).click();
    await page.getByRole('heading', { name: 'Not wanted', exact: true }).waitFor();
    await page.getByRole('tab', { name: 'Timeline' }).click();
    await page.getByText('Undo started by Mai Editor').waitFor();
  });

  test('what it wrote into drafts is published after a question', async () => {
    const { editor } = stage();
    const isLive = ({ status }: ListedEntry): boolean => status === 'published';
    const { job, posts } = await start('To go live', 2, () => () => ok({ metaTitle: 'Live now' }), isLive);
    await editor.ends(job.id);
    const live = async ({ documentId }: ListedEntry): Promise<unknown> =>
      (await editor.entry(POST, documentId, '?locale=en&status=published')).metaTitle;
    for (const post of posts) expect(await live(post)).not.toBe('Live now');

    const page = await showJob(job);
    await page.getByRole('button', { name: 'Publish these 2' }).click();
    const dialog = page.getByRole('alertdialog', { name: 'Publish 2 entries?' });
    await dialog.getByRole('button', { name: 'Publish', exact: true }).click();
    await page.getByRole('link', { name: 'Open the job this one works on' }).waitFor();
    await hasStatus(page, 'Completed');
    await page.getByText('2 of 2', { exact: false }).waitFor();
    for (const post of posts) expect(await live(post)).toBe('Live now');
  });

  test('run again over the same entries, picked one by one', async () => {
    const { editor, ai } = stage();
    const { job, posts } = await start('Once more', 2);
    await editor.ends(job.id);
    ai.respond(() => ok({ metaTitle: 'Another text' }));
    const page = await showJob(job);
    await choose(page, 'Once more', 'Duplicate');
    await page.getByRole('heading', { name: 'New job', level: 1 }).waitFor();
    await page.getByRole('button', { name: 'Run again for the same 2 entries' }).click();
    await page.waitForURL((url) => !url.pathname.endsWith('/new') && !url.pathname.endsWith(job.id));
    await hasStatus(page, 'Completed');
    await page.getByRole('main').getByText('2 written', { exact: true }).waitFor();
    await page.getByRole('link', { name: 'Open the job that this one repeats' }).waitFor();
    for (const { documentId } of posts)
      expect((await editor.entry(POST, documentId, '?locale=en')).metaTitle).toBe('Another text');
  });

  test('duplicated into New job, with its entries, prompt and fields', async () => {
    const { editor, ai } = stage();
    ai.respond(() => ok({ excerpt: 'Flour, water, salt and time.' }));
    const job = await editor.createJob(
      fillBody(
        { contentType: POST, locale: 'en', search: 'bread' },
        { prompt: 'About bread.\nTitle: {{ title }}', outputs: [{ field: 'excerpt', overwrite: 'ifEmpty' }] },
        { title: 'About bread' }
      )
    );
    await editor.ends(job.id);
    const page = await stage().panel.open('/plugins/ai-jobs');
    await choose(page, 'About bread', 'Duplicate');
    await page.getByRole('heading', { name: 'New job', level: 1 }).waitFor();
    await page.getByText('Search: bread').waitFor();
    const template = page.getByRole('textbox', { name: 'Template' });
    expect(await template.inputValue()).toBe('About bread.\nTitle: {{ title }}');
    const fields = page.getByRole('group', { name: 'Fields to write' });
    expect(await fields.getByRole('checkbox', { name: 'Excerpt' }).isChecked()).toBe(true);
    expect(await fields.getByRole('checkbox', { name: /^Meta title/ }).isChecked()).toBe(false);
  });

  test('the list by content type', async () => {
    const { editor } = stage();
    const { job } = await start('Among posts', 1);
    const [book] = await editor.entries(BOOK);
    const other = await editor.createJob(
      fillBody(
        { contentType: BOOK, documentIds: [String(book?.documentId)] },
        { prompt: '{{ name }}', outputs: [{ field: 'description' }] },
        { title: 'Among books' }
      )
    );
    for (const { id } of [job, other]) await editor.ends(id);
    const page = await stage().panel.open('/plugins/ai-jobs');
    await rowOf(page, 'Among posts').waitFor();
    await page.getByRole('combobox', { name: 'Content type' }).click();
    await page.getByRole('option', { name: 'Books' }).click();
    await rowOf(page, 'Among posts').waitFor({ state: 'detached' });
    await rowOf(page, 'Among books').waitFor();
    await page.reload();
    await rowOf(page, 'Among books').waitFor();
    expect(await rowOf(page, 'Among posts').count()).toBe(0);
  });

  test('deleted after a question', async () => {
    const { editor } = stage();
    const { job } = await start('Not needed any more', 1);
    await editor.ends(job.id);
    const page = await stage().panel.open('/plugins/ai-jobs');
    await choose(page, 'Not needed any more', 'Delete');
    const dialog = page.getByRole('alertdialog', { name: 'Delete “Not needed any more”?' });
    await dialog.getByRole('button', { name: 'Delete the job' }).click();
    await page.getByText('“Not needed any more” is deleted.').waitFor();
    await rowOf(page, 'Not needed any more').waitFor({ state: 'detached' });
  });

  test('cleaned up, until the empty list says how to begin', async () => {
    const { editor } = stage();
    const { job } = await start('Old news', 1);
    await editor.ends(job.id);
    const page = await stage().panel.open('/plugins/ai-jobs');
    await rowOf(page, 'Old news').waitFor();
    await page.getByRole('button', { name: 'Clean up' }).click();
    const dialog = page.getByRole('alertdialog', { name: 'Delete old jobs?' });
    const days = dialog.getByRole('textbox', { name: 'Older than (days)' });
    await days.fill('');
    await dialog.getByText('A whole number of days, 0 or more.').waitFor();
    await days.fill('0');
    await dialog.getByRole('button', { name: 'Delete old jobs' }).click();
    await page.getByText(/\d+ jobs? (was|were) deleted\./).waitFor();
    await page.getByText('AI Jobs writes texts into many entries at once').waitFor();
    await page.getByRole('tab', { name: 'All 0' }).waitFor();
    await page.getByRole('link', { name: 'Start the first job' }).click();
    await page.getByRole('heading', { name: 'New job', level: 1 }).waitFor();
  });
});
