import { describe, expect, it } from 'vitest';
import type { WorkerView } from '../../server/src/contracts/queue';
import { createWindows, type WindowOptions } from '../../server/src/queue/job-windows';
import type { Job } from '../../server/src/store/job-row';

/** The parts of a job and of what windows are given that they look at. */
const job = (priority: Job['priority'] = 'normal'): Job => ({ queue: 'content', priority }) as Job;

const worker = (concurrency: number, several: boolean): Partial<WorkerView> => ({
  queues: [{ name: 'content', concurrency, active: 0, ...(several ? { several } : {}) }],
});

function windowsWith(backend: 'redis' | 'embedded', workers: Partial<WorkerView>[], ownCalls = 20) {
  return createWindows({
    queue: { backend },
    workers: { alive: () => Promise.resolve(workers) },
    concurrencyOf: () => ownCalls,
    shareOf: () => 1,
  } as unknown as WindowOptions);
}

const items = (count: number) =>
  Array.from({ length: count }, (_, position) => ({ itemId: position + 1, sequence: 3 }));

const sizes = (messages: { itemIds: number[] }[]): number[] => messages.map(({ itemIds }) => itemIds.length);

describe('createWindows', () => {
  it('lets items share messages, in their order, as the smallest worker can begin them', async () => {
    const windows = windowsWith('redis', [worker(20, true), worker(8, true)]);
    await windows.countWorkers(Date.now());
    expect(windows.toMessages(job(), items(5))).toEqual([
      { itemIds: [1, 2], sequence: 3 },
      { itemIds: [3, 4], sequence: 3 },
      { itemIds: [5], sequence: 3 },
    ]);
  });

  it('lets no more than ten share one', () => {
    expect(sizes(windowsWith('embedded', [], 100).toMessages(job(), items(25)))).toEqual([10, 10, 5]);
  });

  it('gives each its own as long as a worker of an older version is there, or none has been heard of', async () => {
    expect(sizes(windowsWith('redis', []).toMessages(job(), items(3)))).toEqual([1, 1, 1]);
    const mixed = windowsWith('redis', [worker(20, true), worker(20, false)]);
    await mixed.countWorkers(Date.now());
    expect(sizes(mixed.toMessages(job(), items(3)))).toEqual([1, 1, 1]);
    const oldest = windowsWith('redis', [worker(20, true), { queues: [] }]);
    await oldest.countWorkers(Date.now());
    expect(sizes(oldest.toMessages(job(), items(3)))).toEqual([1, 1, 1]);
  });

  it('measures a window by what all workers take at once, and by its priority', async () => {
    const windows = windowsWith('redis', [worker(20, true), worker(4, true)]);
    const alone = windows.sizeOf(job());
    await windows.countWorkers(Date.now());
    const both = windows.sizeOf(job());
    expect(both).toBe(Math.ceil((alone / 20) * 24));
    expect(windows.sizeOf(job('high'))).toBe(both * 2);
    expect(windows.sizeOf(job('low'))).toBe(both / 2);
    // What waits ahead of the hands is more than the room at which it is refilled: the queue does not run dry.
    expect(windows.leastRoomOf(job())).toBeLessThan(24 * 0.5);
  });
});
