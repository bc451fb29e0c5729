import { within } from '../within';
import type { ConnectedLimits, SlotStore, SlotTaking } from './limit-store';

/** How long a slot that was given back waits for the next call of this process; milliseconds. */
const KEEP_MS = 150;
/** A slot is passed on for so long after it was taken: then other processes get their turn at it. Milliseconds. */
const PASS_ON_WITHIN_MS = 1_000;
/** How long a process believes that a provider is not blocked by another one; milliseconds. */
const UNBLOCKED_BELIEVED_MS = 100;
/** How long giving back what is kept may take in the end; milliseconds. */
const LEAVE_LIMIT_MS = 500;

interface Slot {
  name: string;
  provider: string;
  maxParallel: number;
  takenAt: number;
  holdMs: number;
}

/**
 * Passes the slots of calls that have ended on to the next calls of the same process, where these come at once: short calls would
 * else spend more on their slots than on anything else. Blocks are heeded as before; those of other processes a moment later.
 * @param stopwatch milliseconds since any moment; never set back
 */
export function keepSlots(
  store: SlotStore,
  stopwatch: () => number = () => performance.now()
): SlotStore & Pick<ConnectedLimits, 'leave'> {
  /** In use, by name. */
  const used = new Map<string, Slot>();
  const kept = new Map<Slot, NodeJS.Timeout>();
  let left = false;
  /** When the store last said of a provider that it is not blocked. */
  const unblockedAt = new Map<string, number>();
  /** When this process last blocked a provider: what was asked before says nothing any more. */
  const blockedAt = new Map<string, number>();

  const believeUnblocked = (provider: string, askedAt: number): void => {
    if (askedAt > (blockedAt.get(provider) ?? -Infinity)) unblockedAt.set(provider, askedAt);
  };

  /** Of several that ask at once, one looks. */
  const looking = new Map<string, Promise<number | null>>();

  const blockedUntil = (provider: string): Promise<number | null> => {
    const lookedAt = stopwatch();
    if (lookedAt - (unblockedAt.get(provider) ?? -Infinity) <= UNBLOCKED_BELIEVED_MS)
      return Promise.resolve(null);
    const look =
      looking.get(provider) ??
      store
        .blockedUntil(provider)
        .then((until) => {
          if (until === null) believeUnblocked(provider, lookedAt);
          return until;
        })
        .finally(() => looking.delete(provider));
    looking.set(provider, look);
    return look;
  };

  const takeKept = (provider: string, maxParallel: number, holdMs: number): Slot | null => {
    const now = stopwatch();
    for (const [slot, timer] of kept) {
      const fits =
        slot.provider === provider &&
        slot.maxParallel === maxParallel &&
        now - slot.takenAt < PASS_ON_WITHIN_MS &&
        slot.takenAt + slot.holdMs >= now + holdMs;
      if (!fits) continue;
      clearTimeout(timer);
      kept.delete(slot);
      return slot;
    }
    return null;
  };

  const giveUpKept = async (ofProvider: (provider: string) => boolean): Promise<void> => {
    const slots = [...kept].filter(([slot]) => ofProvider(slot.provider));
    await Promise.all(
      slots.map(([slot, timer]) => {
        clearTimeout(timer);
        kept.delete(slot);
        return store.freeSlot(slot.provider, slot.name);
      })
    );
  };

  const takeNew = async (provider: string, maxParallel: number, holdMs: number): Promise<SlotTaking> => {
    const takenAt = stopwatch();
    const holding = holdMs + PASS_ON_WITHIN_MS;
    const taking = await store.takeSlot(provider, maxParallel, holding);
    if (taking.taken) {
      believeUnblocked(provider, takenAt);
      used.set(taking.slot, { name: taking.slot, provider, maxParallel, takenAt, holdMs: holding });
    }
    return taking;
  };

  return {
    async takeSlot(provider, maxParallel, holdMs) {
      const slot = takeKept(provider, maxParallel, holdMs);
      if (!slot) {
        // What is kept and does not fit must not be what leaves no room.
        await giveUpKept((other) => other === provider);
        return takeNew(provider, maxParallel, holdMs);
      }
      try {
        const until = await blockedUntil(provider);
        if (until === null) {
          used.set(slot.name, slot);
          return { taken: true, slot: slot.name };
        }
        await store.freeSlot(provider, slot.name);
        return { taken: false, blockedUntil: until };
      } catch (error) {
        await store.freeSlot(provider, slot.name).catch(() => undefined);
        throw error;
      }
    },
    freeSlot(provider, name) {
      const slot = used.get(name);
      used.delete(name);
      const keeps = slot && !left && stopwatch() - slot.takenAt < PASS_ON_WITHIN_MS;
      if (!keeps) return store.freeSlot(provider, name);
      const timer = setTimeout(() => {
        kept.delete(slot);
        // A slot that cannot be given back is free again when its time is over.
        store.freeSlot(provider, name).catch(() => undefined);
      }, KEEP_MS);
      kept.set(slot, timer);
      return Promise.resolve();
    },
    // Asked to decide whether anything is begun at all: what is so everywhere and now.
    blockedUntil: (provider) => store.blockedUntil(provider),
    async block(provider, until) {
      unblockedAt.delete(provider);
      blockedAt.set(provider, stopwatch());
      await store.block(provider, until);
      blockedAt.set(provider, stopwatch());
      looking.delete(provider);
      await giveUpKept((other) => other === provider).catch(() => undefined);
    },
    unblock: (provider) => store.unblock(provider),
    async leave() {
      left = true;
      await within(
        LEAVE_LIMIT_MS,
        giveUpKept(() => true)
      ).catch(() => undefined);
    },
  };
}
