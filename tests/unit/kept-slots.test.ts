import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { keepSlots } from '../../server/src/queue/limits/kept-slots';
import type { SlotStore } from '../../server/src/queue/limits/limit-store';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const HOLD_MS = 60_000;

/** A store that counts what it is asked, and who holds what in it. */
function observed() {
  const held = new Set<string>();
  const asked = { take: 0, free: 0, blocked: 0 };
  let blockedUntil: number | null = null;
  let failing = false;
  const answer = <Value>(value: Value): Promise<Value> =>
    failing ? Promise.reject(new Error('away')) : Promise.resolve(value);
  const store: SlotStore = {
    takeSlot(_provider, maxParallel) {
      asked.take += 1;
      if (blockedUntil !== null) return answer({ taken: false as const, blockedUntil });
      if (held.size >= maxParallel) return answer({ taken: false as const, blockedUntil: null });
      const slot = `slot ${asked.take}`;
      held.add(slot);
      return answer({ taken: true as const, slot });
    },
    freeSlot(_provider, slot) {
      asked.free += 1;
      held.delete(slot);
      return answer(undefined);
    },
    blockedUntil() {
      asked.blocked += 1;
      return answer(blockedUntil);
    },
    block(_provider, until) {
      blockedUntil = until;
      return answer(undefined);
    },
    unblock() {
      blockedUntil = null;
      return answer(undefined);
    },
  };
  const slots = keepSlots(store);
  const take = async (provider = 'openai', maxParallel = 2): Promise<string | null> => {
    const taking = await slots.takeSlot(provider, maxParallel, HOLD_MS);
    return taking.taken ? taking.slot : null;
  };
  const takeAndFree = async (): Promise<void> => {
    const slot = await take();
    if (slot === null) throw new Error('No slot.');
    await slots.freeSlot('openai', slot);
  };
  return {
    held,
    asked,
    slots,
    take,
    takeAndFree,
    blockElsewhere: (until: number | null) => (blockedUntil = until),
    fail: () => (failing = true),
  };
}

describe('keepSlots', () => {
  it('passes a slot on to the next call without asking the store', async () => {
    const { asked, takeAndFree } = observed();
    for (let call = 0; call < 5; call += 1) await takeAndFree();
    expect(asked).toEqual({ take: 1, free: 0, blocked: 0 });
  });

  it('gives back a slot that no call wants', async () => {
    const { asked, held, takeAndFree } = observed();
    await takeAndFree();
    expect(held.size).toBe(1);
    await vi.advanceTimersByTimeAsync(200);
    expect(held.size).toBe(0);
    expect(asked.free).toBe(1);
  });

  it('passes a slot on for a second: then others get their turn', async () => {
    const { asked, slots, takeAndFree, take } = observed();
    for (let ms = 0; ms < 1_000; ms += 50) {
      await takeAndFree();
      await vi.advanceTimersByTimeAsync(50);
    }
    const slot = await take();
    await slots.freeSlot('openai', slot ?? '');
    expect(asked.take).toBe(2);
    expect(asked.free).toBe(1);
  });

  it('never lets more calls through than allowed, and only those of the same provider', async () => {
    const { take, slots } = observed();
    const [first, second] = [await take(), await take()];
    expect(await take()).toBeNull();
    await slots.freeSlot('openai', first ?? '');
    expect(await take('gemini', 3)).not.toBe(first);
    expect(await take()).not.toBeNull();
    expect(second).not.toBeNull();
    expect(await take()).toBeNull();
  });

  it('gives up what it keeps where the limit is another one', async () => {
    const { take, takeAndFree, held } = observed();
    await takeAndFree();
    expect(await take('openai', 1)).not.toBeNull();
    expect(held.size).toBe(1);
  });

  it('heeds a block of this process at once, and one of another within a tenth of a second', async () => {
    const { slots, take, takeAndFree, held, blockElsewhere } = observed();
    await takeAndFree();
    await slots.block('openai', Date.now() + 5_000);
    expect(await take()).toBeNull();
    expect(held.size).toBe(0);
    await slots.unblock('openai');
    await takeAndFree();
    blockElsewhere(Date.now() + 5_000);
    await vi.advanceTimersByTimeAsync(110);
    const refused = await slots.takeSlot('openai', 2, HOLD_MS);
    expect(refused).toMatchObject({ taken: false });
    expect(held.size).toBe(0);
  });

  it('asks whether calls are blocked once for all that ask at the same time', async () => {
    const { slots, take, asked } = observed();
    const names = [await take(), await take()];
    for (const name of names) await slots.freeSlot('openai', name ?? '');
    await vi.advanceTimersByTimeAsync(110);
    expect(await Promise.all([take(), take()])).toEqual(names);
    expect(asked).toEqual({ take: 2, free: 0, blocked: 1 });
  });

  it('keeps nothing any more when it has left', async () => {
    const { slots, take, takeAndFree, held } = observed();
    const [first] = [await take(), await takeAndFree()];
    expect(held.size).toBe(2);
    await slots.leave();
    expect(held.size).toBe(1);
    await slots.freeSlot('openai', first ?? '');
    expect(held.size).toBe(0);
  });

  it('says so where the store is away', async () => {
    const { slots, takeAndFree, take, fail } = observed();
    await takeAndFree();
    fail();
    await vi.advanceTimersByTimeAsync(110);
    await expect(take()).rejects.toThrow('away');
    await expect(slots.takeSlot('openai', 2, HOLD_MS)).rejects.toThrow('away');
  });
});
