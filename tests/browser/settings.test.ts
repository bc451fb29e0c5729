import { expect, test } from 'vitest';
import { ADMIN } from '../bookshop/bookshop';
import { BOOK, fillBody } from '../bookshop/fill-jobs';
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

  test('a provider that needs no key says whether it answers', async () => {
    const page = await stage().panel.open('/settings/ai-jobs', ADMIN);
    const { ai, admin } = stage();
    await page.getByText('It needs no key, but nothing answers at http://localhost:11434/v1.').waitFor();
    await admin.data('PUT', '/ai-jobs/settings', { providers: { lmstudio: { baseUrl: ai.url } } });
    await page.reload();
    const running = page.locator('section').filter({ has: page.getByRole('heading', { name: 'LM Studio' }) });
    await running.getByText('Ready', { exact: true }).waitFor();
    await admin.data('PUT', '/ai-jobs/settings', { providers: { lmstudio: { baseUrl: null } } });
  });

  test('defaults are what the next new job begins with', async () => {
    const page = await stage().panel.open('/settings/ai-jobs?tab=defaults', ADMIN);
    await page.getByRole('textbox', { name: 'Temperature' }).fill('3');
    const save = page.getByRole('button', { name: 'Save' }).first();
    await expect.poll(() => save.isDisabled()).toBe(true);
    await page.getByRole('textbox', { name: 'Temperature' }).fill('0.3');
    await page.getByRole('combobox', { name: 'Write to' }).click();
    await page.getByRole('option', { name: 'The draft, then publish' }).click();
    await save.click();
    await page.getByText('The settings are saved.').waitFor();
    await page.reload();
    await expect.poll(() => page.getByRole('textbox', { name: 'Temperature' }).inputValue()).toBe('0.3');
    const newJob = await stage().panel.open(
      '/plugins/ai-jobs/jobs/new?contentType=api::post.post&field=metaTitle'
    );
    await newJob.getByRole('radio', { name: 'The draft, then publish', checked: true }).waitFor();
    await stage().admin.data('PUT', '/ai-jobs/settings', {
      defaults: { temperature: null, mode: 'apply' },
    });
  });

  test('the queue: which one, why, and who works on it', async () => {
    // It starts with the first job.
    const { editor } = stage();
    const [first] = await editor.entries(BOOK);
    const selection = { contentType: BOOK, documentIds: [String(first?.documentId)] };
    const job = await editor.createJob(
      fillBody(selection, { prompt: '{{ name }}', outputs: [{ field: 'description' }] })
    );
    await editor.ends(job.id);
    const page = await stage().panel.open('/settings/ai-jobs', ADMIN);
    await page.getByRole('tab', { name: 'Queue' }).click();
    await page.getByRole('heading', { name: 'Embedded queue' }).waitFor();
    await page.getByText('Chosen because there is neither Redis nor PostgreSQL here.').waitFor();
    for (const words of ['waiting', 'in progress', 'for later'])
      await page.getByText(words, { exact: true }).waitFor();
    const workers = page.getByRole('grid');
    await workers.getByText('just now').first().waitFor();
    expect(await workers.getByRole('row').count()).toBe(2);
    for (const words of ['in the Strapi server', 'content: 0 in hand, 4 calls at once'])
      await workers.getByText(words).waitFor();
  });
});
