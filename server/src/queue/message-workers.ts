import type { BackendConnection, MessageData, OpenWorker, QueueLogger } from './backends/backend';
import { createHands, type Hands } from './hands';
import type { QueueName } from './message-queue';
import { oncePer } from './repeated-messages';
import { TimeLimitError, within } from './within';

/** How long closing may take once nothing is in hand, or where it is forced; milliseconds. */
const CLOSE_LIMIT_MS = 2_000;

interface Task {
  concurrency: number;
  handle: (itemId: number) => Promise<void>;
}

/** BullMQ's workers: kept as a wish until there is a connection, and opened anew on each new one. */
export interface MessageWorkers {
  add(queue: QueueName, task: Task): void;
  setConcurrency(queue: QueueName, concurrency: number): void;
  open(connection: BackendConnection): void;
  /** Leaves the workers of a connection that is lost for good. */
  drop(): Promise<void>;
  /** Takes nothing more, waits for what is in hand up to `graceMs`, then leaves it to whoever holds its lease. */
  close(graceMs: number, connectionAnswers: boolean): Promise<void>;
}

const itemsOf = (data: MessageData): number[] => ('itemIds' in data ? data.itemIds : [data.itemId]);

/** @param troubled called on every error of a worker. */
export function createMessageWorkers(
  logger: QueueLogger,
  explain: (error: unknown) => string,
  troubled: () => void
): MessageWorkers {
  const tasks = new Map<QueueName, { hands: Hands; handle: Task['handle'] }>();
  const workers = new Map<QueueName, OpenWorker>();
  const warn = oncePer(60_000, (text) => logger.warn(text));
  let connection: BackendConnection | null = null;
  let closing = false;

  const work = async (itemId: number, handle: Task['handle']): Promise<void> => {
    try {
      await handle(itemId);
    } catch (error) {
      logger.error(
        `Item ${itemId} was not handled: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`
      );
    }
  };

  const openWorker = (queue: QueueName, on: BackendConnection) => {
    const task = tasks.get(queue);
    if (!task) return;
    const { hands, handle } = task;
    const process = async ({ data }: { data: MessageData }) => {
      for (const itemId of itemsOf(data)) await hands.begin(() => work(itemId, handle));
      // The next message is opened when there is room for its first item: until then another worker may have it.
      await hands.room();
    };
    const worker = on.openWorker(queue, process);
    worker.on('error', (error) => {
      if (closing) return;
      warn(`A worker met an error: ${explain(error)}`);
      troubled();
    });
    workers.set(queue, worker);
  };

  /** Ends one worker, whatever state it and its backend are in. */
  const end = async (worker: OpenWorker, force: boolean, limitMs: number) => {
    try {
      await within(limitMs, worker.close(force));
    } catch (error) {
      logger.debug(`A worker did not close: ${explain(error)}`);
      if (error instanceof TimeLimitError)
        await within(CLOSE_LIMIT_MS, worker.disconnect()).catch(() => undefined);
    }
  };

  return {
    add(queue, { concurrency, handle }) {
      if (tasks.has(queue)) throw new Error(`The queue "${queue}" has a worker already.`);
      tasks.set(queue, { hands: createHands(concurrency), handle });
      if (connection && !closing) openWorker(queue, connection);
    },
    setConcurrency: (queue, concurrency) => tasks.get(queue)?.hands.setMost(concurrency),
    open(opened) {
      connection = opened;
      if (closing) return;
      for (const queue of tasks.keys()) openWorker(queue, opened);
    },
    async drop() {
      connection = null;
      const left = [...workers.values()];
      workers.clear();
      await Promise.all(left.map((worker) => end(worker, true, CLOSE_LIMIT_MS)));
    },
    async close(graceMs, connectionAnswers) {
      closing = true;
      const deadline = Date.now() + graceMs;
      const all = [...workers.values()];
      const hands = [...tasks.values()].map((task) => task.hands);
      workers.clear();
      await within(
        graceMs,
        Promise.all(all.map((worker) => worker.pause(true))).then(() => {
          // What is left of an open message is handed on, and its handler puts it back.
          for (const each of hands) each.letAllIn();
          return Promise.all(hands.map((each) => each.empty()));
        })
      ).catch(() => undefined);
      for (const each of hands) each.letAllIn();

      const force = hands.some((each) => each.inHand() > 0) || !connectionAnswers;
      const limitMs = force ? CLOSE_LIMIT_MS : Math.max(deadline - Date.now(), CLOSE_LIMIT_MS);
      await Promise.all(all.map((worker) => end(worker, force, limitMs)));
    },
  };
}
