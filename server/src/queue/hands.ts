/** How many items of one queue a process works on at once. */
export interface Hands {
  /** Another number, from now on: what is in hand beyond it ends, and nothing is begun before. */
  setMost(most: number): void;
  /** Resolves when there is room for one more, or when all are let in. */
  room(): Promise<void>;
  /** Counts a piece of work until it ends; it must not reject. */
  hold(work: Promise<void>): void;
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
  const waiting: (() => void)[] = [];
  const watching: (() => void)[] = [];

  const hasRoom = (): boolean => open || inHand < limit;
  const wake = (): void => {
    if (hasRoom()) for (const resume of waiting.splice(0)) resume();
    if (inHand === 0) for (const resume of watching.splice(0)) resume();
  };

  return {
    setMost(next) {
      limit = next;
      wake();
    },
    async room() {
      // Whoever is woken may find that another one has taken the room.
      while (!hasRoom()) await new Promise<void>((resolve) => waiting.push(resolve));
    },
    hold(work) {
      inHand += 1;
      void work.finally(() => {
        inHand -= 1;
        wake();
      });
    },
    inHand: () => inHand,
    async empty() {
      while (inHand > 0) await new Promise<void>((resolve) => watching.push(resolve));
    },
    letAllIn() {
      open = true;
      wake();
    },
  };
}
