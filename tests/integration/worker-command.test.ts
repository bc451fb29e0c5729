import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createSecondProject, type SecondProject } from '../bookshop/second-project';
import { runInProject } from '../bookshop/strapi-process';
import { runCommand, startWorker } from '../bookshop/worker-process';
import { databaseEnvironment } from '../services/database-environment';
import { isMissing } from '../services/missing';
import { freePort } from '../services/process';
import { findRedis, startRedis, type RedisService } from '../services/redis';

let empty: string;
let project: SecondProject;

beforeAll(async () => {
  empty = await mkdtemp(path.join(tmpdir(), 'no-project-'));
  project = await createSecondProject();
});
afterAll(async () => {
  await rm(empty, { recursive: true, force: true });
  await project?.remove();
});

/** The command as `npm install` puts it into a project, through a link as those in `node_modules/.bin`. */
async function installed(args: string[]): ReturnType<typeof runCommand> {
  const link = path.join(project.folder, 'ai-jobs');
  if (!existsSync(link))
    await symlink(path.join('node_modules', 'strapi-plugin-ai-jobs', 'bin', 'ai-jobs.js'), link);
  return runCommand(project.folder, args, project.environment, link);
}

test('it says what it does and which version it is', async () => {
  const help = await installed(['--help']);
  expect(help.code).toBe(0);
  for (const words of ['ai-jobs worker', '--queues', '--concurrency', 'SIGTERM'])
    expect(help.output).toContain(words);
  const version = await installed(['--version']);
  expect(version.code).toBe(0);
  expect(version.output).toMatch(/^\d+\.\d+\.\d+\n$/);
});

test.each([
  [[], 'There is one command: worker.'],
  [['wroker'], 'There is no command "wroker", only: worker.'],
  [['worker', 'content'], '"content" was not expected.'],
  [['worker', '--queus', 'content'], "Unknown option '--queus'"],
  [['worker', '--queues', ' , '], '--queues names no queue.'],
  [['worker', '--concurrency', '0'], '--concurrency must be a whole number from 1 to 500, not "0".'],
  [['worker', '--concurrency', 'many'], 'not "many"'],
  [['worker', '--concurrency', '501'], 'not "501"'],
  [['worker', '--concurrency'], 'argument missing'],
])('wrong arguments: %j', async (args, sentence) => {
  const { code, output } = await runCommand(empty, args);
  expect(output).toContain(sentence);
  expect(output).toContain('See: ai-jobs --help');
  expect(output).not.toMatch(/\n\s+at /);
  expect(code).toBe(2);
});

test('where there is no project, or it is not ready, it says so', async () => {
  const nothing = await runCommand(empty, ['worker']);
  expect(nothing).toMatchObject({ code: 1 });
  expect(nothing.output).toMatch(/^There is no Strapi project in .*no-project-/);

  await writeFile(
    path.join(empty, 'package.json'),
    JSON.stringify({ dependencies: { '@strapi/strapi': '*' } })
  );
  const notInstalled = await runCommand(empty, ['worker']);
  expect(notInstalled).toMatchObject({ code: 1 });
  expect(notInstalled.output).toContain('Run "npm install" there first.');

  await writeFile(path.join(empty, 'package.json'), '{');
  const broken = await runCommand(empty, ['worker']);
  expect(broken).toMatchObject({ code: 1 });
  expect(broken.output).toContain('package.json cannot be read');
});

test('the embedded queue has no room for another process: it is refused before the database is touched', async () => {
  const { code, output } = await installed(['worker']);
  expect(code).toBe(1);
  expect(output).toContain('embedded queue, which belongs to the Strapi server’s own process');
  expect(output).toContain('set REDIS_URL');
  expect(output).toContain('docs/workers.md');
  expect(output).not.toMatch(/\n\s+at /);
  expect(existsSync(path.join(project.folder, '.tmp', 'data.db'))).toBe(false);
});

test('a queue that does not exist is refused, with the one that was probably meant', async () => {
  const { code, output } = await installed(['worker', '--queues', 'contents']);
  expect(code).toBe(1);
  expect(output).toContain('There is no queue "contents". Did you mean "content"?');
});

describe.skipIf(isMissing(findRedis()))('with Redis', () => {
  let redis: RedisService | null = null;
  const environment = (): Record<string, string> => ({
    ...project.environment,
    REDIS_URL: redis?.url ?? '',
  });
  beforeAll(async () => {
    redis = await startRedis();
    // A worker makes no tables.
    const loaded = await runInProject(project.folder, { script: 'load.js' }, environment());
    expect(loaded).toMatchObject({ code: 0, output: expect.stringContaining('loaded, jobs: 0') });
  });
  afterAll(() => redis?.stop());

  test('a queue that nothing in the project uses is refused', async () => {
    const { code, output } = await runCommand(
      project.folder,
      ['worker', '--queues', 'image,video'],
      environment()
    );
    expect(output).toContain(
      'No job type of this project uses the queue "image" or "video". In use: content.'
    );
    expect(code).toBe(1);
  });

  test('a database that cannot be reached is told in a sentence, with code 1', async () => {
    const port = await freePort();
    const database = { host: '127.0.0.1', port, user: 'x', password: 'x', database: 'x' };
    const { code, output } = await runCommand(project.folder, ['worker'], {
      ...environment(),
      ...databaseEnvironment('postgres', database),
    });
    expect(output).toContain('Strapi could not start, most likely because its database cannot be reached');
    expect(output).toContain(String(port));
    expect(output).not.toMatch(/\n\s+at /);
    expect(code).toBe(1);
  });

  test('it waits for a Redis that is away, and stops all the same', async () => {
    const worker = await startWorker(
      { ...project.environment, REDIS_URL: `redis://127.0.0.1:${await freePort()}` },
      [],
      project.folder
    );
    expect(worker.output()).toContain('redis queue; content (20 at once)');
    expect(await worker.stop()).toBe(0);
  });

  test('a project in TypeScript works from what was built, and says so where nothing was', async () => {
    await writeFile(
      path.join(project.folder, 'tsconfig.json'),
      '{ /* as in an image for production: without sources */ "compilerOptions": { "outDir": "built" }, "include": ["./"] }'
    );
    const unbuilt = await runCommand(project.folder, ['worker'], environment());
    expect(unbuilt.output).toMatch(/has not been built: .*built is missing\. Run "npm run build" first\./);
    expect(unbuilt.code).toBe(1);

    const built = path.join(project.folder, 'built');
    await mkdir(built);
    for (const folder of ['config', 'src'])
      await rename(path.join(project.folder, folder), path.join(built, folder));
    const worker = await startWorker(environment(), [], project.folder);
    expect(worker.output()).toContain('redis queue; content (20 at once)');
    expect(await worker.stop()).toBe(0);
  });
});
