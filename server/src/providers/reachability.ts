/** How long an answer counts; milliseconds. */
const FRESH_MS = 30_000;
/** People wait for the page meanwhile; a server that runs, most often on the same machine, answers far sooner. */
const TIMEOUT_MS = 800;

/** Whether anything answers at an address, asked at most twice a minute: without a key, without a model, without cost. */
export function createReachability() {
  const known = new Map<string, { at: number; answers: Promise<boolean> }>();

  const ask = async (baseUrl: string): Promise<boolean> => {
    try {
      const response = await fetch(`${baseUrl}/models`, {
        redirect: 'manual',
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      await response.body?.cancel();
      return true;
    } catch {
      return false;
    }
  };

  return {
    answersAt(baseUrl: string): Promise<boolean> {
      const last = known.get(baseUrl);
      if (last && Date.now() - last.at < FRESH_MS) return last.answers;
      // Addresses are few; those of long ago are dropped all the same.
      if (known.size >= 50) known.clear();
      const answers = ask(baseUrl);
      known.set(baseUrl, { at: Date.now(), answers });
      return answers;
    },

    /** Somebody has just tried it, or changed it: the next look asks anew. */
    forget: (): void => known.clear(),
  };
}
