import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bookshopEnvironment, ROOT } from '../bookshop/bookshop';
import { runInProject } from '../bookshop/strapi-process';
import { runCommand } from '../bookshop/worker-process';

const PROJECT = path.join(ROOT, 'demo');
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'bookshop-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const environmentWith = (backend: string): Record<string, string> => ({
  ...bookshopEnvironment(folder, { queue: { backend } }),
  BOOKSHOP_SEED: 'false',
});

const LACKING: [backend: string, sentence: string][] = [
  ['redis', 'queue.backend: "redis" needs an address: set queue.redisUrl, or REDIS_URL in the environment.'],
  [
    'postgres',
    'queue.backend: "postgres" needs Strapi itself to be on PostgreSQL, and it is on sqlite: choose "redis" or "embedded", or leave the option out.',
  ],
];

test.each(LACKING)(
  'Strapi does not start on the backend "%s" without what it needs',
  async (backend, sentence) => {
    const { code, output } = await runInProject(PROJECT, { strapi: ['start'] }, environmentWith(backend));
    expect(output).toContain(sentence);
    expect(output).not.toContain('Strapi started successfully');
    expect(code).toBe(1);
  }
);

test.each(LACKING)('nor does a worker: "%s"', async (backend, sentence) => {
  const { code, output } = await runCommand(PROJECT, ['worker'], environmentWith(backend));
  expect(output).toContain(sentence);
  expect(output).not.toMatch(/\n\s+at /);
  expect(code).toBe(1);
});
