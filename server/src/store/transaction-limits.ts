import type { Row, Transaction } from './database';

/** As the project's connections have them at the first transaction; 0: no limit. Milliseconds. */
const OWN_LIMITS = `select extract(epoch from current_setting('idle_in_transaction_session_timeout')::interval) * 1000 as silent,
  extract(epoch from current_setting('lock_timeout')::interval) * 1000 as wait`;

const shorter = (own: unknown, ours: number): number => {
  const ms = Number(own);
  return ms > 0 ? Math.min(ms, ours) : ours;
};

/**
 * For transactions of PostgreSQL: they wait for a lock no longer than a lease, and hold their own no longer than two of them once their
 * process says nothing any more: the database ends the connection then, and undoes the transaction. Processes that are
 * stopped, and machines that are gone, shall not keep the others out. A process that lives says so as long as the work takes, in a
 * hook of the project, too. A shorter limit of the project's own stays.
 * @returns does some work within these limits
 */
export function createTransactionLimits(leaseMs: number) {
  /** Without values to bind: the shortest way that a statement can take. */
  let setLimits: string | null = null;
  const prepare = async (transaction: Transaction): Promise<string> => {
    const { rows } = (await transaction.raw(OWN_LIMITS)) as unknown as { rows: [Row] };
    const silentMs = shorter(rows[0].silent, 2 * leaseMs);
    const waitMs = shorter(rows[0].wait, leaseMs);
    return `set local idle_in_transaction_session_timeout = ${silentMs}; set local lock_timeout = ${waitMs}`;
  };
  return async <Result>(transaction: Transaction, work: () => Promise<Result>): Promise<Result> => {
    setLimits ??= await prepare(transaction);
    await transaction.raw(setLimits);
    const sayAlive = (): void => {
      // Where it fails, so does the work.
      transaction.raw('select 1').then(undefined, () => undefined);
    };
    const saying = setInterval(sayAlive, leaseMs / 3).unref();
    try {
      return await work();
    } finally {
      clearInterval(saying);
    }
  };
}
