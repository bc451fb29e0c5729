'use strict';

const { readdirSync } = require('node:fs');
const { setPriority } = require('node:os');
const { CommandError } = require('./command-error');
const { findProject } = require('./project');

/** Under this name the plugin finds in Strapi's container what the worker is to do (server/src/services/worker-process.ts). */
const WORKER_ORDER = 'ai-jobs.worker-order';
const SIGNALS = ['SIGTERM', 'SIGINT'];
/** Where it shares a machine with the site, the site's requests come first. */
const NICENESS = 10;

/** Resolves at the first signal; npx and a terminal both pass one on, so that a second one means nothing. */
function firstSignal() {
  return new Promise((resolve) => {
    for (const signal of SIGNALS) process.on(signal, () => resolve(signal));
  });
}

/** Linux keeps a priority per thread, and those that collect garbage are there before any script runs. */
function threads() {
  try {
    return readdirSync('/proc/self/task').map(Number);
  } catch {
    return [];
  }
}

/** A system that has no priorities does without. */
function giveWay() {
  for (const id of [process.pid, ...threads()]) {
    try {
      setPriority(id, NICENESS);
    } catch {
      // Nothing depends on it.
    }
  }
}

/** Strapi in this process, loaded but not listening, with the clocks of its other jobs standing still. */
async function loadStrapi(folder, order) {
  const { createStrapi, distDir } = findProject(folder);
  const before = new Map(SIGNALS.map((signal) => [signal, process.listeners(signal)]));
  const strapi = createStrapi({ appDir: folder, distDir, serveAdminPanel: false });
  // Strapi would end the process by itself, in the middle of its loading and without a word.
  for (const [signal, listeners] of before) {
    for (const listener of process.listeners(signal))
      if (!listeners.includes(listener)) process.removeListener(signal, listener);
  }
  // Releases, statistics and the project's own scheduled tasks are the server's: here they would run once more.
  strapi.get('cron').start = () => strapi.get('cron');
  strapi.add(WORKER_ORDER, order);
  await strapi.load();
  return strapi;
}

const describe = ({ backend, queues }) =>
  `${backend} queue; ${queues.map(({ name, concurrency }) => `${name} (${concurrency} at once)`).join(', ')}`;

/**
 * Works on the project's queue until a signal comes, then ends the process with 0.
 * @param order `queues`: their names, or null for all; `concurrency`: calls at once per queue, or null.
 * @throws CommandError, or the plugin's WorkerRefusedError: sentences for people
 */
async function runWorker(order) {
  giveWay();
  const signal = firstSignal();
  // Nothing else may keep the process alive while the queue is away.
  const keepAlive = setInterval(() => undefined, 60_000);
  const strapi = await loadStrapi(process.cwd(), order);
  const plugin = strapi.plugin('ai-jobs');
  if (!plugin) {
    throw new CommandError('The plugin AI Jobs is switched off in this project; see config/plugins.');
  }
  const worker = plugin.service('worker');
  const started = await worker.open();
  console.log(`AI Jobs worker ${process.pid} has started: ${describe(started)}.`);

  const received = await signal;
  console.log(
    `AI Jobs worker ${process.pid} got ${received}: it takes nothing more and finishes what is in hand, for at most ${started.shutdownGraceMs / 1_000} s.`
  );
  const { handedBack } = await worker.close();
  await strapi.destroy();
  clearInterval(keepAlive);
  const rest = handedBack === 0 ? 'nothing was left in hand' : `items handed back: ${handedBack}`;
  console.log(`AI Jobs worker ${process.pid} has stopped; ${rest}.`);
  process.exit(0);
}

module.exports = { runWorker };
