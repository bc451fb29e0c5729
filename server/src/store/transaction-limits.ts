import type { Transaction } from './database';

/** What the database is to give up after; a shorter limit of the project's own stays. */
const SET_LIMITS = `select set_config(name, most, true)
  from (values ('idle_in_transaction_session_timeout', :silent), ('lock_timeout', :wait)) as limits (name, most)
  where current_setting(name)::interval not between '1ms' and most::interval`;

/**
 * Work in a transaction of PostgreSQL, which waits for a lock no longer than a lease, and holds its own no longer than two of them once
 * its process says nothing any more: the database ends the connection then, and undoes the transaction. Processes that are
 * stopped, and machines that are gone, shall not keep the others out. A process that lives says so as long as the work takes, in a
 * hook of the project, too.
 */
export async function withinLimits<Result>(
  transaction: Transaction,
  leaseMs: number,
  work: () => Promise<Result>
): Promise<Result> {
  await transaction.raw(SET_LIMITS, { silent: `${2 * leaseMs}ms`, wait: `${leaseMs}ms` });
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
}
