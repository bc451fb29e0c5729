/** Strapi's own no to a value or an act. */
export const isRefusal = (error: unknown): error is Error =>
  error instanceof Error &&
  ['ValidationError', 'YupValidationError', 'ApplicationError', 'ForbiddenError', 'PolicyError'].includes(
    error.name
  );

/** What drivers say when a value does not fit, in words; their own message holds the statement with all its values. */
const DRIVER_REFUSALS: Record<string, string> = {
  '22001': 'a value is longer than its column allows',
  ER_DATA_TOO_LONG: 'a value is longer than its column allows',
  '23502': 'a value is missing that the database requires',
  ER_BAD_NULL_ERROR: 'a value is missing that the database requires',
  SQLITE_CONSTRAINT_NOTNULL: 'a value is missing that the database requires',
  '23505': 'the value is already used by another entry',
  ER_DUP_ENTRY: 'the value is already used by another entry',
  SQLITE_CONSTRAINT_UNIQUE: 'the value is already used by another entry',
  '22P02': 'a value has the wrong type',
  ER_TRUNCATED_WRONG_VALUE_FOR_FIELD: 'a value has the wrong type',
};

/** Why Strapi or the database did not take a value; null where the error is about something else. */
export function refusalDetail(error: unknown): string | null {
  if (isRefusal(error)) return error.message.slice(0, 300);
  if (error instanceof Error && 'code' in error) return DRIVER_REFUSALS[String(error.code)] ?? null;
  return null;
}
