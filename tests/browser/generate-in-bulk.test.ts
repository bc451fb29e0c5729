import { expect, test } from 'vitest';
import { EDITOR } from '../bookshop/bookshop';
import { POST } from '../bookshop/fill-jobs';
import { Gate, metaTitleOf, writesMeta } from './answers';
import { onStage } from './stage';

const LIST = `/content-manager/collection-types/${POST}`;
const PROMPT = 'Post: meta title and description';

onStage('generating in bulk', (stage) => {
  test('twelve selected posts: prompt, model, sample, start, progress, and the fields hold it', async () => {
    const { editor, ai } = stage();
    const found = await editor.entries(POST, '&sort=title:ASC&pageSize=12&locale=en');
    const posts = found.slice(0, 12);
    for (const post of posts)
      await editor.edit(
        POST,
        String(post.documentId),
        { metaTitle: null, metaDescription: null },
        '?locale=en'
      );
    const title = String(posts[0]?.title);
    ai.setLatency(200);
    ai.respond(writesMeta);

    const page = await stage().panel.open('/auth/login', EDITOR, { signedIn: false });
    await page.getByLabel('Email').fill(EDITOR.email);
    await page.getByLabel('Password', { exact: false }).first().fill(EDITOR.password);
    await page.getByRole('button', { name: 'Login' }).click();
    await page.getByRole('link', { name: 'AI Jobs' }).waitFor();

    await page.goto(stage().panel.address(`${LIST}?page=1&pageSize=20&sort=title:ASC`));
    for (const post of posts)
      await page
        .getByRole('row')
        .filter({ hasText: String(post.title) })
        .getByRole('checkbox')
        .click();
    await page.getByRole('button', { name: 'Generate with AI' }).click();

    await page.getByRole('heading', { name: 'New job', level: 1 }).waitFor();
    const summary = page.getByRole('complementary', { name: 'Summary' });
    await summary.getByText('12 Posts').waitFor();
    expect(await page.getByRole('radio', { name: 'The 12 selected entries' }).isChecked()).toBe(true);

    await page.getByRole('combobox', { name: 'Saved prompt' }).click();
    await page.getByRole('option', { name: PROMPT }).click();
    await page.getByText('The template is fine.').waitFor();
    await page.getByRole('combobox', { name: 'Model' }).click();
    await page.getByRole('option', { name: 'fake-small' }).click();
    await summary.getByText('OpenAI · fake-small').waitFor();

    await summary.getByRole('button', { name: 'Try on 3 entries' }).click();
    const sample = page.getByRole('region', { name: 'Sample' });
    for (const index of [0, 1, 2]) {
      const tried = sample.getByRole('article').nth(index);
      const label = (await tried.getByRole('heading').textContent()) ?? '';
      await tried.getByText(metaTitleOf(label)).waitFor();
    }
    expect(await sample.getByRole('article').count()).toBe(3);
    await summary.getByText(/tokens by the sample/).waitFor();
    expect((await editor.entry(POST, String(posts[0]?.documentId), '?locale=en')).metaTitle).toBeNull();

    const gate = new Gate(5);
    ai.respond(async (request) => {
      await gate.pass();
      return writesMeta(request);
    });
    await summary.getByRole('button', { name: 'Start', exact: true }).click();
    await page.getByRole('heading', { name: PROMPT, level: 1 }).waitFor();
    await page.getByText('5 of 12', { exact: false }).waitFor();
    await page.getByRole('progressbar', { name: `Progress of ${PROMPT}` }).waitFor();
    await page.getByText('Processing', { exact: true }).waitFor();
    gate.release();
    await page.getByText('Completed', { exact: true }).waitFor();
    await page.getByText('12 of 12', { exact: false }).waitFor();
    await page.getByText('12 written', { exact: true }).waitFor();

    await page.getByRole('button', { name: `Show the details of ${title}` }).click();
    await page.getByText('Prompt as it was sent').waitFor();
    await page.getByText(`Title: ${title}`, { exact: false }).first().waitFor();
    await page.getByText('Before', { exact: true }).first().waitFor();
    expect(await page.getByText(metaTitleOf(title)).count()).toBeGreaterThan(0);
    const calls = page.getByRole('grid', { name: 'Calls to the provider' });
    await calls.getByText('Answered').waitFor();
    await calls.getByText('OpenAI · fake-small', { exact: true }).waitFor();

    await page.getByRole('link', { name: title }).click();
    await page.getByRole('heading', { name: title, level: 1 }).waitFor();
    expect(await page.getByRole('textbox', { name: 'metaTitle' }).inputValue()).toBe(metaTitleOf(title));
    for (const post of posts) {
      const entry = await editor.entry(POST, String(post.documentId), '?locale=en');
      expect(entry.metaTitle).toBe(metaTitleOf(String(post.title)));
    }
  });

  test('all that match a search and a filter', async () => {
    const query = `_q=the&filters[$and][0][level][$eq]=beginner`;
    const matching = await stage().editor.request<{ pagination: { total: number } }>(
      'GET',
      `/content-manager/collection-types/${POST}?${query}&locale=en&pageSize=1`
    );
    const { total } = matching.body.pagination;
    expect(total).toBeGreaterThan(1);
    const page = await stage().panel.open(`${LIST}?page=1&pageSize=10&${query}`);
    await page.getByRole('button', { name: `Generate for all ${total} matching` }).click();
    await page.getByRole('heading', { name: 'New job', level: 1 }).waitFor();
    await page.getByRole('complementary', { name: 'Summary' }).getByText(`${total} Posts`).waitFor();
    await page.getByText('Search: the').waitFor();
    await page.getByText(/^Level.*beginner$/).waitFor();
  });
});
