import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { JobView, QueueView } from '../../server/src/contracts';
import { signIn, type AdminClient } from '../bookshop/admin-client';
import { ARTICLE, AUTHOR, createSecondProject, type SecondProject } from '../bookshop/second-project';
import { ROOT, runInProject, startStrapi, type StrapiProcess } from '../bookshop/strapi-process';
import { hang, ok, startOpenAiServer, type FakeOpenAi } from '../fakes/openai-server';

let ai: FakeOpenAi;
let project: SecondProject;
let strapi: StrapiProcess | null = null;
/** Keys as a project has them in its environment; nothing else is configured. */
let environment: Record<string, string>;

beforeAll(async () => {
  ai = await startOpenAiServer();
  project = await createSecondProject();
  environment = {
    ...project.environment,
    OPENAI_API_KEY: 'sk-test-key-1234',
    OPENAI_BASE_URL: ai.url,
  };
});
afterAll(async () => {
  await strapi?.kill();
  await project?.remove();
  await ai?.close();
});

const queueFolder = (): string => path.join(project.folder, '.tmp', 'ai-jobs-queue');

async function registerAuthor(url: string): Promise<AdminClient> {
  const response = await fetch(`${url}/admin/register-admin`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...AUTHOR, firstname: 'An', lastname: 'Author' }),
  });
  expect(response.status).toBe(200);
  return signIn(url, AUTHOR);
}

const addArticle = (author: AdminClient, headline: string): Promise<{ documentId: string }> =>
  author.data('POST', `/content-manager/collection-types/${ARTICLE}`, {
    headline,
    text: `A text about ${headline.toLowerCase()}.`,
  });

const startJob = (author: AdminClient): Promise<JobView> =>
  author.createJob({
    type: 'fill-fields',
    selection: { contentType: ARTICLE, filters: {} },
    settings: {
      provider: 'openai',
      model: 'gpt-test',
      prompt: 'A teaser for {{ headline }}: {{ text }}',
      outputs: [{ field: 'teaser' }],
    },
  });

test('the package holds what it needs and nothing else', () => {
  expect(project.files).toEqual(
    expect.arrayContaining([
      'package.json',
      'README.md',
      'CHANGELOG.md',
      'LICENSE',
      'dist/server/index.js',
      'dist/admin/index.mjs',
      'dist/embedded/data.tar.gz',
      'bin/ai-jobs.js',
    ])
  );
  const strange = project.files.filter(
    (file) =>
      !/^(package\.json|README\.md|CHANGELOG\.md|LICENSE|bin\/.*|dist\/(server|admin|embedded)\/.*)$/.test(
        file
      )
  );
  expect(strange).toEqual([]);
});

test.skipIf(process.env.PLUGIN_BUILD === 'off')(
  'nothing is left of the points at which the fault tests kill it',
  async () => {
    const server = path.join(ROOT, 'dist', 'server');
    const files = (await readdir(server)).filter((file) => /\.m?js$/.test(file));
    expect(files.length).toBeGreaterThan(0);
    for (const file of files)
      expect(await readFile(path.join(server, file), 'utf8')).not.toMatch(/faultPoint|AI_JOBS_TRAPS|SIGKILL/);
  }
);

test('strapi-plugin verify passes', async () => {
  const verify = path.join(ROOT, 'node_modules', '.bin', 'strapi-plugin');
  await expect(promisify(execFile)(verify, ['verify'], { cwd: ROOT })).resolves.toBeDefined();
});

test('installed into another project, without a line of configuration, it fills that project’s entries', async () => {
  strapi = await startStrapi(project.folder, environment);
  const author = await registerAuthor(strapi.url);
  const articles = await Promise.all(
    ['Rivers', 'Mountains', 'Deserts'].map((headline) => addArticle(author, headline))
  );
  expect(existsSync(queueFolder())).toBe(false);

  const job = await startJob(author);
  const ended = await author.ends(job.id);
  expect(ended.counts).toMatchObject({ total: 3, completed: 3 });
  expect(ended.contentTypeLabel).toBe('Article');
  const items = await author.items(job.id);
  for (const { documentId } of articles) {
    const { teaser } = await author.entry(ARTICLE, documentId);
    expect(teaser).toBe(items.find((item) => item.documentId === documentId)?.values.teaser?.written);
    expect(teaser).toMatch(/\w/);
  }
  const queue = await author.data<QueueView>('GET', '/ai-jobs/queue');
  expect(queue).toMatchObject({ backend: 'embedded', chosenBecause: 'nothing_else', state: 'ready' });
  expect(existsSync(queueFolder())).toBe(true);
  expect(await strapi.stop()).toBe(0);
});

test('commands that merely load Strapi start no queue, even with a job half done, and end by themselves', async () => {
  ai.respond(() => hang());
  ai.reset();
  strapi = await startStrapi(project.folder, environment);
  const author = await signIn(strapi.url, AUTHOR);
  const job = await startJob(author);
  await ai.waitForCalls(3, 20_000);
  await strapi.kill();
  ai.reset();
  ai.respond(() => ok({ teaser: 'A teaser' }));

  const listed = await runInProject(project.folder, { strapi: ['content-types:list'] }, environment);
  expect(listed.code).toBe(0);
  expect(listed.output).toContain(ARTICLE);
  const loaded = await runInProject(project.folder, { script: 'load.js' }, environment);
  expect(loaded.output).toContain('loaded, jobs: 2');
  expect(loaded.code).toBe(0);
  expect(ai.calls).toBe(0);

  strapi = await startStrapi(project.folder, environment);
  const ended = await (await signIn(strapi.url, AUTHOR)).ends(job.id);
  expect(ended.counts).toMatchObject({ total: 3, completed: 3 });
});
