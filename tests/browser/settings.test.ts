import { expect, test } from 'vitest';
import { ADMIN } from '../bookshop/bookshop';
import { POST, runJob, Shelf } from '../bookshop/fill-jobs';
import { error, openAiError } from '../fakes/openai-server';
import { onStage } from './stage';

onStage('settings, as the administrator', (stage) => {
  test('a provider: where its key comes from, and a test that says how it went', async () => {
    const { ai } = stage();
    const page = await stage().panel.open('/settings/ai-jobs', ADMIN);
    await page.getByText('••••1234 from the environment').waitFor();
    expect((await page.textContent('body')) ?? '').not.toContain('sk-test-key');
    const test = page.getByRole('button', { name: 'Test OpenAI', exact: true });
    await test.click();
    await page.getByText('fake-large answered in').waitFor();

    ai.respond(() =>
      error(401, openAiError('Incorrect API key provided.', 'invalid_request_error', 'invalid_api_key'))
    );
    await test.click();
    await page.getByText('The key for OpenAI was refused.').waitFor();
  });

  test('a provider’s tokens per minute are set, shown, and taken away again', async () => {
    const page = await stage().panel.open('/settings/ai-jobs', ADMIN);
    const edit = page.getByRole('button', { name: 'Edit OpenAI', exact: true });
    const form = page.getByRole('form', { name: 'Edit OpenAI', exact: true });
    const tokens = form.getByRole('textbox', { name: 'Tokens per minute' });
    await edit.click();
    await tokens.fill('200000');
    await form.getByRole('button', { name: 'Save' }).click();
    await page.getByText('200,000 tokens per minute').waitFor();
    await edit.click();
    await tokens.fill('');
    await form.getByRole('button', { name: 'Save' }).click();
    await page.getByText('200,000 tokens per minute').waitFor({ state: 'detached' });
  });

  test('limits are saved', async () => {
    const page = await stage().panel.open('/settings/ai-jobs?tab=limits', ADMIN);
    const attempts = page.getByRole('textbox', { name: 'Attempts per entry' });
    await attempts.fill('0');
    await page.getByText('A whole number from 1 to 20.').waitFor();
    const save = page.getByRole('button', { name: 'Save' });
    expect(await save.isDisabled()).toBe(true);
    await attempts.fill('3');
    await save.click();
    await page.getByText('The settings are saved.').waitFor();
    await page.reload();
    await expect.poll(() => attempts.inputValue()).toBe('3');
    await stage().admin.data('PUT', '/ai-jobs/settings', { limits: { attempts: null } });
  });

  test('the queue: which one, why, and who works on it', async () => {
    // The embedded queue starts with the first job.
    const posts = await Shelf.of(stage().admin, POST);
    await runJob(stage().admin, posts.ids(1));
    const page = await stage().panel.open('/settings/ai-jobs', ADMIN);
    await page.getByRole('tab', { name: 'Queue' }).click();
    await page.getByRole('heading', { name: 'Embedded queue' }).waitFor();
    await page.getByText('Chosen because there is neither Redis nor PostgreSQL here.').waitFor();
    for (const words of ['waiting', 'in progress', 'for later', 'failed'])
      await page.getByText(words, { exact: true }).waitFor();
    const workers = page.getByRole('grid');
    await workers.getByText('just now').first().waitFor();
    expect(await workers.getByRole('row').count()).toBe(2);
    for (const words of ['in the Strapi server', 'content: 0 of 4']) await workers.getByText(words).waitFor();
  });
});
