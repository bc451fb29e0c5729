import { CASES } from './cases/all';
import type { FaultCase } from './cases/fault-case';
import type { Form } from './harness/form';
import type { Combination } from './harness/world';

const on = (
  backend: Combination['backend'],
  database: Combination['database'],
  ...chapters: number[]
): Combination & { chapters: number[] } => ({ backend, database, chapters });

/** Every case is tried on these, but in the short form. */
export const MAIN: Combination[] = [
  { backend: 'embedded', database: 'sqlite' },
  { backend: 'redis', database: 'postgres' },
];

/**
 * Chapters on the other combinations, pairwise: each case meets each backend and each database, and each backend each database.
 * The queue in PostgreSQL is in Strapi's own, so that it goes with no other database.
 */
export const PAIRWISE = [
  on('postgres', 'postgres', 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12),
  on('redis', 'mariadb', 1, 3, 4, 5, 6, 8, 10, 11),
  on('embedded', 'mariadb', 2, 3, 7, 9, 12),
  on('embedded', 'postgres', 3, 4, 8, 11),
  on('redis', 'sqlite', 3, 4, 5, 6, 8, 10),
];

/**
 * In the short form each case is tried once: on the first of these that names its chapter and where it makes sense. Those that
 * tell nothing without a second process are on Redis.
 */
const ONCE = [
  on('embedded', 'sqlite', 1, 2, 3, 4, 7, 8, 9),
  on('redis', 'postgres', 3, 4, 5, 6, 8, 10, 11, 12),
  on('embedded', 'sqlite', 11),
];

const isSame = (one: Combination, other: Combination): boolean =>
  one.backend === other.backend && one.database === other.database;

const fits = (each: FaultCase, combination: Combination): boolean => each.fits?.(combination) ?? true;

/** Where a case is tried in the short form. */
const placeOf = (each: FaultCase): Combination | undefined =>
  ONCE.find((place) => place.chapters.includes(each.chapter) && fits(each, place));

/** What is tried on a combination. */
export function casesOn(combination: Combination, form: Form): FaultCase[] {
  const sensible = CASES.filter((each) => fits(each, combination));
  if (form === 'once')
    return sensible.filter((each) => {
      const place = placeOf(each);
      return place !== undefined && isSame(place, combination);
    });
  if (MAIN.some((main) => isSame(main, combination))) return sensible;
  if (form === 'main') return [];
  const pair = PAIRWISE.find((some) => isSame(some, combination));
  return sensible.filter((each) => pair?.chapters.includes(each.chapter));
}

/** Whether a backend can be had beside a database. */
export const goTogether = ({ backend, database }: Combination): boolean =>
  backend !== 'postgres' || database === 'postgres';
