import { expect, test } from 'vitest';
import { CASES } from '../faults/cases/all';
import { casesOn, goTogether, MAIN } from '../faults/combinations';
import type { Form } from '../faults/harness/form';
import type { Combination } from '../faults/harness/world';

const BACKENDS = ['embedded', 'postgres', 'redis'] as const;
const DATABASES = ['sqlite', 'postgres', 'mariadb'] as const;
const CHAPTERS = [...new Set(CASES.map((each) => each.chapter))];
const EVERY = BACKENDS.flatMap((backend) => DATABASES.map((database) => ({ backend, database }))).filter(
  goTogether
);
const makesSense = (chapter: number, on: Combination): boolean =>
  CASES.some((each) => each.chapter === chapter && (each.fits?.(on) ?? true));
const isTried = (chapter: number, on: Combination): boolean =>
  casesOn(on, 'long').some((each) => each.chapter === chapter);
const nameOf = ({ chapter, title }: { chapter: number; title: string }): string => `${chapter}. ${title}`;
const tried = (form: Form): string[] => EVERY.flatMap((on) => casesOn(on, form)).map(nameOf);

test('there are twelve chapters, and no two cases of one name', () => {
  expect(CHAPTERS).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  expect(new Set(CASES.map(nameOf)).size).toBe(CASES.length);
});

test('the short form tries each case exactly once, where it makes sense', () => {
  expect(tried('once').sort()).toEqual(CASES.map(nameOf).sort());
  for (const on of EVERY) {
    for (const each of casesOn(on, 'once')) expect(each.fits?.(on) ?? true, nameOf(each)).toBe(true);
    if (!MAIN.some((main) => main.backend === on.backend && main.database === on.database))
      expect(casesOn(on, 'once'), 'only the main combinations have a file that is tried').toEqual([]);
  }
});

test('each case is tried on both main combinations, wherever it makes sense', () => {
  for (const on of MAIN) {
    const sensible = CASES.filter((each) => each.fits?.(on) ?? true);
    for (const form of ['main', 'long'] as const) expect(casesOn(on, form)).toEqual(sensible);
  }
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
