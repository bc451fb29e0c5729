import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { JobTypeView, JobView } from '../../server/src/contracts';
import type { AdminClient } from '../bookshop/admin-client';
import { ARTICLE, createSecondProject, firstAuthor, type SecondProject } from '../bookshop/second-project';
import { startStrapi, type StrapiProcess } from '../bookshop/strapi-process';

/** What a project writes that brings a kind of work and an AI API of its own. */
const INDEX = `
const { z } = require('zod');
const { defineJobType, WorkError } = require('strapi-plugin-ai-jobs/strapi-server');

const shout = defineJobType({
  name: 'shout',
  queue: 'content',
  startable: true,
  settings: z.strictObject({ field: z.string() }),
  writes: (settings) => [settings.field],
  provider: () => null,
  title: (_settings, names) => 'Shout · ' + names.contentType,
  prepare: async (settings, context) =>
    context.mayWrite(settings.field)
      ? { settings, promptId: null }
      : { problems: [{ path: ['settings', 'field'], message: 'may not be written' }] },
  async run(context) {
    const { field } = context.settings;
    const entry = await context.read({ fields: ['headline', field], populate: {} });
    const headline = entry.data.headline;
    if (headline === 'Silence') throw new WorkError('write_refused', { detail: 'nothing to shout' });
    const proposed = headline.toUpperCase() + '!';
    const { outcome, written } = await context.write({
      values: { [field]: { before: entry.data[field] ?? null, proposed, written: null } },
      wasPublished: false,
      publish: false,
      partial: false,
    });
    return { status: outcome === 'written' && written.includes(field) ? 'completed' : 'conflict' };
  },
});

const parrot = {
  name: 'parrot',
  label: 'Parrot',
  needsKey: false,
  defaultBaseUrl: 'http://127.0.0.1:1',
  environment: { apiKey: 'PARROT_API_KEY', baseUrl: 'PARROT_BASE_URL' },
  structuredOutput: 'json_schema',
  async generate(_connection, request) {
    // It heeds no signal, and never answers whom it did not like the first time.
    if (request.model === 'deaf' && globalThis.parrotHeard !== true) {
      globalThis.parrotHeard = true;
      return new Promise(() => undefined);
    }
    if (request.model === 'tired') throw new WorkError('answer_refused', { detail: 'not today' });
    return {
      text: JSON.stringify({ teaser: 'Says the parrot' }),
      model: request.model,
      finishReason: 'stop',
      refusal: null,
      usage: { inputTokens: 1, cachedTokens: 0, outputTokens: 1, reasoningTokens: 0 },
      costUsd: null,
      requestId: null,
    };
  },
  listModels: async () => [{ id: 'loud', label: 'Loud' }],
};

module.exports = {
  register({ strapi }) {
    const plugin = strapi.plugin('ai-jobs');
    plugin.service('job-types').register(shout);
    plugin.service('providers').register(parrot);
  },
  bootstrap() {},
};
`;

const PLUGINS = `
module.exports = {
  'ai-jobs': {
    enabled: true,
    config: { jobTypes: { 'fill-fields': { concurrency: 1, timeoutSeconds: 2, attempts: 2, backoffSeconds: [1] } } },
  },
};
`;

let project: SecondProject;
let strapi: StrapiProcess;
let author: AdminClient;

beforeAll(async () => {
  project = await createSecondProject();
  await writeFile(path.join(project.folder, 'src', 'index.js'), INDEX);
  await writeFile(path.join(project.folder, 'config', 'plugins.js'), PLUGINS);
  strapi = await startStrapi(project.folder, project.environment);
  author = await firstAuthor(strapi.url);
  for (const headline of ['Rivers', 'Silence'])
    await author.data('POST', `/content-manager/collection-types/${ARTICLE}`, { headline });
});
afterAll(async () => {
  await strapi?.kill();
  await project?.remove();
});

const start = (type: string, settings: Record<string, unknown>): Promise<JobView> =>
  author.createJob({ type, selection: { contentType: ARTICLE, filters: {} }, settings });

test('a project’s own kind of work is offered, writes entries and fails as it says', async () => {
  const types = await author.data<JobTypeView[]>('GET', '/ai-jobs/job-types');
  expect(types.find(({ name }) => name === 'shout')).toMatchObject({
    startable: true,
    settingsSchema: { required: ['field'] },
  });
  const wrong = await author.request('POST', '/ai-jobs/jobs', {
    type: 'shout',
    selection: { contentType: ARTICLE, filters: {} },
    settings: { field: 'teaser', loudness: 11 },
  });
  expect(wrong.status).toBe(400);

  const job = await start('shout', { field: 'teaser' });
  expect(job.title).toBe('Shout · Article');
  const ended = await author.ends(job.id);
  expect(ended.counts).toMatchObject({ total: 2, completed: 1, failed: 1 });
  const items = await author.items(job.id);
  expect(items.find(({ label }) => label === 'Rivers')?.values.teaser?.written).toBe('RIVERS!');
  expect(items.find(({ label }) => label === 'Silence')?.error).toMatchObject({
    code: 'write_refused',
    message: 'Strapi did not accept the new value: nothing to shout',
    retryable: false,
  });
});

test('a call that never ends does not keep the place of others', async () => {
  const job = await start('fill-fields', {
    provider: 'parrot',
    model: 'deaf',
    prompt: 'About {{ headline }}',
    outputs: [{ field: 'teaser' }],
  });
  expect((await author.ends(job.id)).counts).toMatchObject({ total: 2, completed: 2 });
});

test('a project’s own AI API writes, and its refusals are told', async () => {
  expect(await author.data('GET', '/ai-jobs/providers/parrot/models')).toMatchObject([{ id: 'loud' }]);
  const fill = { provider: 'parrot', prompt: 'About {{ headline }}', outputs: [{ field: 'teaser' }] };
  const done = await start('fill-fields', { ...fill, model: 'loud' });
  expect((await author.ends(done.id)).counts).toMatchObject({ total: 2, completed: 2 });
  const refused = await start('fill-fields', { ...fill, model: 'tired' });
  expect(await author.ends(refused.id)).toMatchObject({
    status: 'failed',
    errorGroups: [{ error: { code: 'answer_refused' }, count: 2 }],
  });
});
