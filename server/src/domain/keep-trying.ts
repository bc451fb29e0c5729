/** Milliseconds. */
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 2_000;

/**
 * Does something until it succeeds, with growing pauses in between: for what must not be lost because a database was away for a
 * moment.
 * @param work told how many tries came before
 * @param giveUp asked after each failure, with the pause that would follow; milliseconds
 * @throws what the last try threw
 */
export async function keepTrying<Result>(
  work: (earlierTries: number) => Promise<Result>,
  giveUp: (pauseMs: number) => boolean
): Promise<Result> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await work(tries);
    } catch (error) {
      const pauseMs = Math.min(FIRST_PAUSE_MS * 2 ** tries, LONGEST_PAUSE_MS) * (0.75 + Math.random() / 2);
      if (giveUp(pauseMs)) throw error;
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  }
}
