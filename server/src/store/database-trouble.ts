/** What drivers say of a connection that is gone, refused or not to be had: PostgreSQL's classes 08, 53 and 57 and the end of a silent transaction, mysql2's, knex's. */
const DRIVER_CODE =
  /^(08...|53...|57P0.|25P03|PROTOCOL_.*|ER_SERVER_SHUTDOWN|ER_CON_COUNT_ERROR|SQLITE_IOERR.*)$/;
/** Knex puts the statement in front. */
const DRIVER_WORDS =
  /(^| - )(Connection terminated|Client has encountered a connection error|Client was closed|Knex: Timeout acquiring)/;
const NETWORK_CODE = /^(ECONN.*|ETIMEDOUT|EPIPE|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH)$/;
const OF_A_STATEMENT = /^(select|insert|update|delete|with|begin|commit|rollback|savepoint|set)\b.* - /is;
/** Connections that were lost with it make themselves felt for so long after it is back; milliseconds. */
const AFTERMATH_MS = 5_000;

/** Whether a driver says that the connection is gone, or that there is none. */
export function isOfConnection(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? String(error.code) : '';
  if (DRIVER_CODE.test(code) || DRIVER_WORDS.test(error.message)) return true;
  // A network's codes alone may be somebody else's: those of a project's hook, perhaps.
  return NETWORK_CODE.test(code) && OF_A_STATEMENT.test(error.message);
}

/**
 * Whether something failed because the database was away, shutting down or had no connection left: the work itself is to blame
 * for nothing. While it is away, whatever fails does so for that.
 * @param wasAway whether the database does not answer, or did not within so many milliseconds
 */
export async function isDatabaseTrouble(
  error: unknown,
  wasAway: (withinMs: number) => Promise<boolean>
): Promise<boolean> {
  return isOfConnection(error) || (await wasAway(AFTERMATH_MS));
}
