'use strict';

const { existsSync } = require('node:fs');
const { join } = require('node:path');
const { isMainThread } = require('node:worker_threads');

/**
 * `node --require` this: `process.exit` ends nothing any more. Whoever has called it has let go of everything, so that the process
 * comes to its end without it; one that is kept alive says by what, and ends with HELD_OPEN (world.ts).
 */
const HELD_OPEN = 70;
const LIMIT_MS = 6_000;
/** BullMQ tries three times, 2 s apart, to tell a queue that was emptied of what has ended. */
const EMPTIED_LIMIT_MS = 12_000;
const emptied = join(process.env.AI_JOBS_TRAPS ?? '', 'queue-emptied');
let told = false;

if (isMainThread)
  process.exit = (code) => {
    if (code !== undefined) process.exitCode = code;
    if (told) return;
    told = true;
    // Does not hold the process open itself.
    setTimeout(
      () => {
        process.stderr.write(`Held open by: ${process.getActiveResourcesInfo().join(', ')}\n`);
        process.reallyExit(HELD_OPEN);
      },
      existsSync(emptied) ? EMPTIED_LIMIT_MS : LIMIT_MS
    ).unref();
  };
