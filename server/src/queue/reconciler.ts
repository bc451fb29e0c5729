import { faultPoint } from '../fault-points';
import { endIfDone, type EndedJob } from '../store/job-ends';
import type { Job } from '../store/job-row';
import type { Store } from '../store/store';
import { createWindows } from './job-windows';
import { createLeaseWatch } from './lease-watch';
import { QUEUE_NAMES, QueueUnavailableError, type MessageQueue, type QueueName } from './message-queue';
import { hasDiedHere, type WorkerWatch } from './worker-watch';

export interface ReconcilerOptions {
  store: Store;
  queue: MessageQueue;
  workers: WorkerWatch;
  /** Begins every lease of this process. */
  owner: string;
  leaseMs: number;
  mostCrashes: number;
  /** Calls of a job at once in this process: the measure of its window while no worker has been heard of. */
  concurrencyOf(job: Job): number;
  /** How much of what a worker takes of a queue at once may be a job's, from 0 to 1: less than all where its type has a lower limit. */
  shareOf(job: Job): number;
  /** Items in the hands of this process. */
  itemsHeld(): number[];
  /** Lists a job's items, chunk by chunk, until done, taken over or aborted. Deals with its own failures. */
  list(job: Job, stop: AbortSignal): Promise<void>;
  onJobEnded(ended: EndedJob): void;
  onJobStarted(job: Job): void;
  logger: { error(message: string): void; warn(message: string): void };
}

const TICK_MS = 1_000;
/** An item enqueued longer ago than this and still not taken up may have lost its message: it gets one of its own. Where the first
 * one lives after all, whichever comes later claims nothing. */
const OVERDUE_MS = 8_000;
const OVERDUE_EVERY_MS = 4_000;
const RECLAIM_CHUNK = 200;
const CANCEL_CHUNK = 500;
export type Reconciler = ReturnType<typeof createReconciler>;

