/** A lease as it stands in the database: by whom it ends is told by the clock of the process that holds it. */
export interface LeaseSeen {
  lease: string;
  /** Epoch milliseconds of the holder's clock; changes with every renewal. */
  until: number;
}

export type LeaseWatch = ReturnType<typeof createLeaseWatch>;

/**
 * Tells which leases are not renewed any more. Hosts need not agree on the time: what counts is how long, by this process's own
 * stopwatch, a lease has stood unchanged.
 * @param stopwatch milliseconds since any moment; never set back.
 */
export function createLeaseWatch(leaseMs: number, stopwatch: () => number = () => performance.now()) {
  let seen = new Map<string, { since: number; leftBehind: boolean }>();
  let lookedAt = Number.NEGATIVE_INFINITY;

  return {
    /** To be called regularly with all leases there are; gives those whose holders have gone silent. */
    silent(leases: LeaseSeen[], now: number = Date.now()): LeaseSeen[] {
      const time = stopwatch();
      const isFirst = lookedAt === Number.NEGATIVE_INFINITY;
      // After a break, as while the database was away, the others have not been able to renew either.
      if (time - lookedAt > leaseMs) seen = new Map();
      lookedAt = time;
      const before = seen;
      seen = new Map();
      return leases.flatMap(({ lease, until }) => {
        // A lease may stand for several items, some of which are not renewed any more.
        const key = `${lease} ${until}`;
        const entry = before.get(key) ?? { since: time, leftBehind: isFirst && until < now };
        seen.set(key, entry);
        // What had ended before this process began to look was most likely left behind: half the time tells.
        return time - entry.since >= (entry.leftBehind ? leaseMs / 2 : leaseMs) ? [{ lease, until }] : [];
      });
    },
  };
}
