import { expect, test } from 'vitest';
import { CASES } from '../faults/cases/all';
import { goTogether, MAIN, PAIRWISE, SHORT } from '../faults/combinations';
import type { Combination } from '../faults/harness/world';

const BACKENDS = ['embedded', 'postgres', 'redis'] as const;
const DATABASES = ['sqlite', 'postgres', 'mariadb'] as const;
const CHAPTERS = [...new Set(CASES.map((each) => each.chapter))];
const EVERY = BACKENDS.flatMap((backend) => DATABASES.map((database) => ({ backend, database }))).filter(
  goTogether
);
const makesSense = (chapter: number, on: Combination): boolean =>
  CASES.some((each) => each.chapter === chapter && (each.fits?.(on) ?? true));

/** Whether a chapter is tried on a combination, in the long form. */
const isTried = (chapter: number, on: Combination): boolean =>
  makesSense(chapter, on) &&
  (MAIN.some((main) => main.backend === on.backend && main.database === on.database) ||
    PAIRWISE.some(
      (pair) =>
        pair.backend === on.backend && pair.database === on.database && pair.chapters.includes(chapter)
    ));

test('there are twelve chapters, and each is tried in the short form', () => {
  expect(CHAPTERS).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  for (const chapter of CHAPTERS)
    expect(
      SHORT.some((some) => some.chapters.includes(chapter) && makesSense(chapter, some)),
      String(chapter)
    ).toBe(true);
});

test('each chapter meets each backend and each database on which it makes sense', () => {
  for (const chapter of CHAPTERS) {
    for (const part of [
      ...BACKENDS.map((backend) => ({ backend })),
      ...DATABASES.map((database) => ({ database })),
    ]) {
      const candidates = EVERY.filter((on) =>
        'backend' in part ? on.backend === part.backend : on.database === part.database
      );
      if (!candidates.some((on) => makesSense(chapter, on))) continue;
      expect(
        candidates.some((on) => isTried(chapter, on)),
        `chapter ${chapter} on ${JSON.stringify(part)}`
      ).toBe(true);
    }
  }
});

test('each backend meets each database that it can be had with', () => {
  for (const on of EVERY)
    expect(
      CHAPTERS.some((chapter) => isTried(chapter, on)),
      JSON.stringify(on)
    ).toBe(true);
});
