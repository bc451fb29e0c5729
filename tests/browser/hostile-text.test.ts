import { expect, test } from 'vitest';
import { fillBody, POST } from '../bookshop/fill-jobs';
import { ok, refusal } from '../fakes/openai-server';
import { onStage } from './stage';

const SCRIPTS =
  '<img src=x onerror="window.__pwned=1"><script>window.__pwned=2</script><svg onload="alert(3)">';

onStage('texts that carry scripts', (stage) => {
  test('are shown as text wherever they come from and wherever they are shown, and none runs', async () => {
    const { panel, ai, admin } = stage();
    const title = `Hostile ${Date.now()} ${SCRIPTS}`;
    const post = (named: string) =>
      admin.data<{ documentId: string }>('POST', `/content-manager/collection-types/${POST}?locale=en`, {
        title: named,
      });
    const [{ documentId }, refused] = [await post(title), await post(`Refused ${title}`)];
    const answer = `<b>=cmd|x</b> {{ title }} ${SCRIPTS}`;
    ai.respond((request) =>
      JSON.stringify(request.body.messages).includes('Refused')
        ? refusal(`No words about this: ${SCRIPTS}`)
        : ok({ excerpt: answer })
    );
    const job = await admin.createJob(
      fillBody(
        { contentType: POST, locale: 'en', documentIds: [documentId, refused.documentId] },
        { outputs: [{ field: 'excerpt' }] },
        { title: title.slice(0, 200) }
      )
    );
    expect((await admin.ends(job.id)).counts).toMatchObject({ completed: 1, failed: 1 });
    const prompt = await admin.data<{ id: string }>('POST', '/ai-jobs/prompts', {
      name: `Prompt ${SCRIPTS}`,
      contentType: POST,
      template: `${SCRIPTS} {{ title }}`,
    });

    const who = { email: 'admin@bookshop.test', password: 'Bookshop-1234' };
    const page = await panel.open(`/plugins/ai-jobs/jobs/${job.id}`, who);
    const dialogs: string[] = [];
    page.on('dialog', (dialog) => {
      dialogs.push(dialog.message());
      void dialog.dismiss();
    });
    await page.getByText('onerror').first().waitFor();
    await page.getByText('=cmd|x').first().waitFor();
    const expectHarmless = async (): Promise<void> => {
      expect(await page.evaluate('typeof window.__pwned')).toBe('undefined');
      expect(await page.locator('img[src="x"], svg[onload]').count()).toBe(0);
      expect(dialogs).toEqual([]);
    };
    await expectHarmless();
    await page
      .getByText(/No words about this: <img/)
      .first()
      .waitFor();
    // The prompt that was sent, the values and the calls of each.
    for (const row of [/^Show the details of Hostile/, /^Show the details of Refused/]) {
      await page.getByRole('button', { name: row }).click();
      await page.getByRole('grid', { name: 'Calls to the provider' }).waitFor();
      await page.getByText(/^Title: .*onerror/).waitFor();
      await expectHarmless();
      await page.getByRole('button', { name: /^Hide the details/ }).click();
    }
    const titles = await page.getByRole('link', { name: /Hostile.*onerror/ }).all();
    expect(titles.length).toBeGreaterThan(1);
    for (const link of titles)
      expect((await link.boundingBox())?.width, 'a long title stays in its column').toBeLessThan(430);

    for (const place of ['/plugins/ai-jobs', '/plugins/ai-jobs/prompts']) {
      await page.goto(panel.address(place));
      await page.getByText('onerror').first().waitFor();
      await expectHarmless();
    }
    await page.goto(panel.address(`/content-manager/collection-types/${POST}/${documentId}`));
    await page
      .getByRole('complementary')
      .filter({ has: page.getByRole('heading', { name: 'AI Jobs' }) })
      .getByText('onerror')
      .first()
      .waitFor();
    await expectHarmless();
    await admin.request('DELETE', `/ai-jobs/prompts/${prompt.id}`);
  });
});
