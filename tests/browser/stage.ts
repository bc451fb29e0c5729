import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, inject } from 'vitest';
import { signIn, type AdminClient } from '../bookshop/admin-client';
import { ADMIN, EDITOR, ROOT } from '../bookshop/bookshop';
import { startOpenAiServer, type FakeOpenAi } from '../fakes/openai-server';
import { launchChromium } from './chromium';

const FAILURES = path.join(ROOT, 'tests', '.artifacts', 'browser');
const VIEWPORT = { width: 1400, height: 900 };
/** Pages are drawn on two slow cores while a queue works on them. */
const PATIENCE_MS = 30_000;

export interface Credentials {
  email: string;
  password: string;
}

interface OpenOptions {
  theme?: 'light' | 'dark';
  /** False: nobody is signed in yet. */
  signedIn?: boolean;
}

/** What the tests of one file work with. */
export class Stage {
  /** What went wrong in the pages of this test: exceptions and console errors that are no answers of a server. */
  readonly faults: string[] = [];
  private readonly contexts: BrowserContext[] = [];

  constructor(
    readonly url: string,
    readonly ai: FakeOpenAi,
    readonly editor: AdminClient,
    readonly admin: AdminClient,
    private readonly browser: Browser
  ) {}

  /** A page in a browser window of its own, on a path of the admin panel such as `/plugins/ai-jobs`, as a person sees it. */
  async open(place: string, who: Credentials = EDITOR, options: OpenOptions = {}): Promise<Page> {
    const { theme = 'light', signedIn = true } = options;
    const context = await this.browser.newContext({ viewport: VIEWPORT, locale: 'en-GB' });
    this.contexts.push(context);
    context.setDefaultTimeout(PATIENCE_MS);
    await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: this.url });
    await context.addInitScript(`localStorage.setItem('STRAPI_THEME', '${theme}')`);
    if (signedIn) {
      const { token } = await signIn(this.url, who);
      await context.addCookies([{ name: 'jwtToken', value: token, url: this.url }]);
    }
    const page = await context.newPage();
    page.on('pageerror', (error) => this.faults.push(error.message));
    page.on('console', (message) => {
      const isAnswer = message.text().startsWith('Failed to load resource');
      if (message.type() === 'error' && !isAnswer) this.faults.push(message.text());
    });
    await page.goto(this.address(place));
    return page;
  }

  /** The whole address of a path of the admin panel. */
  address(place: string): string {
    return `${this.url}/admin${place}`;
  }

  /** Closes what the test opened; pictures of it are kept where the test failed. */
  async clear(failed: string | null): Promise<void> {
    const pages = this.contexts.flatMap((context) => context.pages());
    if (failed !== null) {
      await mkdir(FAILURES, { recursive: true });
      const name = failed.replace(/[^a-z0-9]+/gi, '-').slice(0, 80);
      for (const [index, page] of pages.entries())
        await page.screenshot({ path: path.join(FAILURES, `${name}-${index}.png`) }).catch(() => undefined);
    }
    await Promise.all(this.contexts.splice(0).map((context) => context.close()));
    this.faults.splice(0);
    this.ai.respond(null);
    this.ai.setLatency(0);
    this.ai.reset();
  }
}

/** Tests in the browser: on the bookshop of the run, with an AI of the file's own. Skipped where there is no Chromium. */
export function onStage(name: string, define: (stage: () => Stage) => void): void {
  const given = inject('stage');
  describe.skipIf(given === null)(name, () => {
    let stage: Stage;
    let browser: Browser | undefined;
    let ai: FakeOpenAi | undefined;

    beforeAll(async () => {
      if (given === null) return;
      ai = await startOpenAiServer(null, given.aiPort);
      browser = await launchChromium();
      const [editor, admin] = await Promise.all([signIn(given.url, EDITOR), signIn(given.url, ADMIN)]);
      stage = new Stage(given.url, ai, editor, admin, browser);
    });
    afterAll(async () => {
      await browser?.close();
      await ai?.close();
    });
    afterEach(async (context) => {
      const faults = [...stage.faults];
      await stage.clear(context.task.result?.state === 'fail' ? context.task.name : null);
      expect(faults, 'errors in the page').toEqual([]);
    });
    define(() => stage);
  });
}