/** Brings the queue in line with the database, at start, regularly and when told: what is written and waits has a message. */
export function createReconciler(options: ReconcilerOptions) {
  const { store, queue } = options;
  let timer: NodeJS.Timeout | null = null;
  let stopped = true;
  let running: Promise<void> | null = null;
  let again = false;
  let overdueCheckedAt = 0;
  let takenOver = false;
  const watch = createLeaseWatch(options.leaseMs);
  const windows = createWindows(options);
  const listing = new Map<number, Promise<void>>();
  const stopping = new AbortController();
  const refilling = new Map<number, Promise<void>>();
  const cancelling = new Map<number, Promise<void>>();

  const queueName = (job: Job): QueueName => QUEUE_NAMES.find((name) => name === job.queue) ?? 'content';

  /** An item with so many crashes may be what causes them: one more sets it aside, so it must be the only one in hand. */
  const suspectFrom = Math.max(1, options.mostCrashes - 1);

  const refillNow = async (job: Job): Promise<void> => {
    if (stopped || !queue.isReady()) return;
    // Items that could only be put back again stay where they are.
    if (job.provider && ((await queue.limits.blockedUntil(job.provider)) ?? 0) > Date.now()) return;
    const room = windows.sizeOf(job) - (await store.window.inFlight(job.key));
    if (room < windows.leastRoomOf(job)) return;
    const taken = await store.window.take(job.key, room, suspectFrom);
    if (taken.length === 0) return;
    faultPoint('window taken');
    try {
      await queue.enqueue(queueName(job), windows.toMessages(job, taken));
    } catch (error) {
      await store.window.putBack(taken.map(({ itemId }) => itemId));
      if (!(error instanceof QueueUnavailableError)) throw error;
    }
  };

  /** One refill per job at a time in this process: two would count the same room twice. */
  const refill = (job: Job): Promise<void> => {
    const before = refilling.get(job.key) ?? Promise.resolve();
    const next = before
      .catch(() => undefined)
      .then(() => refillNow(job))
      .finally(() => {
        if (refilling.get(job.key) === next) refilling.delete(job.key);
      });
    refilling.set(job.key, next);
    return next;
  };

  const startListing = (job: Job): void => {
    if (listing.has(job.key)) return;
    const work = options
      .list(job, stopping.signal)
      .catch((error: unknown) =>
        options.logger.error(
          `AI Jobs: job ${job.id} could not be listed: ${error instanceof Error ? error.message : String(error)}`
        )
      )
      .finally(() => listing.delete(job.key));
    listing.set(job.key, work);
  };

  const reenqueueOverdue = async (job: Job): Promise<void> => {
    const overdue = await store.window.overdue(job.key, Date.now() - OVERDUE_MS, windows.sizeOf(job) * 2);
    // Each by itself, wherever the rest of its message has gone: so that the same is not added again while it waits.
    const messages = overdue.map(({ itemId, sequence }) => ({ itemIds: [itemId], sequence }));
    if (messages.length > 0) await queue.enqueue(queueName(job), messages);
  };

  const cancelItems = async (job: Job): Promise<void> => {
    while (!stopped && (await store.items.cancelPending(job.key, CANCEL_CHUNK))) {
      // Each chunk is a transaction of its own; others get their turn in between.
      await new Promise((resolve) => setImmediate(resolve));
    }
  };

  /** Beside the pass: other jobs and silent workers do not wait for the many items of a cancelled one. */
  const finishCancelled = async (): Promise<void> => {
    for (const job of await store.jobs.findByStatus(['cancelled'], { countPending: { $gt: 0 } })) {
      if (cancelling.has(job.key)) continue;
      const work = cancelItems(job)
        .catch((error: unknown) =>
          options.logger.warn(
            `AI Jobs: cancelling the items of job ${job.id} failed and is tried again: ${error instanceof Error ? error.message : String(error)}`
          )
        )
        .finally(() => cancelling.delete(job.key));
      cancelling.set(job.key, work);
    }
  };

  /** This process, and whoever works on the same database with an embedded queue of its own, as two versions do for a moment. */
  const livingOwners = async (): Promise<string[]> => {
    const others = (await options.workers.alive()).filter(
      (worker) => worker.id !== options.owner && !hasDiedHere(worker)
    );
    return [options.owner, ...others.map(({ id }) => id)];
  };

  const reclaimSilent = async (): Promise<void> => {
    // The embedded queue belongs to one process: what one that has died held or had enqueued, it holds no more.
    const exceptOwners = queue.backend === 'embedded' && !takenOver ? await livingOwners() : undefined;
    if (exceptOwners)
      for (const job of await store.jobs.findByStatus(['processing'])) await store.window.forget(job.key);
    const leases = watch.silent(await store.takeovers.leases());
    while (leases.length > 0 || exceptOwners) {
      const { taken, ended } = await store.takeovers.reclaim({
        mostCrashes: options.mostCrashes,
        limit: RECLAIM_CHUNK,
        leases,
        exceptOwners,
        exceptItems: options.itemsHeld(),
      });
      ended.forEach(options.onJobEnded);
      if (taken < RECLAIM_CHUNK) break;
    }
    takenOver = true;
  };

  const pass = async (): Promise<void> => {
    // Without its lock, an embedded queue is another process's, and so is the work.
    if (queue.backend === 'embedded' && !queue.isReady()) return;
    await reclaimSilent();
    await finishCancelled();
    const now = Date.now();
    await windows.countWorkers(now);
    const lookForOverdue = queue.isReady() && now - overdueCheckedAt > OVERDUE_EVERY_MS;
    if (lookForOverdue) overdueCheckedAt = now;
    for (const found of await store.jobs.findByStatus(['pending', 'processing'])) {
      if (stopped) return;
      let job = found;
      if (job.status === 'pending' && (job.startAt === null || job.startAt.getTime() <= now)) {
        if (
          await store.jobs.move(job.key, 'processing', {
            from: ['pending'],
            startedAt: new Date(),
            reason: null,
          })
        ) {
          job = { ...job, status: 'processing' };
          options.onJobStarted(job);
        }
      }
      if (!job.listed) startListing(job);
      if (job.status !== 'processing') continue;
      if (job.listed && job.counts.pending + job.counts.processing === 0) {
        const ended = await store.database.transaction((transaction) =>
          endIfDone(store.jobs, job.key, transaction)
        );
        if (ended) options.onJobEnded(ended);
        continue;
      }
      await store.window.release(job.key);
      await refill(job);
      if (lookForOverdue) await reenqueueOverdue(job);
    }
  };

  const run = async (): Promise<void> => {
    do {
      again = false;
      try {
        await pass();
      } catch (error) {
        if (!(error instanceof QueueUnavailableError)) {
          options.logger.warn(
            `AI Jobs: reconciling failed and is tried again: ${error instanceof Error ? error.message : String(error)}`
          );
        }
      }
    } while (again && !stopped);
  };

  const nudge = (): void => {
    if (stopped) return;
    if (running) {
      again = true;
      return;
    }
    running = store.database.detached(run).finally(() => {
      running = null;
    });
  };

  return {
    start(): void {
      if (!stopped) return;
      stopped = false;
      timer = setInterval(nudge, TICK_MS);
      timer.unref();
      nudge();
    },
    /** Something has changed: look now rather than at the next tick. */
    nudge,
    refill,
    async stop(): Promise<void> {
      stopped = true;
      stopping.abort();
      if (timer) clearInterval(timer);
      timer = null;
      await running;
      await Promise.allSettled(listing.values());
      await Promise.allSettled(refilling.values());
      await Promise.allSettled(cancelling.values());
    },
  };
}
