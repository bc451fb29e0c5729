import { parentPort } from 'node:worker_threads';
import { readAnswer, type ReadableShape } from '../domain/answer-reading';

/** What runs in the thread of services/answer-reader.ts; a bundle of its own, made by scripts/build-answer-thread.mjs. */
parentPort?.on('message', ({ text, shape }: { text: string; shape: ReadableShape }) => {
  parentPort?.postMessage(readAnswer(text, shape));
});
