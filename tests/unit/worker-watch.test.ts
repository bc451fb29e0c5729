import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { WorkerView } from '../../server/src/contracts/queue';
import { createWorkerWatch } from '../../server/src/queue/worker-watch';

const START = Date.parse('2030-01-01T12:00:00Z');
const SKEWS = [-300_000, 0, 300_000];

beforeEach(() => vi.useFakeTimers({ now: START }));
afterEach(() => vi.useRealTimers());

const seconds = (count: number): void => void vi.advanceTimersByTime(count * 1_000);

/** A worker that says every 4 s, by its own clock, that it lives. */
function worker(skewMs: number, diesAt = Number.POSITIVE_INFINITY): () => WorkerView {
  return () => {
    const lived = Math.min(Date.now() - START, diesAt);
    const heartbeatAt = new Date(START + skewMs + Math.floor(lived / 4_000) * 4_000).toISOString();
    return {
      id: `worker-${skewMs}`,
      kind: 'process',
      host: 'elsewhere',
      pid: 1,
      version: '1',
      startedAt: heartbeatAt,
      heartbeatAt,
      active: 0,
      queues: [],
    };
  };
}

const ids = (workers: WorkerView[]): string[] => workers.map(({ id }) => id);

test.each(SKEWS)('a clock that is off by %i ms makes no worker that speaks a silent one', async (skew) => {
  const says = worker(skew);
  const watch = createWorkerWatch(() => Promise.resolve([says()]));
  await watch.alive();
  for (let looks = 0; looks < 60; looks += 1) {
    seconds(2);
    const [found] = await watch.alive();
    if (looks < 3) continue;
    expect(found?.id).toBe(says().id);
    expect(Math.abs(Date.now() - Date.parse(found?.heartbeatAt ?? ''))).toBeLessThanOrEqual(6_000);
  }
});

test.each(SKEWS)('nor one that has died a living one: off by %i ms', async (skew) => {
  const says = worker(skew, 20_000);
  const watch = createWorkerWatch(() => Promise.resolve([says()]));
  let livedUntil = 0;
  for (let second = 0; second < 120; second += 2) {
    if ((await watch.alive()).length > 0) livedUntil = second;
    seconds(2);
  }
  expect(livedUntil).toBeGreaterThanOrEqual(20);
  expect(livedUntil).toBeLessThanOrEqual(40);
});

test('one that had died before the first look is gone at once', async () => {
  const says = worker(0, 0);
  seconds(60);
  const watch = createWorkerWatch(() => Promise.resolve([says()]));
  expect(await watch.alive()).toEqual([]);
});

test('one that comes later counts from its first word', async () => {
  const present: (() => WorkerView)[] = [worker(0)];
  const watch = createWorkerWatch(() => Promise.resolve(present.map((says) => says())));
  await watch.alive();
  seconds(2);
  present.push(worker(-300_000));
  expect(ids(await watch.alive())).toEqual(['worker-0', 'worker--300000']);
});

test('after a long while without a look nothing old is believed', async () => {
  const says = worker(0, 20_000);
  const watch = createWorkerWatch(() => Promise.resolve([says()]));
  await watch.alive();
  seconds(600);
  expect(await watch.alive()).toEqual([]);
});
