import type { Combination } from './harness/world';

const on = (
  backend: Combination['backend'],
  database: Combination['database'],
  ...chapters: number[]
): Combination & { chapters: number[] } => ({ backend, database, chapters });

/** Every case is tried on these. */
export const MAIN: Combination[] = [
  { backend: 'embedded', database: 'sqlite' },
  { backend: 'redis', database: 'postgres' },
];

/**
 * Chapters on the other combinations, pairwise: each chapter meets each backend and each database, and each backend each database.
 * The queue in PostgreSQL is in Strapi's own, so that it goes with no other database.
 */
export const PAIRWISE = [
  on('postgres', 'postgres', 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12),
  on('redis', 'mariadb', 1, 3, 4, 5, 8, 10, 11),
  on('embedded', 'mariadb', 2, 6, 7, 9, 12),
  on('embedded', 'postgres', 4, 8),
  on('redis', 'sqlite', 3, 4, 6),
];

/** In the short form each chapter is tried once at least: where it costs the least, or tells the most. */
export const SHORT = [
  on('embedded', 'sqlite', 1, 2, 3, 7, 8, 9),
  on('redis', 'postgres', 3, 4, 5, 6, 8, 10, 11, 12),
];

/** Whether a backend can be had beside a database. */
export const goTogether = ({ backend, database }: Combination): boolean =>
  backend !== 'postgres' || database === 'postgres';
