import type { ResolvedConfig } from '../config';
import type { StoredReason } from '../contracts/reason';
import { handsFor } from '../domain/call-slots';
import type { JobType, RunLimits } from '../job-types/job-type';
import type { JobTypeRegistry } from '../job-types/registry';
import { watchEventLoop, type LoopLimit } from '../queue/loop-limit';
import { QUEUE_NAMES, type MessageQueue, type QueueName } from '../queue/message-queue';
import { createReconciler } from '../queue/reconciler';
import { createWorker } from '../queue/worker';
import { endWithin } from '../queue/within';
import type { WorkerWatch } from '../queue/worker-watch';
import type { EndedJob } from '../store/job-ends';
import type { Job } from '../store/job-row';
import type { Store } from '../store/store';
import { createHeartbeat, type WorkerHeartbeat } from './heartbeat';
import type { ItemContexts } from './item-context';
import type { ListingService } from './listing';
import type { Workload } from './worker-process';

const WATCH_MS = 400;
/** Windows are refilled when so many items of a job have ended, as a share of what is in hand, or after so much time. */
const REFILL_AT = 0.2;
const REFILL_WITHIN_MS = 120;
const HEARTBEAT_MS = 4_000;
/** Beyond the grace, what is left is aborted and written back: for so long, at most. */
const HAND_BACK_MS = 4_000;
/** So long, at most, a stopping process waits for each of the others; a database that says nothing may not keep it. Milliseconds. */
const PASS_ENDS_MS = 3_000;
const QUEUE_CLOSES_MS = 4_000;
const LEAVING_MS = 1_000;

export type Engine = ReturnType<typeof createEngine>;

