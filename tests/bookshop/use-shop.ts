import { afterAll, beforeAll, beforeEach } from 'vitest';
import { startOpenAiServer, type FakeOpenAi } from '../fakes/openai-server';
import type { AdminClient } from './admin-client';
import { startBookshop, type Bookshop } from './bookshop';
import { POST, QUICK, Shelf } from './fill-jobs';

/** What the tests of one file work with. */
export interface TestShop {
  shop: Bookshop;
  ai: FakeOpenAi;
  editor: AdminClient;
  administrator: AdminClient;
  /** All posts; each test takes its own. */
  posts: Shelf;
}

interface Order {
  /** Over QUICK. */
  config?: Record<string, unknown>;
  environment?: Record<string, string>;
  /** Another project than the demo. */
  project?: string;
}

/**
 * A bookshop and an AI for the tests of one file: the AI answers at once before each test, both are gone after the last one.
 * @param opened is given both before the first test.
 * @param order may ask where the AI is.
 */
export function useShop(
  opened: (open: TestShop) => unknown,
  order: (ai: FakeOpenAi) => Order = () => ({})
): void {
  let ai: FakeOpenAi | undefined;
  let shop: Bookshop | undefined;
  beforeAll(async () => {
    ai = await startOpenAiServer();
    const { config, environment, project } = order(ai);
    shop = await startBookshop({
      ...(project ? { project } : {}),
      config: { ...QUICK, ...config },
      environment: { OPENAI_API_KEY: 'sk-test-key-1234', OPENAI_BASE_URL: ai.url, ...environment },
    });
    const editor = await shop.editor();
    const posts = await Shelf.of(editor, POST);
    await opened({ shop, ai, editor, administrator: await shop.admin(), posts });
  });
  beforeEach(() => {
    ai?.respond(null);
    ai?.setLatency(0);
    ai?.reset();
  });
  afterAll(async () => {
    await shop?.remove();
    await ai?.close();
  });
}
