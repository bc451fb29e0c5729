import { afterAll, afterEach, describe, expect, test, vi } from 'vitest';
import type { LimitRequest, MessageQueue } from '../../../server/src/queue/message-queue';
import { waitFor } from '../../wait-for';
import { BACKENDS, startServices, type Place } from './backends';

const services = await startServices();
afterEach(async () => {
  vi.useRealTimers();
  await services.closeAll();
});
afterAll(() => services.stop());

async function started(place: Place): Promise<MessageQueue> {
  const queue = place.open();
  queue.start();
  await waitFor(() => queue.isReady(), { timeoutMs: 20_000, what: 'the queue to be ready' });
  return queue;
}

const unlimited: LimitRequest = {
  maxParallel: 100,
  requestsPerMinute: null,
  tokensPerMinute: null,
  tokens: 0,
  holdMs: 30_000,
};

describe.each(BACKENDS)("providers' limits on %s", (backend) => {
  describe.skipIf(!services.has(backend))(`(${backend} is there)`, { timeout: 60_000 }, () => {
    test('grants as many calls at a time as allowed, per provider', async () => {
      const { limits } = await started(services.place(backend));
      const two = { ...unlimited, maxParallel: 2 };
      const first = await limits.acquire('openai', two);
      const second = await limits.acquire('openai', two);
      expect([first.granted, second.granted]).toEqual([true, true]);
      const third = await limits.acquire('openai', two);
      expect(third).toMatchObject({ granted: false, because: 'parallel' });
      if (!third.granted) expect(third.retryAfterMs).toBeGreaterThan(0);
      expect((await limits.acquire('gemini', two)).granted).toBe(true);

      if (first.granted) {
        await first.release();
        await first.release();
      }
      expect((await limits.acquire('openai', two)).granted).toBe(true);
      expect((await limits.acquire('openai', two)).granted).toBe(false);
      expect((await limits.acquire('openai', { ...two, maxParallel: 3 })).granted).toBe(true);
    });

    test('never grants more than allowed to many who ask at once', async () => {
      const { limits } = await started(services.place(backend));
      const request = { ...unlimited, maxParallel: 5 };
      const grants = await Promise.all(Array.from({ length: 40 }, () => limits.acquire('openai', request)));
      const granted = grants.filter((grant) => grant.granted).length;
      expect(granted).toBeLessThanOrEqual(5);
      expect(granted).toBeGreaterThanOrEqual(1);
      for (let index = granted; index < 5; index += 1) {
        expect((await limits.acquire('openai', request)).granted).toBe(true);
      }
      expect((await limits.acquire('openai', request)).granted).toBe(false);
    });

    test('frees the slot of a holder that died', async () => {
      const { limits } = await started(services.place(backend));
      const request = { ...unlimited, maxParallel: 1, holdMs: 300 };
      expect((await limits.acquire('openai', request)).granted).toBe(true);
      expect((await limits.acquire('openai', request)).granted).toBe(false);
      await waitFor(async () => (await limits.acquire('openai', request)).granted, { timeoutMs: 3_000 });
    });

    test('counts requests per minute, and gives back the slot of a call that it refuses', async () => {
      const { limits } = await started(services.place(backend));
      const request = { ...unlimited, maxParallel: 10, requestsPerMinute: 3 };
      for (let index = 0; index < 3; index += 1) {
        const grant = await limits.acquire('openai', request);
        expect(grant.granted).toBe(true);
        if (grant.granted) await grant.release();
      }
      for (let index = 0; index < 12; index += 1) {
        const refused = await limits.acquire('openai', request);
        expect(refused).toMatchObject({ granted: false, because: 'rate' });
        if (!refused.granted) {
          expect(refused.retryAfterMs).toBeGreaterThan(0);
          expect(refused.retryAfterMs).toBeLessThanOrEqual(60_000);
        }
      }
      expect((await limits.acquire('gemini', request)).granted).toBe(true);
      expect((await limits.acquire('openai', { ...request, requestsPerMinute: null })).granted).toBe(true);
    });

    test('counts tokens per minute: reserves what a call may use, and sets right what it did use', async () => {
      const { limits } = await started(services.place(backend));
      const call = (tokens: number) =>
        limits.acquire('openai', { ...unlimited, tokensPerMinute: 1_000, tokens });
      const first = await call(600);
      expect(first.granted).toBe(true);
      const refused = await call(500);
      expect(refused).toMatchObject({ granted: false, because: 'rate' });
      if (!refused.granted) {
        expect(refused.retryAfterMs).toBeGreaterThan(0);
        expect(refused.retryAfterMs).toBeLessThanOrEqual(5_000);
      }
      // What was refused was not counted.
      const second = await call(300);
      expect(second.granted).toBe(true);
      // It used less than was reserved: 100 + 300 of the 1,000 are gone, whatever is said a second time.
      if (first.granted) {
        await first.release(100);
        await first.release(0);
      }
      const third = await call(600);
      expect(third.granted).toBe(true);
      expect((await call(1)).granted).toBe(false);
      // It used more: even what others give back leaves nothing.
      if (third.granted) await third.release(1_200);
      if (second.granted) await second.release(0);
      expect((await call(1)).granted).toBe(false);
      expect((await limits.acquire('gemini', { ...unlimited, tokensPerMinute: 10, tokens: 5 })).granted).toBe(
        true
      );
    });

    test('a call that would use more than a minute’s tokens gets a minute for itself', async () => {
      const { limits } = await started(services.place(backend));
      const request = { ...unlimited, tokensPerMinute: 1_000, tokens: 5_000 };
      expect((await limits.acquire('openai', request)).granted).toBe(true);
      expect((await limits.acquire('openai', request)).granted).toBe(false);
    });

    test('what a request over its limit had reserved in tokens is given back', async () => {
      const { limits } = await started(services.place(backend));
      const call = (requestsPerMinute: number) =>
        limits.acquire('openai', { ...unlimited, requestsPerMinute, tokensPerMinute: 1_000, tokens: 400 });
      expect((await call(1)).granted).toBe(true);
      for (let index = 0; index < 5; index += 1)
        expect(await call(1)).toMatchObject({ granted: false, because: 'rate' });
      expect((await call(20)).granted).toBe(true);
      expect((await call(20)).granted).toBe(false);
    });

    test('blocks a provider until a time, the longest that was said, and lets it go', async () => {
      const { limits } = await started(services.place(backend));
      expect(await limits.blockedUntil('openai')).toBeNull();
      const until = Date.now() + 60_000;
      await limits.block('openai', until);
      await limits.block('openai', Date.now() + 5_000);
      // One that is over before it begins changes nothing.
      await limits.block('openai', Date.now());
      expect(Math.abs(((await limits.blockedUntil('openai')) ?? 0) - until)).toBeLessThan(1_000);
      const refused = await limits.acquire('openai', unlimited);
      expect(refused).toMatchObject({ granted: false, because: 'blocked' });
      if (!refused.granted) expect(refused.retryAfterMs).toBeGreaterThan(55_000);
      expect((await limits.acquire('gemini', unlimited)).granted).toBe(true);

      await limits.unblock('openai');
      expect(await limits.blockedUntil('openai')).toBeNull();
      expect((await limits.acquire('openai', unlimited)).granted).toBe(true);

      await limits.block('openai', Date.now() + 300);
      await waitFor(async () => (await limits.acquire('openai', unlimited)).granted, { timeoutMs: 3_000 });
      expect(await limits.blockedUntil('openai')).toBeNull();
    });

    // The embedded queue belongs to one process.
    if (backend === 'embedded') return;
    test('holds across processes', async () => {
      const place = services.place(backend);
      const [one, two] = [await started(place), await started(place)];
      const request = { ...unlimited, maxParallel: 1, requestsPerMinute: 2 };
      const grant = await one.limits.acquire('openai', request);
      expect(grant.granted).toBe(true);
      expect(await two.limits.acquire('openai', request)).toMatchObject({ because: 'parallel' });
      if (grant.granted) await grant.release();
      // A process may keep a slot for a moment.
      await waitFor(async () => {
        const next = await two.limits.acquire('openai', request);
        if (next.granted) await next.release();
        return next.granted;
      });
      await waitFor(async () => {
        const refused = await one.limits.acquire('openai', request);
        return !refused.granted && refused.because === 'rate';
      });
      const tokens = { ...unlimited, tokensPerMinute: 100, tokens: 60 };
      expect((await one.limits.acquire('deepseek', tokens)).granted).toBe(true);
      expect(await two.limits.acquire('deepseek', tokens)).toMatchObject({ because: 'rate' });
      await one.limits.block('gemini', Date.now() + 10_000);
      expect(await two.limits.acquire('gemini', request)).toMatchObject({ because: 'blocked' });
    });

    test('a block lasts as long for a process whose clock is wrong, and where such a one has set it', async () => {
      const place = services.place(backend);
      const [one, two] = [await started(place), await started(place)];
      const lasts = async (provider: string): Promise<number> =>
        ((await two.limits.blockedUntil(provider)) ?? 0) - Date.now();
      for (const minutes of [-5, 5]) {
        const provider = minutes < 0 ? 'openai' : 'gemini';
        vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + minutes * 60_000 });
        await one.limits.block(provider, Date.now() + 20_000);
        const there = await lasts(provider);
        vi.useRealTimers();
        for (const ms of [there, await lasts(provider)]) {
          expect(ms).toBeGreaterThan(10_000);
          expect(ms).toBeLessThanOrEqual(20_000);
        }
        const refused = await two.limits.acquire(provider, unlimited);
        expect(refused).toMatchObject({ granted: false, because: 'blocked' });
        if (!refused.granted) expect(refused.retryAfterMs).toBeLessThanOrEqual(20_000);
      }
    });

    test('what a process has kept of its slots is free when it has left', async () => {
      const place = services.place(backend);
      const [one, two] = [await started(place), await started(place)];
      const request = { ...unlimited, maxParallel: 1 };
      for (let call = 0; call < 3; call += 1) {
        const grant = await one.limits.acquire('openai', request);
        expect(grant.granted).toBe(true);
        if (grant.granted) await grant.release();
      }
      await one.close(1_000);
      expect((await two.limits.acquire('openai', request)).granted).toBe(true);
    });

    test('hold in this process while the backend is not there', async () => {
      const { limits } = services.place(backend).open();
      const request = { ...unlimited, maxParallel: 1, requestsPerMinute: 5 };
      const grant = await limits.acquire('openai', request);
      expect(grant.granted).toBe(true);
      expect(await limits.acquire('openai', request)).toMatchObject({ granted: false, because: 'parallel' });
      await limits.block('openai', Date.now() + 10_000);
      expect(await limits.acquire('openai', request)).toMatchObject({ granted: false, because: 'blocked' });
      await limits.unblock('openai');
      if (grant.granted) await grant.release();
      expect((await limits.acquire('openai', request)).granted).toBe(true);
    });
  });
});
