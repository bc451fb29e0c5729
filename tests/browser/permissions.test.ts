import { expect, test } from 'vitest';
import type { ListJobsResponse } from '../../server/src/contracts';
import { POST } from '../bookshop/fill-jobs';
import { makePerson, makeRole } from './people';
import { onStage } from './stage';

onStage('without the right to see jobs', (stage) => {
  test('there is no link in the menu and nothing of the plugin in the Content Manager', async () => {
    const { admin } = stage();
    const role = await makeRole(admin, 'Writers', ({ action }) => !action.startsWith('plugin::ai-jobs.'));
    const person = await makePerson(admin, role);
    const list = `/content-manager/collection-types/${POST}`;
    const page = await stage().panel.open(`${list}?page=1&pageSize=10`, person);
    const menu = page.getByRole('navigation').first();
    await menu.getByRole('link', { name: 'Content Manager' }).waitFor();
    const row = page.getByRole('row').nth(1);
    await row.getByRole('checkbox').click();
    await page.getByText('1 entry selected').waitFor();
    await page.getByRole('button', { name: 'Unpublish' }).waitFor();
    expect(await menu.getByRole('link', { name: 'AI Jobs' }).count()).toBe(0);
    expect(await page.getByRole('button', { name: /Generate/ }).count()).toBe(0);

    await row.getByRole('gridcell').nth(2).click();
    await page.waitForURL((url) => url.pathname.includes(`${list}/`));
    await page.getByRole('button', { name: 'More document actions' }).click();
    await page.getByRole('menuitem').first().waitFor();
    expect(await page.getByRole('menuitem', { name: /Generate/ }).count()).toBe(0);
    await page.keyboard.press('Escape');
    expect(await page.getByRole('heading', { name: 'AI Jobs' }).count()).toBe(0);

    await page.goto(stage().panel.address('/plugins/ai-jobs'));
    await page.getByText("You don't have the permissions to access that content").waitFor();
  });

  test.each([
    ['jobs.read-all', 'AI Jobs', ['Jobs']],
    ['jobs.manage', 'AI Jobs', ['Jobs']],
    ['prompts.manage', 'Prompts', ['Prompts']],
  ])('who has %s alone is led from the menu to what it opens: %s', async (right, heading, places) => {
    const { admin } = stage();
    const role = await makeRole(
      admin,
      `Only ${right}`,
      ({ action }) => !action.startsWith('plugin::ai-jobs.'),
      [{ action: `plugin::ai-jobs.${right}`, subject: null }]
    );
    const page = await stage().panel.open('/', await makePerson(admin, role));
    await page.getByRole('navigation').first().getByRole('link', { name: 'AI Jobs' }).click();
    await page.getByRole('heading', { name: heading, exact: true }).waitFor();
    const links = page.getByRole('navigation', { name: 'AI Jobs' }).getByRole('link');
    expect(await links.allTextContents()).toEqual(places);
  });

  test('who may start jobs but not see them is told so, and stays on the page', async () => {
    const { admin } = stage();
    const role = await makeRole(
      admin,
      'Starts unseen',
      ({ action }) => !action.startsWith('plugin::ai-jobs.'),
      [{ action: 'plugin::ai-jobs.jobs.create', subject: null }]
    );
    const person = await makePerson(admin, role);
    const title = `Unseen ${Date.now()}`;
    const page = await stage().panel.open(
      '/plugins/ai-jobs/jobs/new?contentType=api::book-group.book-group&field=description',
      person
    );
    await page.getByRole('textbox', { name: 'Template' }).fill('A sentence about {{ name }}.');
    await page.getByRole('button', { name: 'Name, start later, priority' }).click();
    await page.getByRole('textbox', { name: 'Name of the job' }).fill(title);
    await page.getByRole('button', { name: 'Start', exact: true }).click();
    await page.getByText('Your role does not let you see jobs').waitFor();
    await page.getByRole('heading', { name: 'New job' }).waitFor();
    // The page is still there, and so is its button: the same job is not made twice.
    const again = page.waitForResponse(
      (response) => response.url().endsWith('/ai-jobs/jobs') && response.request().method() === 'POST'
    );
    await page.getByRole('button', { name: 'Start', exact: true }).click();
    expect((await again).ok()).toBe(true);
    const { body } = await admin.request<ListJobsResponse>('GET', `/ai-jobs/jobs?search=${title}`);
    expect(body.data).toHaveLength(1);
  });

  test('who may see the settings alone is led to them from the menu', async () => {
    const { admin } = stage();
    const role = await makeRole(
      admin,
      'Only settings.read',
      ({ action }) => !action.startsWith('plugin::ai-jobs.'),
      [{ action: 'plugin::ai-jobs.settings.read', subject: null }]
    );
    const page = await stage().panel.open('/', await makePerson(admin, role));
    await page.getByRole('navigation').first().getByRole('link', { name: 'AI Jobs' }).click();
    await page.waitForURL('**/settings/ai-jobs');
    await page.getByRole('tab', { name: 'Providers' }).waitFor();
  });
});
