import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { POST } from '../bookshop/fill-jobs';
import { metaTitleOf, writesMeta } from './answers';
import { onStage } from './stage';

const FIELDS = 'Meta title, Meta description';

onStage('one entry in the Content Manager', (stage) => {
  /** A post with old words in it, opened by the editor. */
  const openPost = async (index: number): Promise<{ page: Page; title: string; documentId: string }> => {
    const { editor, ai } = stage();
    ai.setLatency(200);
    ai.respond(writesMeta);
    const posts = await editor.entries(POST, '&sort=title:DESC&pageSize=5&locale=en');
    const documentId = String(posts[index]?.documentId);
    const old = { metaTitle: 'Old title', metaDescription: 'Old description' };
    await editor.edit(POST, documentId, old, '?locale=en');
    const page = await stage().panel.open(`/content-manager/collection-types/${POST}/${documentId}`);
    await panelOf(page).getByRole('button', { name: 'Generate with AI' }).waitFor();
    return { page, title: String(posts[index]?.title), documentId };
  };
  const panelOf = (page: Page) =>
    page.getByRole('complementary').filter({ has: page.getByRole('heading', { name: 'AI Jobs' }) });
  const metaTitle = (page: Page) => page.getByRole('textbox', { name: 'metaTitle' }).inputValue();

  const generate = async (page: Page): Promise<void> => {
    const dialog = page.getByRole('dialog', { name: 'Generate with AI' });
    await dialog.getByText(`Writes: ${FIELDS}`).waitFor();
    await dialog.getByRole('checkbox', { name: 'Also replace what is already filled' }).click();
    await dialog.getByRole('button', { name: 'Generate', exact: true }).click();
    await dialog.getByText(`AI wrote ${FIELDS}.`).waitFor();
  };

  test('with unsaved changes the action is disabled and says why', async () => {
    const { page } = await openPost(0);
    await page.getByRole('textbox', { name: 'metaTitle' }).fill('Mine, not saved');
    await panelOf(page).getByText('Save or discard your changes first').waitFor();
    expect(await panelOf(page).getByRole('button', { name: 'Generate with AI' }).isDisabled()).toBe(true);
    await page.getByRole('button', { name: 'More document actions' }).click();
    const action = page.getByRole('menuitem', { name: 'Generate with AI (save the entry first)' });
    await action.waitFor();
    expect(await action.isDisabled()).toBe(true);
  });

  test('the form shows what AI wrote, and Undo in the panel puts the old words back', async () => {
    const { page, title } = await openPost(1);
    await panelOf(page).getByRole('button', { name: 'Generate with AI' }).click();
    await generate(page);
    await page.getByRole('button', { name: 'Done' }).click();
    await expect.poll(() => metaTitle(page)).toBe(metaTitleOf(title));

    const panel = panelOf(page);
    await panel.getByRole('link', { name: 'Post: meta title and description' }).waitFor();
    await panel.getByText('Written', { exact: true }).waitFor();
    await panel.getByRole('button', { name: `Undo: ${FIELDS}` }).click();
    await expect.poll(() => metaTitle(page), { timeout: 20_000 }).toBe('Old title');
  });

  test("from the entry's menu, and undone where it is told", async () => {
    const { page } = await openPost(2);
    await page.getByRole('button', { name: 'More document actions' }).click();
    await page.getByRole('menuitem', { name: 'Generate with AI' }).click();
    await generate(page);
    const dialog = page.getByRole('dialog', { name: 'Generate with AI' });
    await dialog.getByRole('button', { name: 'Undo' }).click();
    await dialog.getByText(`${FIELDS}: back to what it was before.`).waitFor();
    await dialog.getByRole('button', { name: 'Done' }).click();
    await expect.poll(() => metaTitle(page), { timeout: 20_000 }).toBe('Old title');
  });

  test.each([
    {
      edits: { metaTitle: 'Mine' },
      said: 'metaTitle was edited after the job wrote it and was left as it is; the other fields were put back.',
    },
    {
      edits: { metaTitle: 'Mine', metaDescription: 'Mine, too' },
      said: 'metaTitle, metaDescription was edited after the job wrote it, so it was left as it is.',
    },
  ])('an undo does not claim what it left alone: $said', async ({ edits, said }) => {
    const { page, documentId } = await openPost(3);
    await page.getByRole('button', { name: 'More document actions' }).click();
    await page.getByRole('menuitem', { name: 'Generate with AI' }).click();
    await generate(page);
    expect((await stage().editor.edit(POST, documentId, edits, '?locale=en')).status).toBe(200);
    const dialog = page.getByRole('dialog', { name: 'Generate with AI' });
    await dialog.getByRole('button', { name: 'Undo' }).click();
    await dialog.getByText(said).waitFor();
    expect(await dialog.getByText('back to what it was before').count()).toBe(0);
    expect(await stage().editor.entry(POST, documentId, '?locale=en')).toMatchObject(edits);
  });
});
