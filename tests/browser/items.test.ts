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
});
