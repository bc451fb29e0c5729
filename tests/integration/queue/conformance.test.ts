import { afterAll, afterEach, describe, expect, test } from 'vitest';
import type { MessageQueue } from '../../../server/src/queue/message-queue';
import { QueueUnavailableError } from '../../../server/src/queue/message-queue';
import { waitFor } from '../../wait-for';
import { BACKENDS, startServices, type Place } from './backends';

const services = await startServices();
afterEach(() => services.closeAll());
afterAll(() => services.stop());

async function started(place: Place): Promise<MessageQueue> {
  const queue = place.open();
  queue.start();
  await waitFor(() => queue.isReady(), { timeoutMs: 20_000, what: 'the queue to be ready' });
  return queue;
}

/** A handler that keeps what it was given and can be held up. */
function recorder() {
  const handled: number[] = [];
  let running = 0;
  let most = 0;
  let open: () => void = () => undefined;
  let gate: Promise<void> | null = null;
  return {
    handled,
    running: () => running,
    most: () => most,
    hold() {
      gate = new Promise((resolve) => {
        open = resolve;
      });
    },
    letGo() {
      gate = null;
      open();
    },
    async handle(itemId: number) {
      running += 1;
      most = Math.max(most, running);
      if (gate) await gate;
      running -= 1;
      handled.push(itemId);
    },
  };
}

