import type { QueueView } from '../contracts/queue';
import type { Reason } from '../contracts/reason';
import { trouble, type Backend, type BackendConnection, type QueueLogger } from './backends/backend';
import { within } from './within';

/** Milliseconds. */
const PING_EVERY = 5_000;
const PING_EVERY_WHILE_AWAY = 1_000;
const PING_LIMIT = 2_000;
const FIRST_RETRY = 500;
const LONGEST_RETRY = 5_000;

/** Called as connections come and go; a connection stays the same while it recovers by itself. */
export interface ConnectionHolder {
  opened(connection: BackendConnection): void;
  /** Before a connection that is lost for good is closed. */
  dropped(): Promise<void>;
}

/** Whether a backend takes messages now, and the connection to it. */
export interface Availability {
  /** Begins to connect, and keeps trying until `stop`. Safe to call again. */
  start(): void;
  state(): QueueView['state'];
  /** What is wrong while the state is `unavailable`. */
  error(): Reason | null;
  /** The connection while the backend answers. */
  ready(): BackendConnection | null;
  /** The same, waiting for it while it starts; null at once where it is known to be away. */
  whenReady(limitMs: number): Promise<BackendConnection | null>;
  onReady(listener: () => void): () => void;
  /** Something has failed: looks now. */
  checkSoon(): void;
  /** Ends the trying, once the try in hand has ended; returns the connection, which is the caller's to close. */
  stop(): Promise<BackendConnection | null>;
}

/** Watches over a backend: connects with capped backoff, pings, tells when it is ready (again). */
export function createAvailability(
  backend: Backend,
  holder: ConnectionHolder,
  logger: QueueLogger
): Availability {
  let state: QueueView['state'] = 'idle';
  let problem: Reason | null = null;
  let connection: BackendConnection | null = null;
  let running: Promise<void> | null = null;
  let stopped = false;
  let lostBecause: string | null = null;
  let checkRequested = false;
  let wake: () => void = () => undefined;
  const listeners = new Set<() => void>();
  const changes = new Set<() => void>();

  const rest = (durationMs: number) =>
    new Promise<void>((resolve) => {
      if (stopped || checkRequested) {
        resolve();
        return;
      }
      const timer = setTimeout(resolve, durationMs);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  const checkSoon = () => {
    checkRequested = true;
    wake();
  };

  const enter = (next: 'ready' | 'unavailable', why: Reason | null) => {
    const before = state;
    if (next === 'unavailable' && why?.message !== problem?.message)
      logger.warn(`${why?.message ?? ''} It is tried again; nothing is lost.`);
    if (next === 'ready' && before !== 'ready') logger.info(`The queue is ready (${backend.name}).`);
    state = next;
    problem = why;
    for (const change of changes) change();
    if (next !== 'ready' || before === 'ready') return;
    for (const listener of listeners) {
      try {
        listener();
      } catch (error) {
        logger.error(`A listener of the queue failed: ${String(error)}`);
      }
    }
  };

  const drop = async (lost: BackendConnection) => {
    connection = null;
    await holder.dropped();
    await within(PING_LIMIT, lost.close()).catch((error: unknown) =>
      logger.debug(backend.explain(error).message)
    );
  };

  /** Pings until the connection is lost for good or the queue is stopped. */
  const watch = async (current: BackendConnection) => {
    for (;;) {
      checkRequested = false;
      await rest(state === 'ready' ? PING_EVERY : PING_EVERY_WHILE_AWAY);
      if (stopped) return;
      if (lostBecause === null) {
        try {
          await within(PING_LIMIT, current.ping());
          if (!stopped) enter('ready', null);
        } catch (error) {
          if (!stopped) enter('unavailable', backend.explain(error));
        }
      }
      if (stopped) return;
      if (lostBecause !== null) {
        enter('unavailable', backend.explain(new Error(lostBecause)));
        await drop(current);
        return;
      }
    }
  };

  const run = async () => {
    let retryMs = FIRST_RETRY;
    while (!stopped) {
      lostBecause = null;
      checkRequested = false;
      try {
        connection = await backend.connect({
          changed: checkSoon,
          lost(reason) {
            lostBecause = reason;
            checkSoon();
          },
        });
      } catch (error) {
        if (stopped) return;
        enter('unavailable', backend.explain(error));
        await rest(retryMs * (0.75 + Math.random() / 4));
        retryMs = Math.min(retryMs * 2, LONGEST_RETRY);
        continue;
      }
      // Whoever stopped takes the connection and closes it.
      if (stopped) return;
      retryMs = FIRST_RETRY;
      holder.opened(connection);
      enter('ready', null);
      await watch(connection);
    }
  };

  const ready = () => (state === 'ready' ? connection : null);

  return {
    start() {
      if (running || stopped) return;
      state = 'starting';
      running = run().catch((error: unknown) => {
        state = 'unavailable';
        problem = trouble('queue_watch_ended', { said: String(error) });
        logger.error(problem.message);
      });
    },
    state: () => state,
    error: () => (state === 'unavailable' ? problem : null),
    ready,
    async whenReady(limitMs) {
      if (state !== 'starting') return ready();
      let settled: () => void = () => undefined;
      const change = new Promise<void>((resolve) => {
        settled = resolve;
      });
      changes.add(settled);
      await within(limitMs, change).catch(() => undefined);
      changes.delete(settled);
      return ready();
    },
    onReady(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    checkSoon,
    async stop() {
      stopped = true;
      listeners.clear();
      state = 'idle';
      for (const change of changes) change();
      wake();
      await running;
      return connection;
    },
  };
}
