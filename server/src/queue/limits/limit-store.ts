import type { LimitGrant, LimitRequest, ProviderLimits } from '../message-queue';
import type { MinuteRate } from './minute-rate';

/** A call's slot, by its name; or until when all are blocked (epoch milliseconds), null where none is free. */
export type SlotTaking = { taken: true; slot: string } | { taken: false; blockedUntil: number | null };

/** Limits in a store that is left some day. */
export interface ConnectedLimits extends ProviderLimits {
  /** Gives back, within a moment, what this process keeps for its next calls. Before the connection is closed; never rejects. */
  leave(): Promise<void>;
}

/** Slots for calls, and blocks. */
export interface SlotStore {
  /** Epoch milliseconds, or null where calls are not blocked now. */
  blockedUntil(provider: string): Promise<number | null>;
  /** Blocks until then (epoch milliseconds); a longer block that is already there stays. */
  block(provider: string, until: number): Promise<void>;
  unblock(provider: string): Promise<void>;
  /** Takes one of `maxParallel` slots for at most `holdMs`, unless calls are blocked. */
  takeSlot(provider: string, maxParallel: number, holdMs: number): Promise<SlotTaking>;
  freeSlot(provider: string, slot: string): Promise<void>;
}

/** Where limits are kept. Each operation is atomic over all processes that share the store. */
export interface LimitStore extends SlotStore {
  readonly requests: MinuteRate;
  readonly tokens: MinuteRate;
}

/** When to ask again for a slot: nobody knows when a call ends. Milliseconds. */
const SLOT_RETRY_MS = 500;
/** When to ask again for tokens, at most: calls that end may give back much of what was reserved for them. Milliseconds. */
const TOKENS_RETRY_MS = 5_000;
/** What is given back so shortly before the end of a minute could land in the next one, which never lent it. Milliseconds. */
const WINDOW_MARGIN_MS = 1_000;

/** What was reserved for a call, to be set right when it is known what it used. */
type Reservation = { because: 'rate'; retryAfterMs: number } | { correct(used: number): Promise<void> };

/** The limits' rules over a store: blocked comes first, then a slot, then some of this minute's tokens, then one of its requests. */
export function createLimits(store: LimitStore): ProviderLimits {
  const reserveTokens = async (provider: string, request: LimitRequest): Promise<Reservation> => {
    const { tokensPerMinute } = request;
    if (tokensPerMinute === null) return { correct: () => Promise.resolve() };
    // A call that would use more than a whole minute's tokens has to have a minute for itself.
    const reserved = Math.min(Math.max(1, Math.ceil(request.tokens)), tokensPerMinute);
    const taking = await store.tokens.take(provider, tokensPerMinute, reserved);
    if (!taking.taken) return { because: 'rate', retryAfterMs: Math.min(taking.waitMs, TOKENS_RETRY_MS) };
    return {
      async correct(used) {
        const more = Math.ceil(used) - reserved;
        if (more < 0 && Date.now() > taking.windowEndsAt - WINDOW_MARGIN_MS) return;
        // What cannot be set right now is set right by the next minute.
        await store.tokens.correct(provider, more).catch(() => undefined);
      },
    };
  };

  const takeRequest = async (provider: string, { requestsPerMinute }: LimitRequest): Promise<number> => {
    if (requestsPerMinute === null) return 0;
    const taking = await store.requests.take(provider, requestsPerMinute, 1);
    return taking.taken ? 0 : taking.waitMs;
  };

  return {
    async acquire(provider: string, request: LimitRequest): Promise<LimitGrant> {
      const slot = await store.takeSlot(provider, request.maxParallel, request.holdMs);
      if (!slot.taken) {
        return slot.blockedUntil === null
          ? { granted: false, because: 'parallel', retryAfterMs: SLOT_RETRY_MS }
          : {
              granted: false,
              because: 'blocked',
              retryAfterMs: Math.max(slot.blockedUntil - Date.now(), 1),
            };
      }
      // A slot that cannot be given back is free again after holdMs.
      const freeSlot = () => store.freeSlot(provider, slot.slot).catch(() => undefined);
      try {
        const tokens = await reserveTokens(provider, request);
        if ('because' in tokens) {
          await freeSlot();
          return { granted: false, ...tokens };
        }
        const waitMs = await takeRequest(provider, request);
        if (waitMs > 0) {
          await Promise.all([freeSlot(), tokens.correct(0)]);
          return { granted: false, because: 'rate', retryAfterMs: waitMs };
        }
        let released = false;
        return {
          granted: true,
          async release(usedTokens) {
            // Once: somebody else may have the slot by the second time.
            if (released) return;
            released = true;
            await Promise.all([freeSlot(), usedTokens === undefined ? null : tokens.correct(usedTokens)]);
          },
        };
      } catch (error) {
        await freeSlot();
        throw error;
      }
    },
    // One that is over already must not end a longer one.
    block: (provider, until) => (until > Date.now() ? store.block(provider, until) : Promise.resolve()),
    unblock: (provider) => store.unblock(provider),
    blockedUntil: (provider) => store.blockedUntil(provider),
  };
}
