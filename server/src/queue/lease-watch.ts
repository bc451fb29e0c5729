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
  let seen = new Map<string, { until: number; since: number }>();
  let lookedAt = Number.NEGATIVE_INFINITY;

  return {
    /** To be called regularly with all leases there are; gives those whose holders have gone silent. */
    silent(leases: LeaseSeen[], now: number = Date.now()): string[] {
      const time = stopwatch();
      // After a break, as while the database was away, the others have not been able to renew either.
      if (time - lookedAt > leaseMs) seen = new Map();
      lookedAt = time;
      const before = seen;
      seen = new Map();
      return leases.flatMap(({ lease, until }) => {
        const known = before.get(lease);
        const since = known && known.until === until ? known.since : time;
        seen.set(lease, { until, since });
        const unchangedMs = time - since;
        // A clock that says so shortens the wait, for what was left behind before this process began to look.
        return unchangedMs >= leaseMs || (until < now && unchangedMs >= leaseMs / 2) ? [lease] : [];
      });
    },
  };
}
