/**
 * Waits until `condition` is truthy and returns it.
 * @param options.timeoutMs how long at most (default 10 s); `what` is named in the error.
 */
export async function waitFor<T>(
  condition: () => T | Promise<T>,
  options: { timeoutMs?: number; everyMs?: number; what?: string | (() => string) } = {}
): Promise<T> {
  const { timeoutMs = 10_000, everyMs = 20, what = 'the condition' } = options;
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const outcome = await condition();
    if (outcome) return outcome;
    if (Date.now() > deadline)
      throw new Error(`Waited ${timeoutMs} ms in vain for ${typeof what === 'string' ? what : what()}.`);
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}
