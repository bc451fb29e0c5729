import {
  readNumber,
  whereStatus,
  type Database,
  type QueryBuilder,
  type Row,
  type Transaction,
} from './database';

/** An item to enqueue, and the number that makes its message's id new. */
export interface Enqueued {
  itemId: number;
  sequence: number;
}

const RELEASE_CHUNK = 500;
/** Further ahead than clocks that agree can be; milliseconds. */
const CLOCKS_APART_MS = 60_000;

export type WindowStore = ReturnType<typeof createWindowStore>;

/** Which items have a message in the queue: a window per job, refilled as items end. */
export function createWindowStore(database: Database) {
  /** Jobs (keys) in the queue of this one, itself among them, whose items are in a worker's hands or can come there. */
  const jobsInQueueOf = async (jobKey: number): Promise<number[]> => {
    const rows = (await database
      .table('jobs')
      .whereIn('queue', database.table('jobs').where({ id: jobKey }).select('queue'))
      .where(
        (atWork) =>
          void atWork
            .where((left) => void left.where({ status: 'processing' }).where('count_pending', '>', 0))
            .orWhere('count_processing', '>', 0)
      )
      .select('id')) as Row[];
    return rows.map((row) => readNumber(row.id));
  };

  /** Items that may be what crashes their workers. Jobs are named one by one: MySQL would go through all of their items else. */
  const suspectsOf = (jobKeys: number[], suspectFrom: number, transaction?: Transaction): QueryBuilder =>
    database.table('items', transaction).whereIn('job_id', jobKeys).where('crashes', '>=', suspectFrom);

  /** Whether one of them has a message, or is in a worker's hands. */
  const suspectInFlight = async (
    jobKeys: number[],
    suspectFrom: number,
    transaction: Transaction
  ): Promise<boolean> => {
    const found = (await suspectsOf(jobKeys, suspectFrom, transaction)
      .where((held) => void held.where({ status: 'processing' }).orWhere('queued_at', '>', 0))
      .first('id')) as Row | undefined;
    return found !== undefined;
  };

  /**
   * Items that could have a message and have none, in their order: along the index that holds them, however many others the
   * job has. None of them has `queued_at`, but by it PostgreSQL sees that the index is in order.
   */
  const waiting = (jobKey: number, transaction?: Transaction) => {
    const now = Date.now();
    const query = database
      .table('items', transaction)
      .where({ job_id: jobKey, status: 'pending' })
      .whereNull('queued_at')
      .where((due) => void due.whereNull('next_attempt_at').orWhere('next_attempt_at', '<=', now))
      .orderBy(['queued_at', 'position'])
      .select('id', 'sequence');
    return transaction && database.client !== 'sqlite' ? query.forUpdate().skipLocked() : query;
  };

  /** Nearly all items are: as a plain condition SQLite would go through all of them, by the index of crashes. */
  const trusted = (query: QueryBuilder, suspectFrom: number): QueryBuilder =>
    query.whereRaw('coalesce(??, 0) < ?', ['crashes', suspectFrom]);

  const mark = async (rows: Row[], transaction: Transaction): Promise<Enqueued[]> => {
    if (rows.length === 0) return [];
    await database
      .table('items', transaction)
      .whereIn(
        'id',
        rows.map((row) => readNumber(row.id))
      )
      .update({ queued_at: Date.now() })
      .increment({ sequence: 1 });
    return rows.map((row) => ({ itemId: readNumber(row.id), sequence: readNumber(row.sequence) + 1 }));
  };

  /** Locks jobs that are free to be locked; false where one of them is not. */
  const lockAll = async (jobKeys: number[], transaction: Transaction): Promise<boolean> => {
    if (database.client === 'sqlite') return true;
    const had = (await database
      .table('jobs', transaction)
      .whereIn('id', jobKeys)
      .orderBy('id')
      .select('id')
      .forUpdate()
      .skipLocked()) as Row[];
    return had.length === jobKeys.length;
  };

  /**
   * The next suspect, if none is in flight, of whichever job in the queue: what crashes a worker takes with it what is in hand beside
   * it. Of processes that look at once, one finds what it has to lock: both would see none.
   */
  const takeSuspect = async (jobKey: number, suspectFrom: number): Promise<Enqueued[]> => {
    const suspects = (transaction?: Transaction) =>
      waiting(jobKey, transaction).where('crashes', '>=', suspectFrom).limit(1);
    if ((await suspects()).length === 0) return [];
    const inQueue = await jobsInQueueOf(jobKey);
    const rows = (await suspectsOf(inQueue, suspectFrom).distinct('job_id')) as Row[];
    // This job is among them, and so it is for whoever looks for a suspect of another one's.
    const suspected = rows.map((row) => readNumber(row.job_id));
    return database.shared(async (transaction) => {
      // The next refill looks again.
      if (!(await lockAll(suspected, transaction))) return [];
      if (await suspectInFlight(inQueue, suspectFrom, transaction)) return [];
      return mark(await suspects(transaction), transaction);
    });
  };

  return {
    /** Messages that a job has in the queue or in a worker's hands now, not counting those that wait for a later attempt. */
    async inFlight(jobKey: number): Promise<number> {
      const now = Date.now();
      // Two narrow queries: with an "or" between them the database would look at every item of the job.
      const job = (await database.table('jobs').where({ id: jobKey }).first('count_processing')) as
        Row | undefined;
      const queued = (await database
        .table('items')
        .where({ job_id: jobKey, status: 'pending' })
        .where('queued_at', '>', 0)
        .where((due) => void due.whereNull('next_attempt_at').orWhere('next_attempt_at', '<=', now))
        .count({ total: '*' })
        .first()) as Row | undefined;
      return readNumber(job?.count_processing) + readNumber(queued?.total);
    },

    /**
     * Marks the next items of a job as enqueued and returns them; each is given to one caller only. Items that were in
     * hand at `suspectFrom` crashes or more go last and one at a time, so that the next crash tells which of them it was.
     */
    async take(jobKey: number, limit: number, suspectFrom: number): Promise<Enqueued[]> {
      if (limit <= 0) return [];
      const taken = await database.shared(async (transaction) =>
        mark(await trusted(waiting(jobKey, transaction), suspectFrom).limit(limit), transaction)
      );
      if (taken.length === limit) return taken;
      return [...taken, ...(await takeSuspect(jobKey, suspectFrom))];
    },

    /** Lets items whose next attempt is due wait for their turn again. */
    async release(jobKey: number): Promise<void> {
      const now = Date.now();
      for (;;) {
        const rows = (await database
          .table('items')
          .where({ job_id: jobKey, status: 'pending' })
          .whereBetween('queued_at', [-now, -1])
          .limit(RELEASE_CHUNK)
          .select('id')) as Row[];
        if (rows.length === 0) return;
        await database.statement(() =>
          whereStatus(
            database.table('items').whereIn(
              'id',
              rows.map(({ id }) => readNumber(id))
            ),
            'pending'
          )
            .where('queued_at', '<', 0)
            .update({ queued_at: null })
        );
        if (rows.length < RELEASE_CHUNK) return;
      }
    },

    /** The messages that could not be handed to the queue: the items wait for the next reconciling. */
    async putBack(itemIds: number[]): Promise<void> {
      for (let start = 0; start < itemIds.length; start += 500) {
        await database.statement(() =>
          whereStatus(
            database.table('items').whereIn('id', itemIds.slice(start, start + 500)),
            'pending'
          ).update({ queued_at: null })
        );
      }
    },

    /** Forgets a job's messages: a worker that still meets one does the item, or drops it while the job is paused. */
    async forget(jobKey: number): Promise<void> {
      await database.statement(() =>
        database
          .table('items')
          .where({ job_id: jobKey, status: 'pending' })
          .where('queued_at', '>', 0)
          .update({ queued_at: null })
      );
    },

    /**
     * Messages enqueued long ago and due, but not taken up: the queue may have lost them. So it may those that a process enqueued
     * whose clock is far ahead: nobody can tell when that was.
     */
    async overdue(jobKey: number, before: number, limit: number): Promise<Enqueued[]> {
      const due = () =>
        database
          .table('items')
          .where({ job_id: jobKey, status: 'pending' })
          .where((next) => void next.whereNull('next_attempt_at').orWhere('next_attempt_at', '<', before))
          .orderBy('position')
          .limit(limit)
          .select('id', 'sequence');
      // Two narrow queries: with an "or" between them the database would look at every item of the job.
      const found = (await Promise.all([
        due().whereBetween('queued_at', [1, before]),
        due().where('queued_at', '>', Date.now() + CLOCKS_APART_MS),
      ])) as Row[][];
      return found.flat().map((row) => ({ itemId: readNumber(row.id), sequence: readNumber(row.sequence) }));
    },

    /**
     * Items in all queues: of jobs at work, how many wait for their turn and how many for their next attempt; and how many
     * are in hand, those of paused jobs too.
     */
    async itemsAtWork(): Promise<{ waiting: number; active: number; delayed: number }> {
      const [sums, later] = await Promise.all([
        database
          .table('jobs')
          .where({ status: 'processing' })
          .orWhere('count_processing', '>', 0)
          .groupBy('status')
          .select('status')
          .sum({ pending: 'count_pending', active: 'count_processing' }) as Promise<Row[]>,
        database
          .table('items')
          .whereIn('job_id', database.table('jobs').where({ status: 'processing' }).select('id'))
          .where({ status: 'pending' })
          .where('queued_at', '<', -Date.now())
          .count({ total: '*' })
          .first() as Promise<Row | undefined>,
      ]);
      const pending = readNumber(sums.find(({ status }) => status === 'processing')?.pending);
      const delayed = Math.min(pending, readNumber(later?.total));
      return {
        waiting: pending - delayed,
        active: sums.reduce((sum, row) => sum + readNumber(row.active), 0),
        delayed,
      };
    },

    /** In which queues items of jobs at work wait: for the note that nothing takes them. */
    async waitingQueues(): Promise<string[]> {
      const rows = (await database
        .table('jobs')
        .where({ status: 'processing' })
        .where('count_pending', '>', 0)
        .distinct('queue')) as Row[];
      return rows.map((row) => String(row.queue));
    },
  };
}
