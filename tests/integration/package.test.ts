import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { JobView, QueueView } from '../../server/src/contracts';
import { signIn, type AdminClient } from '../bookshop/admin-client';
import { packagesNamed } from '../bookshop/packages-named';
import { ARTICLE, AUTHOR, createSecondProject, type SecondProject } from '../bookshop/second-project';
import { ROOT, runInProject, startStrapi, type StrapiProcess } from '../bookshop/strapi-process';
import { readPanel } from '../bookshop/panel-files';
import { hang, ok, startOpenAiServer, type FakeOpenAi } from '../fakes/openai-server';
import { databaseEnvironment } from '../services/database-environment';
import { isMissing } from '../services/missing';
import { startPostgres } from '../services/postgres';
import { findProgram } from '../services/process';

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

/** The longest of the plugin's sentences in a language: nobody else's are the same. */
async function aSentenceOf(language: string): Promise<string> {
  const file = path.join(ROOT, 'admin', 'src', 'translations', `${language}.json`);
  const sentences = Object.values(JSON.parse(await readFile(file, 'utf8')) as Record<string, string>);
  const [longest] = sentences
    .filter((sentence) => !/['"`\\\n]/.test(sentence))
    .sort((a, b) => b.length - a.length);
  if (!longest) throw new Error(`${file} has no sentence to look for.`);
  return longest;
}

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
      'docs/workers.md',
    ])
  );
  const strange = project.files.filter(
    (file) =>
      !/^(package\.json|README\.md|CHANGELOG\.md|LICENSE|bin\/.*|docs\/[^/]*\.md|dist\/(server|admin|embedded)\/.*)$/.test(
        file
      )
  );
  expect(strange).toEqual([]);
});

// The project here borrows the packages of this folder: one that is not declared would be found all the same.
test('the package declares every package that its code names, and no others', async () => {
  const code = project.files.filter((file) => /\.[cm]?js$/.test(file));
  const parts = ['dist/server/', 'dist/admin/', 'bin/'];
  expect(parts.filter((part) => !code.some((file) => file.startsWith(part)))).toEqual([]);
  const named = await Promise.all(
    code.map(async (file) => packagesNamed(file, await readFile(path.join(project.plugin, file), 'utf8')))
  );
  expect(named.flatMap(({ untold }) => untold)).toEqual([]);
  const names = new Set(named.flatMap(({ packages }) => [...packages]));

  const manifest = JSON.parse(await readFile(path.join(project.plugin, 'package.json'), 'utf8')) as Record<
    'dependencies' | 'peerDependencies' | 'optionalDependencies',
    Record<string, string> | undefined
  >;
  const { dependencies, peerDependencies, optionalDependencies } = manifest;
  const declared = Object.keys({ ...dependencies, ...peerDependencies, ...optionalDependencies });
  expect([...names].filter((name) => !declared.includes(name))).toEqual([]);
  expect(declared.filter((name) => !names.has(name))).toEqual([]);
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

test('the project builds its admin panel with the plugin in it', async () => {
  const built = await runInProject(project.folder, { strapi: ['build'] }, environment, 220_000);
  expect(built.code, built.output).toBe(0);
});

test('installed into another project, without a line of configuration, it fills that project’s entries', async () => {
  strapi = await startStrapi(project.folder, { ...environment, SERVE_ADMIN_PANEL: 'true' });
  // Its pages, and its words, come with the project's own panel.
  const panel = await readPanel(strapi.url);
  const expected = ['plugin::ai-jobs.', await aSentenceOf('en'), await aSentenceOf('vi')];
  expect(expected.filter((text) => !panel.includes(text))).toEqual([]);
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

test.skipIf(isMissing(process.env.PGHOST ?? findProgram('postgres')))(
  'the same project on PostgreSQL: its queue is there, too, without a line of configuration',
  async () => {
    const postgres = await startPostgres();
    if (!postgres) throw new Error('There is no PostgreSQL.');
    try {
      const database = await postgres.createDatabase('second_project');
      strapi = await startStrapi(project.folder, {
        ...environment,
        ...databaseEnvironment('postgres', database),
      });
      const author = await registerAuthor(strapi.url);
      const { documentId } = await addArticle(author, 'Glaciers');
      const job = await startJob(author);
      expect((await author.ends(job.id)).counts).toMatchObject({ total: 1, completed: 1 });
      expect((await author.entry(ARTICLE, documentId)).teaser).toMatch(/\w/);
      const queue = await author.data<QueueView>('GET', '/ai-jobs/queue');
      expect(queue).toMatchObject({
        backend: 'postgres',
        chosenBecause: 'strapi_on_postgres',
        state: 'ready',
      });
      expect(await strapi.stop()).toBe(0);
    } finally {
      await strapi?.kill();
      await postgres.stop();
    }
  }
);
