import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { fillBody, POST } from '../bookshop/fill-jobs';
import { garbage, ok } from '../fakes/openai-server';
import { titleIn, writesMeta } from './answers';
import { onStage } from './stage';

onStage('one entry of a job, opened', (stage) => {
  test('every call with what was wrong with it; tried again, and taken back', async () => {
    const { editor, ai } = stage();
    const found = await editor.entries(POST, '&sort=title:DESC&locale=en');
    const posts = found
      .slice(20, 23)
      .map(({ documentId, title }) => [String(documentId), String(title)] as const);
    const [[documentId, title] = ['', '']] = posts;
    await editor.edit(POST, documentId, { metaTitle: 'As it was' }, '?locale=en');
    let bad = 0;
    ai.respond((request) => {
      if (titleIn(request) !== title) return writesMeta(request);
      bad += 1;
      return bad === 1 ? garbage('<html><title>Down</title></html>') : ok({ metaTitle: 'x'.repeat(90) });
    });
    const selection = { contentType: POST, locale: 'en', documentIds: posts.map(([id]) => id) };
    const settings = { outputs: [{ field: 'metaTitle', overwrite: 'always' }] };
    const job = await editor.createJob(fillBody(selection, settings, { title: 'One that fails' }));
    expect((await editor.ends(job.id)).counts).toMatchObject({ completed: 2, failed: 1 });

    const page = await stage().panel.open(`/plugins/ai-jobs/jobs/${job.id}`);
    await page.getByRole('button', { name: `Show the details of ${title}` }).click();
    const calls = page.getByRole('grid', { name: 'Calls to the provider' });
    await calls.getByText('Reply not understood').waitFor();
    await calls.getByText(/answered something that is not a reply .* a web page, “Down”/).waitFor();
    await calls.getByText('Answered, not usable').nth(1).waitFor();
    await calls
      .getByText('The answer was longer than metaTitle allows (90 of 70 characters).')
      .nth(1)
      .waitFor();
    expect(await calls.getByRole('row').count()).toBe(4);

    ai.respond(() => ok({ metaTitle: 'It fits' }));
    await page.getByRole('button', { name: 'Try again', exact: true }).click();
    await page.getByRole('main').getByText('3 written', { exact: true }).waitFor();
    await calls.getByText('Answered', { exact: true }).waitFor();
    await expect
      .poll(async () => (await editor.entry(POST, documentId, '?locale=en')).metaTitle)
      .toBe('It fits');

    await page.getByRole('button', { name: 'Undo', exact: true }).click();
    const dialog = page.getByRole('alertdialog', { name: `Undo in “${title}”?` });
    await dialog.getByRole('button', { name: 'Put the old values back' }).click();
    await page.getByText(`The old values of “${title}” are being put back.`).waitFor();
    await expect
      .poll(async () => (await editor.entry(POST, documentId, '?locale=en')).metaTitle, { timeout: 20_000 })
      .toBe('As it was');
    await page.getByRole('button', { name: 'Undo', exact: true }).waitFor({ state: 'detached' });
  });

  test('a long value: its beginning in the row, the whole of it opened and exported', async () => {
    const { editor, ai } = stage();
    const [post] = (await editor.entries(POST, '&sort=title:DESC&locale=en')).slice(24, 25);
    const [documentId, title] = [String(post?.documentId), String(post?.title)];
    ai.respond(() => ok({ body: `Beginning ${'again and '.repeat(3_000)}the very end.` }));
    const selection = { contentType: POST, locale: 'en', documentIds: [documentId] };
    const job = await editor.createJob(
      fillBody(selection, { outputs: [{ field: 'body', overwrite: 'always' }] }, { title: 'A long one' })
    );
    expect((await editor.ends(job.id)).counts.completed).toBe(1);
    const [listed] = await editor.items(job.id);
    expect(listed?.values.body?.cut).toBe(true);

    const page = await stage().panel.open(`/plugins/ai-jobs/jobs/${job.id}`);
    await page.getByText(/“Beginning again and/).waitFor();
    expect(await page.getByText(/the very end\./).count()).toBe(0);
    await page.getByRole('button', { name: `Show the details of ${title}` }).click();
    await page.getByText(/the very end\./).waitFor();

    const exported = async (): Promise<string> => {
      await page.getByRole('button', { name: 'More actions for A long one', exact: true }).click();
      const download = page.waitForEvent('download');
      await page.getByRole('menuitem', { name: 'Export as CSV' }).click();
      return readFile(await (await download).path(), 'utf8');
    };
    const csv = await exported();
    expect(csv).toContain('the very end.');
    // The same where the list has no room for whole values.
    await page.route(/values=whole/, (route) =>
      route.continue({ url: route.request().url().replace('values=whole', '') })
    );
    expect(await exported()).toBe(csv);
  });
});
