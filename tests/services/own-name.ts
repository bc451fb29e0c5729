import { randomBytes } from 'node:crypto';

/** In the names of all that this process makes on a server that it was given, so that it meets nobody else's. */
export const OWN_NAME = `ai_jobs_test_${randomBytes(4).toString('hex')}`;

/** A name for a database that nobody has: databases on a given server are another's unless made here. */
export function ownName(word: string): string {
  return `${OWN_NAME}_${word}_${randomBytes(2).toString('hex')}`;
}
