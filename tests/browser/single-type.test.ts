import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { ok } from '../fakes/openai-server';
import { onStage } from './stage';

const ABOUT = 'api::about-shop.about-shop';
const ENTRY = `/content-manager/single-types/${ABOUT}`;
const WRITTEN = 'Sixteen books that teach a craft, sold at the corner of the old rope works.';

onStage('a content type with one entry', (stage) => {
  const metaDescription = (page: Page) => page.getByRole('textbox', { name: 'metaDescription' }).inputValue();

  test('is written from the overview, and its job leads to it', async () => {
    const { ai, admin } = stage();
    await admin.data('PUT', ENTRY, { metaDescription: null });
    ai.respond(() => ok({ metaDescription: WRITTEN }));
    const page = await stage().panel.open('/plugins/ai-jobs/jobs/new');
    const card = page.locator('section').filter({
      has: page.getByRole('heading', { name: 'About the shop', exact: true }),
    });
    await card.getByText('1 of 1 empty').waitFor();
    await card.getByRole('button', { name: 'Write Meta description of About the shop' }).click();
    await page.getByRole('region', { name: 'Entries' }).getByText('About the shop').first().waitFor();
    await page.getByText('The template is fine.').waitFor();
    const summary = page.getByRole('complementary', { name: 'Summary' });
    await summary.getByRole('button', { name: 'Try on 1 entry' }).click();
    await page.getByRole('region', { name: 'Sample' }).getByText(WRITTEN).waitFor();
    await summary.getByRole('button', { name: 'Start', exact: true }).click();
    await page.getByRole('main').getByText('1 written', { exact: true }).waitFor();
    // The page has come to rest: what moves under the pointer is not clicked. The job has a menu, too, and its name begins alike.
    const row = page.getByRole('row').filter({ hasText: WRITTEN.slice(0, 30) });
    await row.getByRole('button', { name: 'More actions for About the shop', exact: true }).waitFor();

    await row.getByRole('link', { name: 'About the shop', exact: true }).click();
    await page.waitForURL((url) => url.pathname.endsWith(ENTRY));
    await page.getByRole('heading', { name: 'About the shop', level: 1 }).waitFor();
    await expect.poll(() => metaDescription(page)).toBe(WRITTEN);
    await page.goto(stage().panel.address('/plugins/ai-jobs'));
    const listed = page.getByRole('row').filter({ hasText: 'About the shop: meta description' });
    await listed.getByRole('gridcell', { name: 'About the shop', exact: true }).waitFor();
  });

  test('in its edit view, in Vietnamese: written, shown in the form, and taken back', async () => {
    const { ai } = stage();
    ai.setLatency(200);
    ai.respond(() => ok({ metaDescription: 'Mười sáu cuốn sách dạy nghề.' }));
    const page = await stage().panel.open(`${ENTRY}?plugins[i18n][locale]=vi`);
    const panel = page.getByRole('complementary').filter({
      has: page.getByRole('heading', { name: 'AI Jobs' }),
    });
    await panel.getByRole('button', { name: 'Generate with AI' }).waitFor();
    expect(await metaDescription(page)).toBe('');
    await page.getByRole('button', { name: 'More document actions' }).click();
    await page.getByRole('menuitem', { name: 'Generate with AI' }).click();
    const dialog = page.getByRole('dialog', { name: 'Generate with AI' });
    await dialog.getByText('Writes: Meta description').waitFor();
    await dialog.getByRole('button', { name: 'Generate', exact: true }).click();
    await dialog.getByText('AI wrote Meta description.').waitFor();
    await dialog.getByRole('button', { name: 'Done' }).click();
    await expect.poll(() => metaDescription(page)).toBe('Mười sáu cuốn sách dạy nghề.');
    await panel.getByRole('button', { name: 'Undo: Meta description' }).click();
    await expect.poll(() => metaDescription(page), { timeout: 20_000 }).toBe('');
  });

  test('its prompt is tried on it', async () => {
    const page = await stage().panel.open('/plugins/ai-jobs/prompts');
    await page.getByRole('main').getByRole('link', { name: 'About the shop: meta description' }).click();
    await page.getByRole('combobox', { name: 'Entry of About the shop' }).click();
    await page.getByRole('option', { name: 'About the shop' }).click();
    await page.getByText('We sell books that teach something', { exact: false }).waitFor();
  });
});