describe.each(BACKENDS)('the %s queue', (backend) => {
  describe.skipIf(!services.has(backend))(`(${backend} is there)`, { timeout: 60_000 }, () => {
    test('connects to nothing before it is started', async () => {
      const queue = services.place(backend).open();
      await expect(queue.state()).resolves.toMatchObject({ backend, state: 'idle', error: null, waiting: 0 });
      await expect(queue.enqueue('content', [{ itemIds: [1], sequence: 1 }])).rejects.toThrow(
        QueueUnavailableError
      );
    });

    test('hands what is enqueued to the worker of that queue, whichever came first', async () => {
      const place = services.place(backend);
      const queue = place.open();
      const early = recorder();
      queue.work('content', { concurrency: 2, handle: early.handle });
      queue.start();
      queue.start();
      await waitFor(() => queue.isReady(), { timeoutMs: 20_000 });
      await queue.enqueue('content', [
        { itemIds: [1], sequence: 1 },
        { itemIds: [2], sequence: 1 },
      ]);
      await queue.enqueue('image', [{ itemIds: [3], sequence: 1 }]);
      await waitFor(() => early.handled.length === 2);
      expect((await queue.state()).waiting).toBe(1);

      const late = recorder();
      queue.work('image', { concurrency: 1, handle: late.handle });
      await waitFor(() => late.handled.length === 1);
      expect(early.handled.toSorted()).toEqual([1, 2]);
      expect(late.handled).toEqual([3]);
      await waitFor(async () => (await queue.state()).active === 0);
      expect(await queue.state()).toMatchObject({
        state: 'ready',
        waiting: 0,
        active: 0,
        delayed: 0,
        failed: 0,
      });
    });

    test('picks up at once what comes to an idle worker', async () => {
      const queue = await started(services.place(backend));
      const { handled, handle } = recorder();
      queue.work('content', { concurrency: 1, handle });
      await queue.enqueue('content', [{ itemIds: [1], sequence: 1 }]);
      await waitFor(() => handled.length === 1);
      await queue.enqueue('content', [{ itemIds: [2], sequence: 1 }]);
      await waitFor(() => handled.length === 2, { timeoutMs: 2_000, everyMs: 5 });
    });

    test('takes a message once while it waits, and again under the next number', async () => {
      const queue = await started(services.place(backend));
      const again = { itemIds: [7], sequence: 1 };
      const several = { itemIds: [8, 9], sequence: 1 };
      await queue.enqueue('content', [again, again]);
      await queue.enqueue('content', [again, several]);
      await queue.enqueue('content', [several]);
      expect((await queue.state()).waiting).toBe(2);
      const work = recorder();
      queue.work('content', { concurrency: 3, handle: work.handle });
      await waitFor(() => work.handled.length === 3);
      await queue.enqueue('content', [{ itemIds: [7], sequence: 2 }]);
      await waitFor(() => work.handled.length === 4);
      expect(work.handled.toSorted()).toEqual([7, 7, 8, 9]);
    });

    test('takes many at once, those that wait already once, and begins them in their order', async () => {
      const queue = await started(services.place(backend));
      const first = Array.from({ length: 12 }, (_none, index) => ({ itemIds: [index + 1], sequence: 1 }));
      const last = { itemIds: [13], sequence: 1 };
      await queue.enqueue('content', [...first, ...first]);
      await queue.enqueue('content', [...first, last]);
      expect((await queue.state()).waiting).toBe(13);
      const work = recorder();
      queue.work('content', { concurrency: 1, handle: work.handle });
      await waitFor(() => work.handled.length === 13);
      expect(work.handled).toEqual([...first, last].flatMap(({ itemIds }) => itemIds));
    });

    test('begins the items of a message as there is room, and opens the next message only then', async () => {
      const queue = await started(services.place(backend));
      const work = recorder();
      work.hold();
      queue.work('content', { concurrency: 2, handle: work.handle });
      await queue.enqueue('content', [
        { itemIds: [1, 2, 3, 4, 5], sequence: 1 },
        { itemIds: [6, 7], sequence: 1 },
      ]);
      await waitFor(() => work.running() === 2);
      expect(await queue.state()).toMatchObject({ waiting: 1, active: 1 });
      work.letGo();
      await waitFor(() => work.handled.length === 7);
      expect(work.handled.toSorted()).toEqual([1, 2, 3, 4, 5, 6, 7]);
      expect(work.most()).toBe(2);
      await waitFor(async () => (await queue.state()).active === 0);
    });

    test('keeps a delayed message until its time', async () => {
      const queue = await started(services.place(backend));
      const at: Record<number, number> = {};
      const handle = (itemId: number) => {
        at[itemId] = Date.now();
        return Promise.resolve();
      };
      queue.work('content', { concurrency: 2, handle });
      const start = Date.now();
      await queue.enqueue('content', [
        { itemIds: [1], sequence: 1, delayMs: 1_500 },
        { itemIds: [2], sequence: 1 },
      ]);
      await waitFor(() => at[2]);
      expect(await queue.state()).toMatchObject({ delayed: 1 });
      await waitFor(() => at[1]);
      expect((at[1] ?? 0) - start).toBeGreaterThanOrEqual(1_490);
      expect((at[1] ?? 0) - start).toBeLessThan(4_000);
    });

    test('gives 2,000 messages to 20 hands, each once', async () => {
      const queue = await started(services.place(backend));
      const { handled, handle, most } = recorder();
      await queue.enqueue(
        'content',
        Array.from({ length: 2_000 }, (_, index) => ({ itemIds: [index + 1], sequence: 1 }))
      );
      queue.work('content', {
        concurrency: 20,
        async handle(itemId) {
          await new Promise((resolve) => setTimeout(resolve, 1));
          await handle(itemId);
        },
      });
      await waitFor(() => handled.length >= 2_000, { timeoutMs: 40_000 });
      await waitFor(async () => (await queue.state()).active === 0);
      expect(new Set(handled).size).toBe(2_000);
      expect(handled).toHaveLength(2_000);
      expect(most()).toBeLessThanOrEqual(20);
    });

    test('changes how many it works on at a time', async () => {
      const queue = await started(services.place(backend));
      let release: (() => void)[] = [];
      let running = 0;
      const handle = async () => {
        running += 1;
        await new Promise<void>((resolve) => release.push(resolve));
        running -= 1;
      };
      queue.work('content', { concurrency: 2, handle });
      await queue.enqueue(
        'content',
        Array.from({ length: 12 }, (_, index) => ({ itemIds: [index + 1], sequence: 1 }))
      );
      await waitFor(() => running === 2);
      queue.setConcurrency('content', 5);
      await waitFor(() => running === 5);
      queue.setConcurrency('content', 1);
      const left = release;
      release = [];
      for (const end of left) end();
      await waitFor(() => running === 1 && release.length === 1);
      expect(running).toBe(1);
      release[0]?.();
    });

    test('goes on after a handler that throws', async () => {
      const queue = await started(services.place(backend));
      const { handled, handle } = recorder();
      queue.work('content', {
        concurrency: 1,
        handle: (itemId) => (itemId === 1 ? Promise.reject(new Error('thrown by a test')) : handle(itemId)),
      });
      await queue.enqueue('content', [
        { itemIds: [1], sequence: 1 },
        { itemIds: [2], sequence: 1 },
      ]);
      await waitFor(() => handled.length === 1);
      await waitFor(async () => (await queue.state()).active === 0);
      expect(await queue.state()).toMatchObject({ waiting: 0, failed: 0 });
    });

    test('waits, when closed, for what is in hand, and takes nothing more', async () => {
      const place = services.place(backend);
      const queue = await started(place);
      const work = recorder();
      work.hold();
      queue.work('content', { concurrency: 2, handle: work.handle });
      await queue.enqueue(
        'content',
        [1, 2, 3, 4].map((itemId) => ({ itemIds: [itemId], sequence: 1 }))
      );
      await waitFor(() => work.running() === 2);
      const closed = queue.close(10_000);
      setTimeout(() => work.letGo(), 100);
      await closed;
      expect(work.handled.toSorted()).toEqual([1, 2]);
      await expect(queue.enqueue('content', [{ itemIds: [5], sequence: 1 }])).rejects.toThrow(
        QueueUnavailableError
      );

      const next = await started(place);
      expect(await next.state()).toMatchObject({ waiting: 2, active: 0 });
    });

    test('is closed soon after its grace, whatever is in hand', async () => {
      const queue = await started(services.place(backend));
      const work = recorder();
      work.hold();
      queue.work('content', { concurrency: 1, handle: work.handle });
      await queue.enqueue('content', [{ itemIds: [1], sequence: 1 }]);
      await waitFor(() => work.running() === 1);
      const start = Date.now();
      await queue.close(300);
      expect(Date.now() - start).toBeGreaterThanOrEqual(290);
      expect(Date.now() - start).toBeLessThan(5_000);
      work.letGo();
    });

    // The embedded queue belongs to one process.
    if (backend === 'embedded') return;
    test('shares its messages between two workers', async () => {
      const place = services.place(backend);
      const [one, two] = [await started(place), await started(place)];
      const handled = [recorder(), recorder()] as const;
      one.work('content', { concurrency: 1, handle: handled[0].handle });
      two.work('content', { concurrency: 1, handle: handled[1].handle });
      await one.enqueue(
        'content',
        Array.from({ length: 200 }, (_, index) => ({ itemIds: [index + 1], sequence: 1 }))
      );
      await waitFor(() => handled[0].handled.length + handled[1].handled.length >= 200);
      expect(new Set([...handled[0].handled, ...handled[1].handled]).size).toBe(200);
    });
  });
});
