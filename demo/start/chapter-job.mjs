import { setTimeout as wait } from 'node:timers/promises';
import { PROMPTS, types } from '../seed/index.js';
import { DemoError } from './run.mjs';

const POLL_MS = 500;
const SILENCE_MS = 300_000;
const ENDED = ['completed', 'failed', 'cancelled'];

/** The ready-made prompt for chapters in English. */
const PROMPT = PROMPTS.find(
  ({ contentType, language }) => contentType === types.CHAPTER && language === 'en'
);

/** Without a model of the bookshop's own choosing: the provider's default, else a small one of those that it offers. */
async function chooseModel(request, provider) {
  if (provider.defaultModel) return provider.defaultModel;
  const { data: models } = await request('GET', `/ai-jobs/providers/${provider.name}/models`);
  const ids = models
    .map(({ id }) => id)
    .filter((id) => !/audio|realtime|search|transcribe|tts|image|embed/.test(id));
  const model = ids.findLast((id) => /^gpt-.*mini$/.test(id)) ?? ids[0];
  if (!model) throw new DemoError(`${provider.label} offers no model; name one in BOOKSHOP_MODEL.`);
  return model;
}

/**
 * Starts the job that writes a description for every chapter, as the person of `request` (see admin-client.mjs).
 * Resolves to the job and to what to call the AI.
 */
export async function startChapterJob(request, { provider: name, model }) {
  const { data: providers } = await request('GET', '/ai-jobs/providers');
  const provider = providers.find((candidate) => candidate.name === name);
  if (!provider) throw new DemoError(`The plugin knows no provider "${name}".`);
  if (!provider.ready)
    throw new DemoError(`${provider.label} is not ready: ${provider.reason?.message ?? 'no reason given'}`);
  const chosen = process.env.BOOKSHOP_MODEL || model || (await chooseModel(request, provider));
  const { data: job } = await request('POST', '/ai-jobs/jobs', {
    type: 'fill-fields',
    title: 'Chapter descriptions',
    selection: { contentType: types.CHAPTER, locale: 'en', filters: {} },
    settings: {
      provider: name,
      model: chosen,
      prompt: PROMPT.template,
      mode: 'apply',
      outputs: PROMPT.outputs.map((output) => ({ ...output, overwrite: 'always' })),
    },
  });
  return { job, ai: chosen === provider.defaultModel ? provider.label : `${provider.label}, ${chosen}` };
}

/**
 * Follows a job until it has ended or paused itself; `show` gets it each time it is read. Throws a DemoError where nothing moves
 * for five minutes.
 */
export async function followJob(request, id, { show, signal }) {
  let done = -1;
  let movedAt = Date.now();
  for (;;) {
    signal.throwIfAborted();
    const { data: job } = await request('GET', `/ai-jobs/jobs/${id}`);
    show(job);
    if (
      job.status === 'paused' ||
      (ENDED.includes(job.status) && job.counts.pending + job.counts.processing === 0)
    )
      return job;
    const now = job.counts.total - job.counts.pending - job.counts.processing;
    if (now !== done) movedAt = Date.now();
    done = now;
    if (Date.now() - movedAt > SILENCE_MS) {
      throw new DemoError('The job has not moved for five minutes. Is anything wrong with the AI?');
    }
    await wait(POLL_MS, null, { signal });
  }
}
