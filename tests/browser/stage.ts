import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, inject } from 'vitest';
import { signIn, type AdminClient } from '../bookshop/admin-client';
import { ADMIN, EDITOR } from '../bookshop/bookshop';
import { startOpenAiServer, type FakeOpenAi } from '../fakes/openai-server';
import { launchChromium } from './chromium';
import { Panel } from './panel';

/** What the tests of one file work with. */
export interface Stage {
  panel: Panel;
  ai: FakeOpenAi;
  editor: AdminClient;
  admin: AdminClient;
}

/** Tests in the browser: on the bookshop of the run, with an AI of the file's own. Skipped where there is no Chromium. */
export function onStage(name: string, define: (stage: () => Stage) => void): void {
  const given = inject('stage');
  describe.skipIf(given === null)(name, () => {
    let stage: Stage | undefined;
    let browser: Browser | undefined;
    let ai: FakeOpenAi | undefined;
    const current = (): Stage => {
      if (!stage) throw new Error('The stage is not set yet.');
      return stage;
    };

    beforeAll(async () => {
      if (given === null) return;
      ai = await startOpenAiServer(null, given.aiPort);
      browser = await launchChromium();
      const [panel, editor, admin] = await Promise.all([
        Panel.of(given.url, browser),
        signIn(given.url, EDITOR),
        signIn(given.url, ADMIN),
      ]);
      stage = { panel, ai, editor, admin };
    });
    afterAll(async () => {
      await browser?.close();
      await ai?.close();
    });
    afterEach(async ({ task }) => {
      const { panel } = current();
      const faults = [...panel.faults];
      await panel.clear(task.result?.state === 'fail' ? task.name : null);
      current().ai.respond(null);
      current().ai.setLatency(0);
      current().ai.reset();
      expect(faults, 'errors in the page').toEqual([]);
    });
    define(current);
  });
}
