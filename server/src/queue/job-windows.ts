import { handsFor } from '../domain/call-slots';
import type { Job } from '../store/job-row';
import type { Enqueued } from '../store/window';
import type { Message, MessageQueue } from './message-queue';
import type { WorkerWatch } from './worker-watch';

/** How often the working processes are counted. */
const COUNT_WORKERS_EVERY_MS = 2_000;
/** A job's share: its window of messages, as a multiple of what all workers take at once. */
const WINDOW_FACTORS = { low: 0.5, normal: 1, high: 2 } as const;
/** Items beyond what is in hand, as a share of the calls: the queue does not run dry while it is refilled, some at a time. */
const WINDOW_AHEAD = 0.5;
/** A window with less room than this, also as a share of the calls, is left as it is. */
const LEAST_ROOM = 0.4;
/** Items that share a message, as a part of what the smallest worker calls for at once: few wait for its hands while others are idle. */
const MESSAGE_SHARE = 0.25;
const MOST_PER_MESSAGE = 10;

/** What windows are measured by. */
export interface WindowOptions {
  queue: MessageQueue;
  workers: WorkerWatch;
  /** Calls of a job at once in this process: the measure of its window while no worker has been heard of. */
  concurrencyOf(job: Job): number;
  /** How much of what a worker takes of a queue at once may be a job's, from 0 to 1: less than all where its type has a lower limit. */
  shareOf(job: Job): number;
}

/** How many items of each job have messages, and how they share them: by what all workers together take at once. */
export function createWindows(options: WindowOptions) {
  let workersCountedAt = 0;
  /** Calls at once, of each queue: of all workers together, and of the smallest; empty before any worker has been heard of. */
  let capacities = new Map<string, { all: number; least: number }>();
  /** Whether every worker takes messages of several items: those of an older version do not. */
  let severalToMessage = options.queue.backend === 'embedded';

  /** Calls of a job at once, everywhere. */
  const callsOf = (job: Job): number => {
    const everywhere = capacities.get(job.queue)?.all;
    return everywhere ? everywhere * options.shareOf(job) : options.concurrencyOf(job);
  };

  return {
    /** Items of a job that have a message or are in hand. */
    sizeOf(job: Job): number {
      const calls = callsOf(job);
      return Math.max(1, Math.ceil((handsFor(calls) + calls * WINDOW_AHEAD) * WINDOW_FACTORS[job.priority]));
    },

    /** With less room than this, a window is left as it is. */
    leastRoomOf: (job: Job): number => Math.max(1, callsOf(job) * WINDOW_FACTORS[job.priority] * LEAST_ROOM),

    /** Items, in their order, some to a message. */
    toMessages(job: Job, items: Enqueued[]): Message[] {
      const least = capacities.get(job.queue)?.least ?? options.concurrencyOf(job);
      const most = severalToMessage ? MOST_PER_MESSAGE : 1;
      const size = Math.min(most, Math.max(1, Math.floor(least * MESSAGE_SHARE)));
      const messages: Message[] = [];
      for (let start = 0; start < items.length; start += size) {
        const some = items.slice(start, start + size);
        const [first] = some;
        if (first) messages.push({ itemIds: some.map(({ itemId }) => itemId), sequence: first.sequence });
      }
      return messages;
    },

    /** To be called regularly. */
    async countWorkers(now: number): Promise<void> {
      if (options.queue.backend === 'embedded' || now - workersCountedAt < COUNT_WORKERS_EVERY_MS) return;
      workersCountedAt = now;
      const counted = new Map<string, { all: number; least: number }>();
      const workers = await options.workers.alive();
      severalToMessage =
        workers.length > 0 &&
        workers.every(({ queues }) => queues.length > 0 && queues.every(({ several }) => several === true));
      for (const worker of workers) {
        for (const { name, concurrency } of worker.queues) {
          const { all, least } = counted.get(name) ?? { all: 0, least: Infinity };
          counted.set(name, { all: all + concurrency, least: Math.min(least, concurrency) });
        }
      }
      capacities = counted;
    },
  };
}
