import { keepTrying } from '../domain/keep-trying';

/** How long an end is kept in hand that the database does not take, though it is there. */
const SETTLE_WITHIN_MS = 60_000;
/** The same while the process stops. */
export const SETTLE_AT_CLOSE_MS = 3_000;

/**
 * Does what an item must not be lost for: again and again for as long as the database is away, and where it refuses for another
 * reason, for a minute.
 * @param inTrouble whether the database is to blame for an error
 */
export function createPatience({
  inTrouble,
  isClosing,
}: {
  inTrouble: (error: unknown) => Promise<boolean>;
  isClosing: () => boolean;
}) {
  return async <Result>(work: () => Promise<Result>): Promise<Result> => {
    let patientSince = performance.now();
    const tried = async (): Promise<Result> => {
      try {
        return await work();
      } catch (error) {
        if (!isClosing() && (await inTrouble(error))) patientSince = performance.now();
        throw error;
      }
    };
    return keepTrying(
      tried,
      (pauseMs) =>
        performance.now() + pauseMs > patientSince + (isClosing() ? SETTLE_AT_CLOSE_MS : SETTLE_WITHIN_MS)
    );
  };
}