/** The engine of this process: the queue, its workers, the reconciler and their clocks. */
export function createEngine(parts: {
  owner: string;
  /** What this process works on. A server may work on nothing: it still lists, enqueues and takes back. */
  workload: Workload;
  /** Of the plugin, as people see it beside each worker. */
  version: string;
  store: Store;
  queue: () => MessageQueue;
  workers: WorkerWatch;
  config: ResolvedConfig;
  jobTypes: JobTypeRegistry;
  contexts: ItemContexts;
  listing: ListingService;
  limitsOf: (type: JobType) => RunLimits;
  logger: { error(message: string): void; warn(message: string): void; info(message: string): void };
}) {
  const { owner, workload, store, queue, config, jobTypes, contexts, limitsOf, logger } = parts;
  const timers: NodeJS.Timeout[] = [];
  let started = false;
  /** Whether this process may work at all: only one that serves does. */
  let serving = false;
  let stopOnReady: (() => void) | null = null;
  let reconciler: ReturnType<typeof createReconciler> | null = null;
  let heartbeat: WorkerHeartbeat | null = null;
  const settledJobs = new Map<number, number>();
  let refillTimer: NodeJS.Timeout | null = null;
  /** The queues this process works on, and how many of each one's items it has in hand. */
  const working = new Map<QueueName, { inHand: number }>();
  /** A server has visitors; a worker process has none. */
  let loopLimit: LoopLimit | null = null;

  const onJobEnded = ({ jobKey, status }: EndedJob): void => {
    store.events
      .add(jobKey, status, null)
      .catch((error: unknown) =>
        logger.warn(
          `AI Jobs: the end of a job could not be noted: ${error instanceof Error ? error.message : String(error)}`
        )
      );
  };

  const quietly = (what: string, work: () => Promise<unknown>): void => {
    store.database
      .detached(() => work())
      .catch((error: unknown) =>
        logger.warn(
          `AI Jobs: ${what} failed and is tried again: ${error instanceof Error ? error.message : String(error)}`
        )
      );
  };

  const pauseJob = async ({ key, resumes }: Job, reason: StoredReason): Promise<void> => {
    // What began before a person resumed the job tells nothing of the time after it.
    if (!(await store.jobs.move(key, 'paused', { reason, resumes }))) return;
    worker.heed(new Map([[key, 'paused']]));
    await store.window.forget(key);
    await store.events.add(key, 'paused_itself', null, reason);
  };

  /** Refills the windows of jobs whose items have ended. */
  const refillSettled = async (): Promise<void> => {
    const keys = [...settledJobs.keys()];
    settledJobs.clear();
    for (const key of keys) {
      const job = await store.jobs.findByKey(key);
      if (job?.status === 'processing') await reconciler?.refill(job);
    }
  };

  const refillNow = (): void => {
    if (refillTimer) clearTimeout(refillTimer);
    refillTimer = null;
    quietly('refilling the queue', refillSettled);
  };

  const worker = createWorker({
    owner,
    leaseMs: config.leaseMs,
    store,
    jobType: (name) => jobTypes.get(name),
    limitsOf,
    contextFor: (job, claim, signals, limits, record, clock) =>
      contexts.contextFor(job, claim, signals, { ...limits, concurrency: callsOf(job) }, record, clock),
    onSettled: (perJob) => {
      let most = 0;
      for (const [key, count] of perJob) {
        const settled = (settledJobs.get(key) ?? 0) + count;
        settledJobs.set(key, settled);
        most = Math.max(most, settled);
      }
      if (most >= leastHands() * REFILL_AT) refillNow();
      else refillTimer ??= setTimeout(refillNow, REFILL_WITHIN_MS);
    },
    onJobEnded,
    pauseJob,
    logger,
  });

  const leastHands = (): number =>
    Math.min(...[...working.keys()].map((name) => handsFor(concurrencyOf(name))));

  /** Undoing and publishing make do with what the types that people start were given. */
  const limitOf = (queueName: string): number => {
    const types = jobTypes.list().filter((type) => type.queue === queueName);
    const startable = types.filter((type) => type.startable);
    return Math.max(
      1,
      ...(startable.length > 0 ? startable : types).map((type) => limitsOf(type).concurrency)
    );
  };

  /** Calls of a queue's items at once in this process. */
  const concurrencyOf = (queueName: string): number => workload.concurrency ?? limitOf(queueName);

  const shareOf = (job: Job): number => {
    const type = jobTypes.get(job.type);
    const most = limitOf(job.queue);
    return type ? Math.min(limitsOf(type).concurrency, most) / most : 1;
  };

  /** Calls of a job at once in this process. */
  const callsOf = (job: Job): number => Math.max(1, Math.round(concurrencyOf(job.queue) * shareOf(job)));

  /** Items of a queue in hand at once in this process: fewer while its event loop lags. */
  const handsOf = (name: QueueName): number =>
    Math.max(1, Math.round(handsFor(concurrencyOf(name)) * (loopLimit?.share() ?? 1)));

  const followLimits = (): void => {
    for (const name of working.keys()) queue().setConcurrency(name, handsOf(name));
  };

  const watchJobs = async (): Promise<void> => {
    const keys = worker.jobsHeld();
    if (keys.length > 0) worker.heed(await store.jobs.statusesOf(keys));
  };

  const queuesToWork = (): QueueName[] => {
    const inUse = new Set<QueueName>(jobTypes.list().map((type) => type.queue));
    return QUEUE_NAMES.filter((name) => workload.queues.includes(name) && inUse.has(name));
  };

  /** Starts working in this process. Returns at once: everything connects in the background. */
  const start = (): void => {
    if (started || !serving) return;
    started = true;
    const messages = queue();
    reconciler = createReconciler({
      store,
      queue: messages,
      workers: parts.workers,
      owner,
      leaseMs: config.leaseMs,
      mostCrashes: config.crashesBeforeQuarantine,
      concurrencyOf: callsOf,
      shareOf,
      itemsHeld: () => worker.itemsHeld(),
      list: (job, stop) => parts.listing.list(job, stop),
      onJobEnded,
      onJobStarted: (job) =>
        quietly('noting the start of a job', () => store.events.add(job.key, 'started', null)),
      logger,
    });
    const { nudge } = reconciler;
    stopOnReady = messages.onReady(() => nudge());
    messages.start();
    for (const name of queuesToWork()) {
      const state = { inHand: 0 };
      working.set(name, state);
      const handle = async (itemId: number): Promise<void> => {
        state.inHand += 1;
        await worker.handle(itemId).finally(() => (state.inHand -= 1));
      };
      messages.work(name, { concurrency: handsOf(name), handle });
    }
    if (workload.kind === 'server' && working.size > 0) loopLimit = watchEventLoop(followLimits);
    reconciler.start();
    heartbeat = createHeartbeat({
      id: owner,
      kind: workload.kind,
      version: parts.version,
      workers: store.workers,
      held: () => ({
        active: worker.holding(),
        queues: [...working].map(([name, { inHand }]) => ({
          name,
          concurrency: concurrencyOf(name),
          active: inHand,
          several: true,
        })),
      }),
    });
    const { beat: sayWhatIsHeld } = heartbeat;
    const beat = (): void => {
      if (working.size > 0 && messages.isReady()) quietly('the heartbeat', sayWhatIsHeld);
    };
    timers.push(
      setInterval(() => quietly('watching jobs', watchJobs), WATCH_MS),
      setInterval(
        () => quietly('renewing leases', () => worker.renewLeases()),
        Math.max(500, Math.floor(config.leaseMs / 3))
      ),
      setInterval(beat, HEARTBEAT_MS)
    );
    timers.push(setTimeout(beat, 1_500));
    for (const timer of timers) timer.unref();
  };

  return {
    /** The process serves now. `startNow` false: the queue starts at the first need. */
    open({ startNow }: { startNow: boolean }): void {
      serving = true;
      if (startNow) start();
    },

    /** There is something to do. */
    nudge(): void {
      start();
      reconciler?.nudge();
    },

    /** A chunk of items has been listed: the first of them may begin while the rest follows. */
    onListed(job: Job): void {
      quietly('filling the queue', async () => {
        const current = await store.jobs.findByKey(job.key);
        if (!current) return;
        if (current.status === 'processing') await reconciler?.refill(current);
        if (current.listed) reconciler?.nudge();
      });
    },

    /** A person has paused or cancelled a job: the workers of this process heed it at once, those of others soon. */
    heed: (jobKey: number, status: 'paused' | 'cancelled'): void => worker.heed(new Map([[jobKey, status]])),

    /** The settings have changed: queues follow. */
    applySettings(): void {
      if (started) followLimits();
    },

    /** What this process works on, or would, if it were started. */
    workingOn: (): { name: QueueName; concurrency: number }[] =>
      queuesToWork().map((name) => ({ name, concurrency: concurrencyOf(name) })),

    /** Ends what is in hand within the grace that the configuration gives, and hands back the rest: how many items that was. */
    async stop(): Promise<{ handedBack: number }> {
      serving = false;
      if (!started) return { handedBack: 0 };
      started = false;
      if (refillTimer) clearTimeout(refillTimer);
      loopLimit?.stop();
      stopOnReady?.();
      // Nothing is begun from here on, whatever the database does.
      const handingBack = worker.close(config.workers.shutdownGraceMs);
      const passEnded = endWithin(PASS_ENDS_MS, reconciler?.stop() ?? Promise.resolve());
      // No message is taken any more, while what is in hand may still end: till then leases are renewed and jobs watched.
      const queueClosed = queue().close(config.workers.shutdownGraceMs + HAND_BACK_MS, passEnded);
      const handedBack = await handingBack;
      for (const timer of timers) clearInterval(timer);
      await endWithin(QUEUE_CLOSES_MS, queueClosed);
      await endWithin(LEAVING_MS, heartbeat?.leave() ?? Promise.resolve());
      return { handedBack };
    },
  };
}
