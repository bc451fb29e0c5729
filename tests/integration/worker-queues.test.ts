import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { QueueView } from '../../server/src/contracts';
import type { AdminClient } from '../bookshop/admin-client';
import { ARTICLE, createSecondProject, firstAuthor, type SecondProject } from '../bookshop/second-project';
import { startStrapi, type StrapiProcess } from '../bookshop/strapi-process';
import { startWorker, type WorkerProcess } from '../bookshop/worker-process';
import { isMissing } from '../services/missing';
import { findRedis, startRedis, type RedisService } from '../services/redis';
import { waitFor } from '../wait-for';

/** A project with a kind of work of its own, in another queue than that of the plugin's. */
const INDEX = `
const { z } = require('zod');
const { defineJobType } = require('strapi-plugin-ai-jobs/strapi-server');

const paint = defineJobType({
  name: 'paint',
  queue: 'image',
  startable: true,
  settings: z.strictObject({}),
  writes: () => ['teaser'],
  provider: () => null,
  title: () => 'Paint',
  prepare: async (settings) => ({ settings, promptId: null }),
  run: async () => ({ status: 'completed' }),
});

module.exports = {
  register: ({ strapi }) => strapi.plugin('ai-jobs').service('job-types').register(paint),
  bootstrap() {},
};
`;

const PLUGINS = `
module.exports = { 'ai-jobs': { enabled: true, config: { workers: { inProcess: false } } } };
`;

describe.skipIf(isMissing(findRedis()))('workers of some queues only', () => {
  let redis: RedisService | null = null;
  let project: SecondProject;
  let strapi: StrapiProcess;
  let author: AdminClient;
  const workers: WorkerProcess[] = [];

  const environment = (): Record<string, string> => ({ ...project.environment, REDIS_URL: redis?.url ?? '' });
  const work = async (queues: string): Promise<WorkerProcess> => {
    const worker = await startWorker(environment(), ['--queues', queues], project.folder);
    workers.push(worker);
    return worker;
  };
  const queue = (): Promise<QueueView> => author.data('GET', '/ai-jobs/queue');

  beforeAll(async () => {
    redis = await startRedis({ own: true });
    project = await createSecondProject();
    await writeFile(path.join(project.folder, 'src', 'index.js'), INDEX);
    await writeFile(path.join(project.folder, 'config', 'plugins.js'), PLUGINS);
    strapi = await startStrapi(project.folder, environment());
    author = await firstAuthor(strapi.url);
    for (const headline of ['Rivers', 'Seas'])
      await author.data('POST', `/content-manager/collection-types/${ARTICLE}`, { headline });
  });
  afterAll(async () => {
    await Promise.all(workers.map((worker) => worker.kill()));
    await strapi?.kill();
    await project?.remove();
    await redis?.stop();
  });

  test('what waits in a queue that none of them takes is told, and left to the one that does', async () => {
    const other = await work('content');
    const job = await author.createJob({
      type: 'paint',
      selection: { contentType: ARTICLE, filters: {} },
      settings: {},
    });
    await author.reaches(job.id, ({ listed }) => listed);
    const reasonIs = (code: string | null): Promise<unknown> =>
      waitFor(async () => ((await queue()).reason?.code ?? null) === code, {
        timeoutMs: 30_000,
        what: `the queue to say ${String(code)}`,
      });
    await reasonIs('queue_without_worker_for');
    const alone = await queue();
    expect(alone.draining).toBe(false);
    expect(alone.reason?.message).toContain('image');
    expect(alone.workers).toMatchObject([{ queues: [{ name: 'content' }] }]);
    expect((await author.job(job.id)).counts).toMatchObject({ total: 2, pending: 2 });

    const painter = await work('image');
    expect(painter.output()).toContain('redis queue; image');
    expect((await author.ends(job.id)).counts).toMatchObject({ total: 2, completed: 2 });
    await reasonIs(null);
    expect(await other.stop()).toBe(0);
    expect(other.output()).toContain('nothing was left in hand');
    expect(await painter.stop()).toBe(0);
  });
});
