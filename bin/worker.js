'use strict';

const { CommandError } = require('./command-error');
const { giveWay } = require('./give-way');
const { findProject } = require('./project');

/** Under this name the plugin finds in Strapi's container what the worker is to do (server/src/services/worker-process.ts). */
const WORKER_ORDER = 'ai-jobs.worker-order';
const SIGNALS = ['SIGTERM', 'SIGINT'];
/** npx and a terminal both pass a signal on: what comes so soon after the first is the same one. Milliseconds. */
const SAME_SIGNAL_MS = 1_000;
/** Handing back, and closing what is open, take no longer than this beyond the grace; milliseconds. */
const CLOSING_MS = 9_000;
const LEFT_IN_HAND = 'what it still has in hand is taken up again when its lease ends';

const say = (what) => console.log(`AI Jobs worker ${process.pid} ${what}`);

function endAtOnce(what, exitCode) {
  say(what);
  process.exit(exitCode);
}

/** Before the work begins, a signal ends the process; from `first()` on it is for the caller, and another one ends the process. */
function heedSignals() {
  let receivedAt = null;
  let onFirst = (signal) => endAtOnce(`got ${signal} before it had started, and ends.`, 0);
  const receive = (signal) => {
    if (receivedAt === null) {
      receivedAt = Date.now();
      onFirst(signal);
    } else if (Date.now() - receivedAt > SAME_SIGNAL_MS) {
      endAtOnce(`got ${signal} once more and ends at once; ${LEFT_IN_HAND}.`, 1);
    }
  };
  for (const signal of SIGNALS) process.on(signal, receive);
  return { first: () => new Promise((resolve) => (onFirst = resolve)) };
}

/** Where the database or the queue says nothing at all, closing them may never end. */
function endInAnyCase(withinMs) {
  const end = () =>
    endAtOnce(`could not end within ${withinMs / 1_000} s, and ends all the same; ${LEFT_IN_HAND}.`, 1);
  setTimeout(end, withinMs).unref();
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
  const signals = heedSignals();
  // Nothing else may keep the process alive while the queue is away.
  const keepAlive = setInterval(() => undefined, 60_000);
  const strapi = await loadStrapi(process.cwd(), order);
  const plugin = strapi.plugin('ai-jobs');
  if (!plugin) {
    throw new CommandError('The plugin AI Jobs is switched off in this project; see config/plugins.');
  }
  const worker = plugin.service('worker');
  const started = await worker.open();
  const signal = signals.first();
  say(`has started: ${describe(started)}.`);

  const received = await signal;
  endInAnyCase(started.shutdownGraceMs + CLOSING_MS);
  say(
    `got ${received}: it takes nothing more and finishes what is in hand, for at most ${started.shutdownGraceMs / 1_000} s.`
  );
  const { handedBack } = await worker.close();
  await strapi.destroy();
  clearInterval(keepAlive);
  const rest = handedBack === 0 ? 'nothing was left in hand' : `items handed back: ${handedBack}`;
  endAtOnce(`has stopped; ${rest}.`, 0);
}

module.exports = { runWorker };
