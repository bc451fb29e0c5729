import { parentPort, workerData } from 'node:worker_threads';

/**
 * Visitors of a page, one every so many milliseconds, in a thread of their own: what else the bench does, such as playing the
 * AI, shall not be in their times. Told to stop, it waits for those under way and tells all durations, in milliseconds.
 * @type {{ url: string, everyMs: number }}
 */
const { url, everyMs } = workerData;
const durations = [];
const underWay = new Set();

const visit = async () => {
  const startedAt = performance.now();
  const response = await fetch(url);
  await response.arrayBuffer();
  if (!response.ok) throw new Error(`The public API answered ${response.status}.`);
  durations.push(performance.now() - startedAt);
};

const timer = setInterval(() => {
  const visiting = visit().finally(() => underWay.delete(visiting));
  underWay.add(visiting);
}, everyMs);

parentPort.once('message', async () => {
  clearInterval(timer);
  await Promise.all(underWay);
  parentPort.postMessage(durations);
});
