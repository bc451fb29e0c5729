import { withDetail, type ReasonCode, type ReasonParams } from '../contracts/reason';

const REFUSALS = [
  'ValidationError',
  'YupValidationError',
  'ApplicationError',
  'ForbiddenError',
  'PolicyError',
];
/**
 * What Strapi's entity validator makes of anything that went wrong while it looked for related entries, such as a connection to the
 * database that was lost just then. Relations that do not exist are named in a sentence of their own.
 */
const LOOKING_FAILED = 'Invalid relations';

/** Strapi's own no to a value or an act. */
export const isRefusal = (error: unknown): error is Error =>
  error instanceof Error && REFUSALS.includes(error.name) && error.message !== LOOKING_FAILED;

/** What drivers say when a value does not fit, in words; their own message holds the statement with all its values. */
const DRIVER_REFUSALS: Record<string, ReasonCode> = {
  '22001': 'detail_database_too_long',
  ER_DATA_TOO_LONG: 'detail_database_too_long',
  '23502': 'detail_database_missing',
  ER_BAD_NULL_ERROR: 'detail_database_missing',
  SQLITE_CONSTRAINT_NOTNULL: 'detail_database_missing',
  '23505': 'detail_database_not_unique',
  ER_DUP_ENTRY: 'detail_database_not_unique',
  SQLITE_CONSTRAINT_UNIQUE: 'detail_database_not_unique',
  '22P02': 'detail_database_wrong_type',
  ER_TRUNCATED_WRONG_VALUE_FOR_FIELD: 'detail_database_wrong_type',
};

/** Why Strapi or the database did not take a value, as parameters of the reason; null where the error is about something else. */
export function refusalParams(error: unknown): ReasonParams | null {
  if (isRefusal(error)) return { detail: error.message.slice(0, 300) };
  const words = error instanceof Error && 'code' in error ? DRIVER_REFUSALS[String(error.code)] : undefined;
  return words ? withDetail({}, words) : null;
}
