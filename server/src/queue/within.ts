/** Thrown by `within`. */
export class TimeLimitError extends Error {
  override name = 'TimeLimitError';
}

/**
 * The outcome of `work`, or a rejection with TimeLimitError after `limitMs`. The work itself goes on; a later failure of it is
 * of no interest any more.
 */
export async function within<T>(limitMs: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(
      () => reject(new TimeLimitError(`no answer within ${limitMs} ms`)),
      Math.max(limitMs, 0)
    );
  });
  try {
    return await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
  }
}

/** Waits for the end of `work`, whatever it is, but no longer than `limitMs`. Never rejects. */
export const endWithin = (limitMs: number, work: Promise<unknown>): Promise<void> =>
  within(limitMs, work).then(
    () => undefined,
    () => undefined
  );
