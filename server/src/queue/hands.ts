/** How many items of one queue a process works on at once. */
export interface Hands {
  /** Another number, from now on: what is in hand beyond it ends, and nothing is begun before. */
  setMost(most: number): void;
  /** Begins a piece of work, which must not reject, when there is room for it; resolves when it has begun. */
  begin(work: () => Promise<void>): Promise<void>;
  /** Resolves when there is room for one more, or when all are let in. */
  room(): Promise<void>;
  inHand(): number;
  /** Resolves when nothing is in hand. */
  empty(): Promise<void>;
  /** Nobody waits for room any more. */
  letAllIn(): void;
}

export function createHands(most: number): Hands {
  let limit = most;
  let inHand = 0;
  let open = false;
  /** Those that wait for room, in their order; each takes it at once, or leaves it. */
  const waiting: (() => void)[] = [];
  const untilEmpty: (() => void)[] = [];

  const hasRoom = (): boolean => open || inHand < limit;
  const look = (): void => {
    while (waiting.length > 0 && hasRoom()) waiting.shift()?.();
    if (inHand === 0) for (const resume of untilEmpty.splice(0)) resume();
  };

  return {
    setMost(next) {
      limit = next;
      look();
    },
    async begin(work) {
      await new Promise<void>((resolve) => {
        waiting.push(() => {
          inHand += 1;
          resolve();
        });
        look();
      });
      // Here rather than above: it is not to run in the context of whoever made room.
      void work().finally(() => {
        inHand -= 1;
        look();
      });
    },
    room: () =>
      new Promise((resolve) => {
        waiting.push(resolve);
        look();
      }),
    inHand: () => inHand,
    empty: () =>
      new Promise((resolve) => {
        untilEmpty.push(resolve);
        look();
      }),
    letAllIn() {
      open = true;
      look();
    },
  };
}
