import { expect, test } from 'vitest';
import { fillBody, POST } from '../bookshop/fill-jobs';
import { ok } from '../fakes/openai-server';
import { onStage } from './stage';

const SCRIPTS =
  '<img src=x onerror="window.__pwned=1"><script>window.__pwned=2</script><svg onload="alert(3)">';

onStage('texts that carry scripts', (stage) => {
  test('are shown as text on the Job page and in the list of jobs, and none runs', async () => {
    const { panel, ai, admin } = stage();
    const title = `Hostile ${Date.now()} ${SCRIPTS}`;
    const { documentId } = await admin.data<{ documentId: string }>(
      'POST',
      `/content-manager/collection-types/${POST}?locale=en`,
      { title }
    );
    const answer = '<b>=cmd|x</b> {{ title }} window.__pwned';
    ai.respond(() => ok({ metaTitle: answer }));
    const job = await admin.createJob(
      fillBody({ contentType: POST, documentIds: [documentId] }, {}, { title: title.slice(0, 200) })
    );
    await admin.ends(job.id);

    const who = { email: 'admin@bookshop.test', password: 'Bookshop-1234' };
    const page = await panel.open(`/plugins/ai-jobs/jobs/${job.id}`, who);
    const dialogs: string[] = [];
    page.on('dialog', (dialog) => {
      dialogs.push(dialog.message());
      void dialog.dismiss();
    });
    await page.getByText('onerror').first().waitFor();
    await page.getByText('=cmd|x').first().waitFor();
    expect(await page.evaluate('typeof window.__pwned')).toBe('undefined');
    expect(await page.locator('img[src="x"], svg[onload]').count()).toBe(0);

    await page.goto(panel.address('/plugins/ai-jobs'));
    await page.getByText('onerror').first().waitFor();
    expect(await page.evaluate('typeof window.__pwned')).toBe('undefined');
    expect(dialogs).toEqual([]);
  });
});
