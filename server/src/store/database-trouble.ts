/** What drivers say of a connection that is gone, refused or not to be had: PostgreSQL's classes 08, 53 and 57, mysql2's, knex's. */
const DRIVER_CODE = /^(08...|53...|57P0.|PROTOCOL_.*|ER_SERVER_SHUTDOWN|ER_CON_COUNT_ERROR|SQLITE_IOERR.*)$/;
/** Knex puts the statement in front. */
const DRIVER_WORDS =
  /(^| - )(Connection terminated|Client has encountered a connection error|Knex: Timeout acquiring)/;
/** A network's codes may be somebody else's: those of a project's hook, perhaps. */
const NETWORK_CODE = /^(ECONN.*|ETIMEDOUT|EPIPE|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH)$/;
const OF_A_STATEMENT = /^(select|insert|update|delete|with|begin|commit|rollback|savepoint|set)\b.* - /is;

const codeOf = (error: Error): string => ('code' in error ? String(error.code) : '');

/** Whether something failed because the database was away, shutting down or had no connection left: the work itself is to blame for nothing. */
export async function isDatabaseTrouble(
  error: unknown,
  isReachable: () => Promise<boolean>
): Promise<boolean> {
  if (!(error instanceof Error)) return false;
  if (DRIVER_CODE.test(codeOf(error)) || DRIVER_WORDS.test(error.message)) return true;
  if (!NETWORK_CODE.test(codeOf(error))) return false;
  return OF_A_STATEMENT.test(error.message) || !(await isReachable());
}
