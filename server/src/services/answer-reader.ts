import { Worker } from 'node:worker_threads';
import { readAnswer, tooComplicated, type ReadableShape } from '../domain/answer-reading';
import type { ReadAnswer } from '../domain/answer-schema';

/** Up to here even a hostile text is read in a blink; longer ones are read in a thread. In characters. */
const LONGEST_IN_PLACE = 1_000;
/** A model's longest answer is read in a second. */
const READ_WITHIN_MS = 15_000;
const THREAD_MEMORY_MB = 512;
/** The thread ends when nothing was read for so long. */
const IDLE_MS = 60_000;

export interface AnswerReader {
  /** Reads a model's answer; one that takes too long cannot be used. */
  read(text: string, shape: ReadableShape): Promise<ReadAnswer>;
  close(): Promise<void>;
}

/** Out of memory, or out of stack. */
const isTooMuch = (error: unknown): boolean =>
  error instanceof RangeError ||
  (error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY');

/**
 * Reads what strangers' models answer. Parsers of Markdown and HTML need minutes for some texts of a few thousand characters:
 * therefore longer answers are read one after the other in a thread of their own, which is ended where it takes too long.
 * @param threadFile the built services/answer-thread.ts
 * @param readWithinMs how long one answer may take; milliseconds
 */
export function createAnswerReader(threadFile: string, readWithinMs = READ_WITHIN_MS): AnswerReader {
  let thread: Worker | null = null;
  let idleTimer: NodeJS.Timeout | null = null;
  let earlier: Promise<unknown> = Promise.resolve();

  const endThread = async (): Promise<void> => {
    if (idleTimer) clearTimeout(idleTimer);
    const ending = thread;
    thread = null;
    await ending?.terminate();
  };

  const startThread = (): Worker => {
    const started = new Worker(threadFile, {
      // Whoever reads strangers' texts needs no secrets.
      env: {},
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: THREAD_MEMORY_MB },
    });
    started.once('exit', () => {
      if (thread === started) thread = null;
    });
    return started;
  };

  const readInThread = (text: string, shape: ReadableShape): Promise<ReadAnswer> =>
    new Promise((resolve, reject) => {
      const worker = (thread ??= startThread());
      if (idleTimer) clearTimeout(idleTimer);
      let settled = false;
      const settle = (end: () => void): void => {
        settled = true;
        clearTimeout(timer);
        worker
          .removeListener('message', onMessage)
          .removeListener('error', onError)
          .removeListener('exit', onExit);
        if (thread === worker) {
          worker.unref();
          idleTimer = setTimeout(() => void endThread(), IDLE_MS).unref();
        }
        end();
      };
      const onMessage = (read: ReadAnswer): void => settle(() => resolve(read));
      const onError = (error: unknown): void => {
        if (thread === worker) thread = null;
        settle(() => (isTooMuch(error) ? resolve(tooComplicated(shape)) : reject(error as Error)));
      };
      const onExit = (): void => settle(() => reject(new Error('The thread that reads answers has ended.')));
      const giveUp = (): void => {
        if (settled) return;
        void endThread();
        settle(() => resolve(tooComplicated(shape)));
      };
      // After a pause of the whole process the answer may be there, unread: it is taken before what setImmediate does.
      const timer = setTimeout(() => setImmediate(giveUp), readWithinMs);
      worker.on('message', onMessage).on('error', onError).on('exit', onExit);
      worker.ref();
      worker.postMessage({ text, shape: { fields: shape.fields, html: shape.html } });
    });

  return {
    read(text, shape) {
      if (text.length <= LONGEST_IN_PLACE) return Promise.resolve(readAnswer(text, shape));
      const reading = earlier.then(() => readInThread(text, shape));
      earlier = reading.catch(() => undefined);
      return reading;
    },
    close: endThread,
  };
}
