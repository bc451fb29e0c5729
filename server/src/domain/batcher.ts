/** Gathers keys that are asked for at about the same time and answers them together. */
export interface Batcher<Key, Value> {
  /** @param waitMs how long this one waits for company at most, where that is not the usual time */
  load(key: Key, waitMs?: number): Promise<Value>;
  /** Waits until all that was asked for has been answered. */
  idle(): Promise<void>;
}

/**
 * @param options.run answers the keys, in their order; if it throws, every one of them is rejected with the error
 * @param options.waitMs how long a key waits for company at most, unless it says otherwise
 * @param options.mostKeys a batch is run at once when it holds so many
 * @param options.atOnce batches that run at the same time, at most; while one runs, what comes makes the next, larger one, and only
 * when that is full does it run beside the first
 */
export function createBatcher<Key, Value>(options: {
  run: (keys: Key[]) => Promise<Value[]>;
  waitMs: number;
  mostKeys: number;
  atOnce?: number;
}): Batcher<Key, Value> {
  interface Waiting {
    key: Key;
    /** By when its batch is to begin; milliseconds of the process's stopwatch. */
    due: number;
    resolve: (value: Value) => void;
    reject: (error: unknown) => void;
  }
  const waiting: Waiting[] = [];
  let timer: NodeJS.Timeout | null = null;
  let timerDue = Infinity;
  const running = new Set<Promise<void>>();

  const runBatch = async (batch: Waiting[]): Promise<void> => {
    try {
      const values = await options.run(batch.map(({ key }) => key));
      batch.forEach(({ resolve, reject }, position) => {
        if (position < values.length) resolve(values[position] as Value);
        else reject(new Error(`The batch gave ${values.length} answers to ${batch.length} questions.`));
      });
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  };

  /** Begins a batch when the most impatient of those that wait is due, but not before `earliest`. */
  const startInTime = (earliest: number): void => {
    const due = Math.max(earliest, Math.min(...waiting.map((one) => one.due)));
    if (timer && timerDue <= due) return;
    if (timer) clearTimeout(timer);
    timerDue = due;
    timer = setTimeout(start, Math.max(0, due - performance.now()));
  };

  const start = (): void => {
    if (timer) clearTimeout(timer);
    timer = null;
    if (options.atOnce !== undefined && running.size > 0) {
      const isFull = waiting.length >= options.mostKeys;
      if (!isFull || running.size >= options.atOnce) return;
    }
    const batch = waiting.splice(0, options.mostKeys);
    if (batch.length === 0) return;
    const run: Promise<void> = runBatch(batch).finally(() => {
      running.delete(run);
      // Those who have just been answered may have more to ask.
      if (waiting.length >= options.mostKeys) start();
      else if (waiting.length > 0) startInTime(performance.now() + options.waitMs);
    });
    running.add(run);
  };

  return {
    load: (key, waitMs = options.waitMs) =>
      new Promise<Value>((resolve, reject) => {
        const now = performance.now();
        waiting.push({ key, due: now + waitMs, resolve, reject });
        if (waiting.length >= options.mostKeys) start();
        else startInTime(now);
      }),
    async idle() {
      while (running.size > 0 || waiting.length > 0) {
        if (running.size === 0) start();
        await Promise.all(running);
      }
    },
  };
}

/**
 * Does the work for all in one go, or, where that fails, for each by itself, so that one cannot hold back the others.
 * @returns for each its error, or null
 */
export async function togetherOrAlone<Entry>(
  entries: Entry[],
  work: (some: Entry[]) => Promise<void>
): Promise<unknown[]> {
  try {
    await work(entries);
    return entries.map(() => null);
  } catch {
    const errors: unknown[] = [];
    for (const entry of entries) {
      errors.push(
        await work([entry]).then(
          () => null,
          (error: unknown) => error
        )
      );
    }
    return errors;
  }
}
