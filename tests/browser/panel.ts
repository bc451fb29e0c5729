import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { signIn } from '../bookshop/admin-client';
import { EDITOR, ROOT } from '../bookshop/bookshop';

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

/** The admin panel of a bookshop as people see it. */
export class Panel {
  /** What went wrong in the pages of this test: exceptions and console errors that are no answers of a server. */
  readonly faults: string[] = [];
  /** Requests of the plugin's pages that its server refused, in this test. */
  readonly refusals: string[] = [];
  private readonly contexts: BrowserContext[] = [];

  private constructor(
    readonly url: string,
    private readonly browser: Browser,
    private readonly installation: string
  ) {}

  static async of(url: string, browser: Browser): Promise<Panel> {
    const response = await fetch(`${url}/admin/init`);
    const { data } = (await response.json()) as { data: { uuid: string } };
    return new Panel(url, browser, data.uuid);
  }

  /** A page in a browser window of its own, on a path of the admin panel such as `/plugins/ai-jobs`, as a person sees it. */
  async open(place: string, who: Credentials = EDITOR, options: OpenOptions = {}): Promise<Page> {
    const { theme = 'light', signedIn = true } = options;
    const context = await this.browser.newContext({ viewport: VIEWPORT, locale: 'en-GB' });
    this.contexts.push(context);
    context.setDefaultTimeout(PATIENCE_MS);
    await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: this.url });
    // Strapi's announcement is closed: it belongs to Strapi.
    const banner = `STRAPI_MEDIA_LIBRARY_BANNER_DISMISSED_FOR_false:${this.installation}`;
    await context.addInitScript(
      `localStorage.setItem('STRAPI_THEME', '${theme}'); localStorage.setItem('${banner}', 'true')`
    );
    if (signedIn) {
      const { token } = await signIn(this.url, who);
      await context.addCookies([{ name: 'jwtToken', value: token, url: this.url }]);
    }
    const page = await context.newPage();
    this.listen(page);
    await page.goto(this.address(place));
    return page;
  }

  private listen(page: Page): void {
    page.on('pageerror', (error) => this.faults.push(error.message));
    page.on('console', (message) => {
      const isAnswer = message.text().startsWith('Failed to load resource');
      if (message.type() === 'error' && !isAnswer) this.faults.push(message.text());
    });
    page.on('response', (response) => {
      const isOurs = response.url().startsWith(`${this.url}/ai-jobs/`);
      if (isOurs && response.status() >= 400) this.refusals.push(`${response.status()} ${response.url()}`);
    });
  }

  /** The whole address of a path of the admin panel. */
  address(place: string): string {
    return `${this.url}/admin${place}`;
  }

  /** Closes what a test opened; `failed`: its name where it failed, to keep pictures of what it saw. */
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
    this.refusals.splice(0);
  }
}
