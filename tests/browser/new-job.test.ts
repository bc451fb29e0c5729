import { expect, test } from 'vitest';
import type { ContentTypeView, ListJobsResponse, PromptView } from '../../server/src/contracts';
import { onStage } from './stage';

const POST = 'api::post.post';
const GROUP = 'api::book-group.book-group';

onStage('New job', (stage) => {
  test('from the menu: what is empty, and a click that fills the first two cards', async () => {
    const types = await stage().editor.data<ContentTypeView[]>('GET', '/ai-jobs/content-types');
    const groups = types.find(({ uid }) => uid === GROUP);
    const empty = groups?.fields.find(({ path }) => path === 'description')?.empty ?? 0;
    expect(empty).toBeGreaterThan(1);

    const page = await stage().panel.open('/');
    await page.getByRole('link', { name: 'AI Jobs' }).click();
    await page.getByRole('link', { name: 'New job' }).click();
    await page.getByRole('heading', { name: `Book groups (${groups?.total ?? 0})` }).waitFor();
    await page.getByText(`${empty} of ${groups?.total ?? 0} empty`).waitFor();
    await page.getByRole('button', { name: 'Write Description of Book groups' }).click();

    const entries = page.getByRole('region', { name: 'Entries' });
    await entries.getByText(`${empty} Book groups`).waitFor();
    await entries.getByText('Description is empty').waitFor();
    const fields = page.getByRole('group', { name: 'Fields to write' });
    expect(await fields.getByRole('checkbox', { name: 'Description' }).isChecked()).toBe(true);
    expect(await fields.getByRole('checkbox', { name: 'Name' }).isChecked()).toBe(false);
    await page.getByText('The template is fine.').waitFor();
  });

  test('what is empty in another language, inside a component too; the click stays in that language', async () => {
    const types = await stage().editor.data<ContentTypeView[]>('GET', '/ai-jobs/content-types');
    const inVietnamese = types
      .find(({ uid }) => uid === POST)
      ?.perLocale.find(({ locale }) => locale === 'vi');
    const empty = inVietnamese?.empty['seo.metaTitle'] ?? 0;
    expect(empty).toBeGreaterThan(0);

    const page = await stage().panel.open('/plugins/ai-jobs/jobs/new');
    await page.getByRole('combobox', { name: 'Language' }).click();
    await page.getByRole('option', { name: 'Vietnamese' }).click();
    await page.getByRole('heading', { name: `Posts (${inVietnamese?.total ?? 0})` }).waitFor();
    await page.getByRole('button', { name: 'Write Seo › Meta title of Posts' }).click();
    const entries = page.getByRole('region', { name: 'Entries' });
    await entries.getByText(new RegExp(`^${empty} Posts?`)).waitFor();
    await entries.getByRole('combobox', { name: 'Language' }).getByText('Vietnamese').waitFor();
    await entries.getByText('Seo › Meta title is empty').waitFor();
  });

  test('a wrong placeholder is told where it stands, with the nearest name', async () => {
    const page = await stage().panel.open(`/plugins/ai-jobs/jobs/new?contentType=${GROUP}&field=description`);
    const template = page.getByRole('textbox', { name: 'Template' });
    await template.fill('Describe the group {{ nmae }} in one sentence.');
    await page.getByText('“nmae” does not exist on this content type.').waitFor();
    await page.getByRole('button', { name: 'Start', exact: true }).click();
    await page.getByText('Prompt: correct what is marked in it').waitFor();
    expect(await template.inputValue()).toBe('Describe the group {{ nmae }} in one sentence.');
    await page.getByRole('button', { name: 'Use “name”' }).click();
    await page.getByText('The template is fine.').waitFor();
    expect(await template.inputValue()).toBe('Describe the group {{ name }} in one sentence.');
  });

  test('Start says what is missing', async () => {
    const page = await stage().panel.open(
      `/plugins/ai-jobs/jobs/new?contentType=${GROUP}&field=description&_q=nothinghasthisname`
    );
    await page.getByRole('textbox', { name: 'Template' }).fill('');
    await page
      .getByRole('group', { name: 'Fields to write' })
      .getByRole('checkbox', { name: 'Description' })
      .click();
    await page.getByText('No entry matches. Change the filters.').waitFor();
    await page.getByRole('button', { name: 'Start', exact: true }).click();
    const missing = page.getByRole('alert').filter({ hasText: 'Before it can start:' });
    for (const words of ['Entries: choose', 'Prompt: write one', 'Fields: tick'])
      await missing.getByText(words).waitFor();
  });

  test('a look at another content type loses nothing that was typed', async () => {
    const page = await stage().panel.open('/plugins/ai-jobs/jobs/new');
    await page.getByRole('button', { name: 'Write Description of Book groups' }).click();
    const template = page.getByRole('textbox', { name: 'Template' });
    await template.fill('My own words about {{ name }}.');
    const choose = async (type: string): Promise<void> => {
      await page.getByRole('combobox', { name: 'Content type' }).click();
      await page.getByRole('option', { name: type, exact: true }).click();
    };
    await choose('Books');
    await expect.poll(() => template.inputValue()).not.toBe('My own words about {{ name }}.');
    await choose('Book groups');
    await expect.poll(() => template.inputValue()).toBe('My own words about {{ name }}.');
  });

  test('what the server refuses stands at its field, and everything typed stays', async () => {
    const { editor } = stage();
    const name = `Soon gone ${Date.now()}`;
    const prompt = await editor.data<PromptView>('POST', '/ai-jobs/prompts', {
      name,
      contentType: GROUP,
      template: 'About {{ name }}.',
      outputs: [{ field: 'description' }],
    });
    const page = await stage().panel.open(`/plugins/ai-jobs/jobs/new?contentType=${GROUP}`);
    await page.getByRole('combobox', { name: 'Saved prompt' }).click();
    await page.getByRole('option', { name }).click();
    const instructions = page.getByRole('textbox', { name: 'Instructions for this field' });
    await instructions.fill('No brand names.');
    await editor.request('DELETE', `/ai-jobs/prompts/${prompt.id}`);
    await page.getByRole('button', { name: 'Start', exact: true }).click();
    await page.getByText('The job was not started.').waitFor();
    await page.getByText(/prompt .*(does not exist|gone|deleted)/i).waitFor();
    expect(await instructions.inputValue()).toBe('No brand names.');
    expect(await page.getByRole('textbox', { name: 'Template' }).inputValue()).toBe('About {{ name }}.');
  });

  test('scheduled for later: the button, the job and the list say when', async () => {
    const { editor } = stage();
    const page = await stage().panel.open(`/plugins/ai-jobs/jobs/new?contentType=${GROUP}&field=description`);
    await page.getByText('The template is fine.').waitFor();
    await page.getByRole('button', { name: 'Name, start later, priority' }).click();
    await page.getByRole('textbox', { name: 'Name of the job' }).fill('For another day');
    const year = new Date().getFullYear() + 2;
    const date = page.getByRole('combobox', { name: 'Date' });
    await date.fill(`12/24/${year}`);
    await date.press('Enter');
    await page.getByRole('combobox', { name: 'Time' }).click();
    await page
      .getByRole('option')
      .filter({ hasText: /^0?9:30/ })
      .first()
      .click();
    await page.getByRole('button', { name: 'Schedule', exact: true }).click();

    await page.getByRole('heading', { name: 'For another day' }).waitFor();
    const startAt = new Date(year, 11, 24, 9, 30);
    const words = new RegExp(`Starts Dec 24, ${year}, 9:30\\sAM`);
    await page.getByText(words).first().waitFor();
    const { body } = await editor.request<ListJobsResponse>('GET', '/ai-jobs/jobs?search=For another day');
    const [job] = body.data;
    expect(job).toMatchObject({ status: 'pending', startAt: startAt.toISOString() });
    await page.goto(stage().panel.address('/plugins/ai-jobs?tab=all'));
    await page.getByRole('row').filter({ hasText: 'For another day' }).getByText(words).waitFor();
    await editor.act(job?.id ?? '', 'cancel');
  });

  test('what was typed is saved as a prompt from here', async () => {
    const name = `Written here ${Date.now()}`;
    const page = await stage().panel.open(`/plugins/ai-jobs/jobs/new?contentType=${GROUP}&field=description`);
    await page.getByRole('textbox', { name: 'Template' }).fill('A sentence about {{ name }}.');
    await page.getByRole('button', { name: 'Save as new prompt' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Name' }).fill(name);
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.getByText(`“${name}” is saved (version 1).`).waitFor();
    await page.getByRole('combobox', { name: 'Saved prompt' }).getByText(name).waitFor();
  });
});
