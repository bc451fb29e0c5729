import type { JobStatus } from '../contracts/statuses';
import type { StoredReason } from '../contracts/reason';
import { createBatcher, togetherOrAlone } from '../domain/batcher';
import { noUsage } from '../domain/usage';
import { isWorkError, type WorkError } from '../domain/work-error';
import { faultPoint } from '../fault-points';
import type { Claim } from '../store/claims';
import type { EndedJob } from '../store/job-ends';
import { isDatabaseTrouble } from '../store/database-trouble';
import type { Settlement } from '../store/settlements';
import type { Job } from '../store/job-row';
import type { Store } from '../store/store';
import {
  afterFailure,
  afterStop,
  databaseFailure,
  stopOf,
  StopSignal,
  toWorkError,
  type AttemptEnding,
} from './attempt-ending';
import { createPatience, SETTLE_AT_CLOSE_MS } from './patience';
import { runHandler, type AttemptRecord, type HandlerOptions } from './run-handler';
import { endWithin } from './within';

export interface WorkerOptions extends HandlerOptions {
  /** Begins every lease of this process: told apart from those of others. */
  owner: string;
  leaseMs: number;
  store: Store;
  /** Items of these jobs have ended: their windows have room. */
  onSettled(perJob: Map<number, number>): void;
  onJobEnded(ended: EndedJob): void;
  /** A job cannot go on for a reason that holds for all its items; one that was resumed since it looked like this may. */
  pauseJob(job: Job, reason: StoredReason): Promise<void>;
  logger: { error(message: string): void; warn(message: string): void };
}

interface Held {
  claim: Claim;
  controller: AbortController;
  pausing: AbortController;
  /** By this process's stopwatch: since when at the latest the lease has been known to be its own. */
  keptAt: number;
}

/** A database that says nothing is not waited for beyond that; milliseconds. */
const LAST_ENDS_MS = 1_000;
const JOB_BELIEVED_MS = 10_000;
/**
 * Items are claimed and settled some at a time: a transaction costs as much for one of them as for several, and what is claimed
 * together is read together. More items are in hand than call at once, so that no call waits for it.
 */
const TOGETHER = { waitMs: 20, mostKeys: 100, atOnce: 1 };

const notStoredYet = (values: AttemptRecord['values'], { stored }: AttemptRecord): AttemptRecord['values'] =>
  values === stored ? null : values;

export type Worker = ReturnType<typeof createWorker>;

