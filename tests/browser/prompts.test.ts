import { expect, test } from 'vitest';
import type { PromptView } from '../../server/src/contracts';
import { BOOK, CHAPTER } from '../bookshop/fill-jobs';
import { onStage } from './stage';

onStage('prompts', (stage) => {
  test('written with placeholders, checked while one types, previewed, saved and listed', async () => {
    const { editor } = stage();
    const name = `Chapter teaser ${Date.now()}`;
    const [chapter] = await editor.entries(CHAPTER, '&sort=name:ASC&pageSize=1');
    const page = await stage().panel.open('/plugins/ai-jobs');
    await page.getByRole('link', { name: 'Prompts' }).click();
    await page.getByRole('link', { name: 'New prompt' }).click();

    await page.getByRole('textbox', { name: 'Name' }).fill(name);
    await page.getByRole('combobox', { name: 'Content type' }).click();
    await page.getByRole('option', { name: 'Chapter', exact: true }).click();
    const template = page.getByRole('textbox', { name: 'Template' });
    await template.fill('Tease the chapter {{ nome }} of ');
    await page.getByRole('button', { name: 'book_name' }).click();
    expect(await template.inputValue()).toBe('Tease the chapter {{ nome }} of {{ book_name }}');
    await page.getByText('“nome” does not exist on this content type.').waitFor();
    const save = page.getByRole('button', { name: 'Save', exact: true });
    expect(await save.isDisabled()).toBe(true);
    await page.getByRole('button', { name: 'Use “name”' }).click();
    await page.getByText('The template is fine.').waitFor();

    await page.getByRole('combobox', { name: 'Entry of Chapter' }).click();
    await page.getByRole('option', { name: String(chapter?.name) }).click();
    await page.getByText(`Tease the chapter ${String(chapter?.name)} of`).waitFor();

    await page.getByRole('checkbox', { name: 'Description' }).click();
    await save.click();
    await page.getByText(`“${name}” is saved (version 1).`).waitFor();
    await page.getByRole('heading', { name, level: 1 }).waitFor();
    await page.getByRole('link', { name: 'Back' }).click();
    const row = page.getByRole('row').filter({ hasText: name });
    await row.getByText('description').waitFor();
    await row.getByText('no job').waitFor();
  });

  test('changed: a new version; what the server refuses stands at its field', async () => {
    const { editor } = stage();
    const name = `Book blurb ${Date.now()}`;
    const prompt = await editor.data<PromptView>('POST', '/ai-jobs/prompts', {
      name,
      contentType: BOOK,
      template: 'A blurb for {{ name }}.',
      outputs: [{ field: 'description' }],
    });
    const page = await stage().panel.open('/plugins/ai-jobs/prompts');
    await page.getByRole('button', { name: `Edit ${name}` }).click();
    await page.getByText('Version 1, used by no job yet').waitFor();
    const template = page.getByRole('textbox', { name: 'Template' });
    await template.fill('A short blurb for {{ name }}.');
    await page.getByText('The template is fine.').waitFor();
    const maxLength = page.getByRole('textbox', { name: 'Maximum characters' });
    await maxLength.fill('99999999');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    const fields = page.getByRole('group', { name: 'Fields to write' });
    await fields.getByRole('alert').waitFor();
    expect(await template.inputValue()).toBe('A short blurb for {{ name }}.');
    await maxLength.fill('300');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText(`“${name}” is saved (version 2).`).waitFor();
    const saved = await editor.data<PromptView>('GET', `/ai-jobs/prompts/${prompt.id}`);
    expect(saved).toMatchObject({
      version: 2,
      template: 'A short blurb for {{ name }}.',
      outputs: [{ field: 'description', maxLength: 300 }],
    });
  });

  test('deleted after a question', async () => {
    const name = `Thrown away ${Date.now()}`;
    await stage().editor.data('POST', '/ai-jobs/prompts', {
      name,
      contentType: BOOK,
      template: '{{ name }}',
      outputs: [],
    });
    const page = await stage().panel.open('/plugins/ai-jobs/prompts');
    await page.getByRole('button', { name: `Delete ${name}` }).click();
    const dialog = page.getByRole('alertdialog', { name: 'Delete this prompt?' });
    await dialog.getByText(`“${name}” is deleted for everyone. No job was made with it.`).waitFor();
    await dialog.getByRole('button', { name: 'Confirm' }).click();
    await page.getByText(`“${name}” is deleted.`, { exact: true }).waitFor();
    await page.getByRole('row').filter({ hasText: name }).waitFor({ state: 'detached' });
  });
});
