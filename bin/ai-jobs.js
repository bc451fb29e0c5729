#!/usr/bin/env node
'use strict';

const { parseArgs } = require('node:util');
const { version } = require('../package.json');
const { CommandError } = require('./command-error');
const { runWorker } = require('./worker');

const HELP = `Usage: ai-jobs worker [options]

Works on the queue of a Strapi project with the plugin AI Jobs, in a process of its own: no HTTP, no admin panel. To be
run in the project's folder, with the environment of its server. Needs the queue on Redis or PostgreSQL; any number of
workers may run, on any machine. SIGTERM and SIGINT let it finish what it has in hand.

Options:
  --queues <names>      Queues to work on, with commas between them: content, image, video, social, low-priority.
                        Default: all that the project uses.
  --concurrency <n>     Calls at once per queue, 1 to 500. Default: as set for the job types.
  --help                Shows this.
  --version             Shows the plugin's version.`;

const MOST_AT_ONCE = 500;

/** Wrong arguments end with 2, a worker that cannot begin with 1. */
const usageError = (message) => new CommandError(`${message}\nSee: ai-jobs --help`, 2);

function readArguments(words) {
  try {
    return parseArgs({
      args: words,
      allowPositionals: true,
      options: {
        queues: { type: 'string' },
        concurrency: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
        version: { type: 'boolean', short: 'v' },
      },
    });
  } catch (error) {
    throw usageError(error.message);
  }
}

function readQueues(text) {
  if (text === undefined) return null;
  const names = text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  if (names.length === 0) throw usageError('--queues names no queue.');
  return names;
}

function readConcurrency(text) {
  if (text === undefined) return null;
  const number = Number(text);
  if (/^\d+$/.test(text) && number >= 1 && number <= MOST_AT_ONCE) return number;
  throw usageError(`--concurrency must be a whole number from 1 to ${MOST_AT_ONCE}, not "${text}".`);
}

async function main() {
  const { values, positionals } = readArguments(process.argv.slice(2));
  if (values.help) return console.log(HELP);
  if (values.version) return console.log(version);
  const [command, ...more] = positionals;
  if (command === undefined) throw usageError('What is to be done? There is one command: worker.');
  if (command !== 'worker') throw usageError(`There is no command "${command}", only: worker.`);
  if (more.length > 0) throw usageError(`"${more.join(' ')}" was not expected.`);
  await runWorker({
    queues: readQueues(values.queues),
    concurrency: readConcurrency(values.concurrency),
  });
}

/** How the network says that somebody cannot be reached. */
const NOT_REACHED = ['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ETIMEDOUT'];

/** What is to be said of an error: a sentence where it is one for people, else all of it. */
function wordsFor(error) {
  if (error instanceof CommandError || error.name === 'WorkerRefusedError') return error.message;
  if (NOT_REACHED.includes(error.code))
    return `Strapi could not start, most likely because its database cannot be reached: ${error.message}. See config/database, and start the worker again when it answers.`;
  return error;
}

main().catch((error) => {
  console.error(wordsFor(error));
  process.exit(error instanceof CommandError ? error.exitCode : 1);
});