/** Runs every item of every job type: claim, run, settle. Job types know nothing of it. */
export function createWorker(options: WorkerOptions) {
  const { store, owner, leaseMs } = options;
  const held = new Map<number, Held>();
  const jobs = new Map<number, { until: number; job: Promise<Job | null> }>();
  let leases = 0;
  let closing = false;

  const claims = createBatcher<number, Claim | null>({
    ...TOGETHER,
    run: async (itemIds) => {
      leases += 1;
      const taken = await store.database.detached(() =>
        store.claims.claim(itemIds, `${owner}:${leases}`, leaseMs)
      );
      const byId = new Map(taken.map((claim) => [claim.item.id, claim]));
      return itemIds.map((id) => {
        const claim = byId.get(id) ?? null;
        // The same item twice in one batch is still one claim.
        byId.delete(id);
        return claim;
      });
    },
  });

  const settle = async (batch: Settlement[]): Promise<void> => {
    const ended = await store.database.detached(() => store.claims.settle(batch));
    const perJob = new Map<number, number>();
    for (const { jobKey } of batch) perJob.set(jobKey, (perJob.get(jobKey) ?? 0) + 1);
    options.onSettled(perJob);
    ended.forEach(options.onJobEnded);
  };

  /** Gives each its error, or null. */
  const settlements = createBatcher<Settlement, unknown>({
    ...TOGETHER,
    // One that the database does not take shall not hold back the others.
    run: (batch) => togetherOrAlone(batch, settle),
  });

  const inTrouble = (error: unknown): Promise<boolean> => isDatabaseTrouble(error, store.wasAway);
  const patiently = createPatience({ inTrouble, isClosing: () => closing });

  /** What cannot be settled is left to the reconciler. */
  const settleSurely = (settlement: Settlement): Promise<void> =>
    patiently(async () => {
      const error = await settlements.load(settlement);
      if (error !== null) throw error;
    });

  const renewLeases = async (): Promise<void> => {
    const mine = [...held.entries()];
    if (mine.length === 0) return;
    const askedAt = performance.now();
    const still = await store.claims.renew(
      mine.map(([itemId, { claim }]) => ({ itemId, lease: claim.lease })),
      leaseMs
    );
    for (const [itemId, holding] of mine) {
      if (still.has(itemId)) holding.keptAt = askedAt;
      else if (held.get(itemId) === holding) holding.controller.abort(new StopSignal('lost'));
    }
  };

  const stillOurs = async ({ keptAt, controller }: Held): Promise<void> => {
    // Renewed every third of the lease; a newcomer may take what has stood unchanged for half of it.
    if (performance.now() - keptAt > leaseMs / 2) await renewLeases();
    controller.signal.throwIfAborted();
  };

  const jobOf = (key: number): Promise<Job | null> => {
    const known = jobs.get(key);
    if (known && known.until > Date.now()) return known.job;
    if (jobs.size > 200) jobs.clear();
    const job = store.jobs.findByKey(key);
    jobs.set(key, { until: Date.now() + JOB_BELIEVED_MS, job });
    job.catch(() => jobs.delete(key));
    return job;
  };

  /** What an attempt failed of. Of one that took too long while the database was silent, it is to blame for that. */
  const failureOf = async ({ item }: Claim, job: Job, error: unknown): Promise<WorkError> => {
    const known = isWorkError(error) ? error : null;
    const isTimeout = known?.reason.code === 'provider_timeout';
    const lastedMs = Number(known?.reason.params.seconds ?? 0) * 1_000;
    if (known ? isTimeout && (await store.wasAway(lastedMs)) : await inTrouble(error))
      return databaseFailure(error);
    if (!known)
      options.logger.error(
        `AI Jobs: item ${item.id} of job ${job.id} failed unexpectedly: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`
      );
    return toWorkError(error);
  };

  /** What becomes of an item whose attempt failed; null: it is not ours any more. */
  const endingOf = async (
    job: Job,
    claim: Claim,
    error: unknown,
    aborted: AbortSignal
  ): Promise<AttemptEnding | null> => {
    const stop = stopOf(error, aborted);
    if (stop) return afterStop(stop);
    const failure = await failureOf(claim, job, error);
    if (failure.trouble === 'credentials') {
      await patiently(() => options.pauseJob(job, failure.reason));
      // It has been paused, or was resumed: the next attempt looks at it anew.
      jobs.delete(job.key);
    }
    const type = options.jobType(job.type);
    return afterFailure(failure, claim.item.attempts + 1, type ? options.limitsOf(type) : null);
  };

  const attempt = async (job: Job, holding: Held): Promise<void> => {
    const { claim, controller } = holding;
    const record: AttemptRecord = {
      values: null,
      stored: null,
      writing: false,
      usage: noUsage(),
      durationMs: 0,
    };
    const base = { itemId: claim.item.id, jobKey: job.key, lease: claim.lease, usage: record.usage };
    let settlement: Settlement;
    try {
      const outcome = await runHandler(
        options,
        job,
        { ...holding, stillOurs: () => stillOurs(holding) },
        record
      );
      settlement = {
        ...base,
        to: outcome.status,
        reason: outcome.reason ?? null,
        message: outcome.message ?? null,
        values: notStoredYet(outcome.values ?? record.values, record),
        fingerprint: outcome.fingerprint ?? null,
        durationMs: record.durationMs,
        nextAttemptAt: null,
        countsAsAttempt: true,
      };
    } catch (error) {
      const failure = await endingOf(job, claim, error, controller.signal);
      if (!failure) return;
      settlement = {
        ...base,
        ...failure,
        message: undefined,
        // A stopped attempt does not know whether its writing was kept; what the writing noted itself stays.
        values: controller.signal.aborted && record.writing ? null : record.values,
        fingerprint: null,
        durationMs: record.durationMs,
      };
    }
    await settleSurely(settlement);
  };

  return {
    /** Works on one item, if it is still to be worked on. Never rejects: what goes wrong here is healed by the reconciler. */
    async handle(itemId: number): Promise<void> {
      let holding: Held | undefined;
      try {
        // The message is used up: the item gets another one, here or in another process.
        if (closing) return await store.window.putBack([itemId]);
        const keptAt = performance.now();
        const claim = await claims.load(itemId);
        if (!claim) return;
        faultPoint('item claimed', claim.item.documentId);
        holding = { claim, controller: new AbortController(), pausing: new AbortController(), keptAt };
        // Whoever held it in this process before has lost it: it could not have been claimed otherwise.
        held.get(itemId)?.controller.abort(new StopSignal('lost'));
        held.set(itemId, holding);
        // It was claimed while the process began to stop.
        if (closing) holding.pausing.abort(new StopSignal('paused'));
        const job = await patiently(() => jobOf(claim.item.jobKey));
        if (job) await attempt(job, holding);
      } catch (error) {
        options.logger.error(
          `AI Jobs: item ${itemId} could not be settled; it is taken up again when its lease ends: ${error instanceof Error ? error.message : String(error)}`
        );
      } finally {
        // A second message of an item in hand claims nothing, and must not make it forgotten.
        if (holding && held.get(itemId) === holding) held.delete(itemId);
      }
    },

    holding: (): number => held.size,

    itemsHeld: (): number[] => [...held.keys()],

    /** Jobs this worker holds items of. */
    jobsHeld: (): number[] => [...new Set([...held.values()].map(({ claim }) => claim.item.jobKey))],

    /** Aborts the running calls of jobs that were cancelled; lets those that were paused begin no further one. */
    heed(statuses: Map<number, JobStatus>): void {
      // Of a paused job the next attempt begins after a person has resumed it.
      for (const [key, status] of statuses) if (status === 'paused') jobs.delete(key);
      for (const { claim, controller, pausing } of held.values()) {
        const status = statuses.get(claim.item.jobKey);
        if (status === 'cancelled') controller.abort(new StopSignal('cancelled'));
        if (status === 'paused') pausing.abort(new StopSignal('paused'));
      }
    },

    /** Keeps the leases of what is in hand; lets go of what another worker took. */
    renewLeases,

    /** Takes nothing new, waits for what is in hand, hands the rest back: how many items that was. */
    async close(graceMs: number): Promise<number> {
      closing = true;
      // What has not called yet is handed back rather than begun.
      for (const { pausing } of held.values()) pausing.abort(new StopSignal('paused'));
      const giveUpAt = Date.now() + graceMs;
      while (held.size > 0 && Date.now() < giveUpAt) await new Promise((resolve) => setTimeout(resolve, 25));
      const handedBack = held.size;
      const handBackUntil = Date.now() + SETTLE_AT_CLOSE_MS;
      do {
        // Also what was claimed meanwhile.
        for (const { controller } of held.values()) controller.abort(new StopSignal('shutdown'));
        await new Promise((resolve) => setTimeout(resolve, 25));
      } while (held.size > 0 && Date.now() < handBackUntil);
      await endWithin(LAST_ENDS_MS, settlements.idle());
      return handedBack;
    },
  };
}
