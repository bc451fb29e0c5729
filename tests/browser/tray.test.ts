import { test } from 'vitest';
import { CHAPTER, fillBody } from '../bookshop/fill-jobs';
import { ok } from '../fakes/openai-server';
import { Gate } from './answers';
import { onStage } from './stage';

onStage('the tray', (stage) => {
  test('is there on every page while a job runs, tells the end, and goes when it is closed', async () => {
    const { editor, ai } = stage();
    const gate = new Gate(1);
    ai.respond(async () => {
      await gate.pass();
      return ok({ description: 'What this chapter is about.' });
    });
    const chapters = await editor.entries(CHAPTER, '&pageSize=4');
    const documentIds = chapters.slice(0, 4).map(({ documentId }) => String(documentId));
    const job = await editor.createJob(
      fillBody(
        { contentType: CHAPTER, documentIds },
        { prompt: 'About {{ name }}', outputs: [{ field: 'description', overwrite: 'always' }] },
        { title: 'Seen from afar' }
      )
    );

    const page = await stage().panel.open(`/content-manager/collection-types/${CHAPTER}`);
    const tray = page.getByRole('region', { name: 'Your AI jobs' });
    const notice = tray.getByRole('link', { name: 'Seen from afar' });
    await notice.waitFor();
    await tray.getByText('1/4', { exact: false }).waitFor();
    await page.reload();
    await tray.getByRole('progressbar', { name: 'Progress of Seen from afar' }).waitFor();
    await page.getByRole('link', { name: 'Home' }).click();
    await tray.getByText('1/4', { exact: false }).waitFor();

    gate.release();
    await page.getByText('“Seen from afar” has ended: 4 written.').waitFor();
    await tray.getByText('4 written', { exact: true }).waitFor();
    await notice.click();
    await page.getByRole('heading', { name: 'Seen from afar', level: 1 }).waitFor();
    // On the job's own page the tray would say everything twice.
    await notice.waitFor({ state: 'detached' });

    await page.getByRole('link', { name: 'Home' }).click();
    await tray.getByRole('button', { name: 'Close the notice of Seen from afar' }).click();
    await notice.waitFor({ state: 'detached' });
    await page.reload();
    await page.getByRole('link', { name: 'AI Jobs' }).waitFor();
    const listed = page.waitForResponse((response) => response.url().includes('/ai-jobs/jobs?'));
    await page.reload();
    await listed;
    await notice.waitFor({ state: 'detached' });
    await editor.ends(job.id);
  });
});
