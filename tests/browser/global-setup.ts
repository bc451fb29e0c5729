import type { TestProject } from 'vitest/node';
import { ensurePanel, ensurePlugin } from '../../demo/start/builds.mjs';
import { freePort, startBookshop } from '../bookshop/bookshop';
import { findChromium } from './chromium';

/** What all browser tests share: one bookshop, and the port on which it expects its AI. */
export interface Stage {
  url: string;
  aiPort: number;
}

declare module 'vitest' {
  interface ProvidedContext {
    /** Null where there is no Chromium. */
    stage: Stage | null;
  }
}

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** Builds what the pages come from (not with PLUGIN_BUILD=off) and opens one bookshop for all browser tests. */
export default async function openStage(project: TestProject): Promise<() => Promise<void>> {
  if (findChromium() === null) {
    if (process.env.CI === 'true') throw new Error('There is no Chromium: set CHROMIUM_PATH or install it.');
    project.provide('stage', null);
    return () => Promise.resolve();
  }
  if (process.env.PLUGIN_BUILD !== 'off') {
    await ensurePlugin({ say });
    await ensurePanel({ say });
  }
  const aiPort = await freePort();
  const shop = await startBookshop({
    config: {
      // Few at once, so that progress is to be seen; one second between two attempts.
      jobTypes: { 'fill-fields': { backoffSeconds: [1], attempts: 2, timeoutSeconds: 60, concurrency: 4 } },
      providers: { openai: { defaultModel: 'fake-large' } },
    },
    environment: {
      OPENAI_API_KEY: 'sk-test-key-1234',
      OPENAI_BASE_URL: `http://127.0.0.1:${aiPort}/v1`,
    },
  });
  project.provide('stage', { url: shop.url, aiPort });
  return () => shop.remove();
}
