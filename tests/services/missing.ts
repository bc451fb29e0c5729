/**
 * Whether tests that need a service are to be skipped: where it is missing, but not with CI=true, where they shall fail.
 * @param found what was looked for, such as a program's path.
 */
export const isMissing = (found: unknown): boolean => !found && process.env.CI !== 'true';
