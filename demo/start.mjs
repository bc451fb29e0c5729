/**
 * `npm run demo`: installs and builds what is missing, opens the bookshop, starts a job over its chapters and stays until
 * Ctrl+C. Nothing but Node is needed before.
 *
 *   --once         ends when the job has ended; the last line says how it went, the exit code too
 *   --demo-model   takes the demo's stand-in for an AI even where there is a key or an Ollama
 */
import { setMaxListeners } from 'node:events';
import { signIn } from './start/admin-client.mjs';
import { startBookshop } from './start/bookshop.mjs';
import { ensurePanel, ensurePlugin } from './start/builds.mjs';
import { followJob, startChapterJob } from './start/chapter-job.mjs';
import { chooseAi } from './start/choose-ai.mjs';
import { ensureDependencies } from './start/dependencies.mjs';
import { createProgress } from './start/progress.mjs';
import { DemoError } from './start/run.mjs';
import { ensureSecrets } from './start/secrets.mjs';
import { PEOPLE } from './seed/people.js';

const once = process.argv.includes('--once');
const demoModel = process.argv.includes('--demo-model');

const say = (line = '') => console.log(line);
const stopping = new AbortController();
const { signal } = stopping;
setMaxListeners(0, signal);
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, () => stopping.abort());

/** What was started, to be ended in the opposite order. */
const started = [];
async function endEverything() {
  for (const end of started.splice(0).reverse()) await end();
}

function introduce({ url }) {
  const { administrator, editor } = PEOPLE;
  say();
  say(`The bookshop is open: ${url}/admin`);
  say(`  administrator   ${administrator.email}   ${administrator.password}`);
  say(`  editor          ${editor.email}   ${editor.password}`);
  say();
}

function sayWhatToClick({ url }, job) {
  say();
  say('Sign in as the editor, then:');
  say(
    '  · AI Jobs, in the menu on the left: open "Chapter descriptions", see each text before and after, undo it.'
  );
  say(`    (directly: ${url}/admin/plugins/ai-jobs/jobs/${job.id})`);
  say('  · Content Manager → Post: tick some posts, or filter the list, and press "Generate with AI".');
  say('  · AI Jobs → New job: which fields of which texts are empty, and a sample before you start.');
  say('As the administrator, Settings → AI Jobs holds providers, limits and the state of the queue.');
  say();
  say('Ctrl+C closes the bookshop; its data stays in demo/.tmp.');
}

/** Signs in as the editor and starts the job. Says in every case that it is the job which could not be started. */
async function startJob(bookshop, ai) {
  try {
    const request = await signIn(bookshop.url, PEOPLE.editor);
    return { request, ...(await startChapterJob(request, ai)) };
  } catch (error) {
    if (error instanceof DemoError) throw new DemoError(`The job could not be started. ${error.message}`);
    throw error;
  }
}

/** Resolves to the job as it ended or paused itself. */
async function runJob(bookshop, ai) {
  const { request, job, ai: label } = await startJob(bookshop, ai);
  say(`A job writes the descriptions of the chapters, with ${label}:`);
  const progress = createProgress();
  try {
    return await followJob(request, job.id, { show: progress.show, signal });
  } finally {
    progress.end();
  }
}

async function main() {
  await ensureDependencies({ say, signal });
  await ensurePlugin({ say, signal });
  await ensurePanel({ say, signal });
  await ensureSecrets();
  const ai = await chooseAi({ demoModel });
  started.push(ai.close);
  say('Opening the bookshop …');
  const bookshop = await startBookshop({ environment: ai.environment, signal });
  started.push(bookshop.stop);
  bookshop.ended.then((code) => {
    if (signal.aborted || started.length === 0) return;
    console.error(
      `demo: the bookshop has stopped by itself (exit code ${code}); see demo/.tmp/bookshop.log.`
    );
    process.exitCode = 1;
    stopping.abort();
  });
  introduce(bookshop);
  const job = await runJob(bookshop, ai);
  if (job.reason) say(`  ${job.reason.message}`);
  for (const { error, count } of job.errorGroups ?? []) say(`  ${count} failed: ${error.message}`);
  if (!once) {
    sayWhatToClick(bookshop, job);
    await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
    say('\nClosing the bookshop …');
    return null;
  }
  return job;
}

let job = null;
try {
  job = await main();
} catch (error) {
  if (!signal.aborted) {
    console.error(error instanceof DemoError ? `demo: ${error.message}` : error);
    process.exitCode = 1;
  }
}
await endEverything();
if (once && job) {
  const { completed, failed, total } = job.counts;
  if (job.status !== 'completed' || failed > 0 || completed === 0) process.exitCode = 1;
  say(`demo: ${completed} of ${total} items completed, ${failed} failed`);
} else if (once) {
  process.exitCode = 1;
  if (signal.aborted) console.error('demo: stopped before the job had ended');
}
process.exit();
