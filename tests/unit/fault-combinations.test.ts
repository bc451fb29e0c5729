import { expect, test } from 'vitest';
import { CASES } from '../faults/cases/all';
import { casesOn, goTogether, MAIN } from '../faults/combinations';
import type { FaultCase } from '../faults/cases/fault-case';
import type { Form } from '../faults/harness/form';
import type { Combination } from '../faults/harness/world';

const BACKENDS = ['embedded', 'postgres', 'redis'] as const;
const DATABASES = ['sqlite', 'postgres', 'mariadb'] as const;
const CHAPTERS = [...new Set(CASES.map((each) => each.chapter))];
const EVERY = BACKENDS.flatMap((backend) => DATABASES.map((database) => ({ backend, database }))).filter(
  goTogether
);
const makesSense = (each: FaultCase, on: Combination): boolean => each.fits?.(on) ?? true;
const isTried = (each: FaultCase, on: Combination): boolean => casesOn(on, 'long').includes(each);
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

test('each case meets each backend and each database on which it makes sense', () => {
  const missing: string[] = [];
  for (const each of CASES) {
    for (const part of [
      ...BACKENDS.map((backend) => ({ backend })),
      ...DATABASES.map((database) => ({ database })),
    ]) {
      const candidates = EVERY.filter((on) =>
        'backend' in part ? on.backend === part.backend : on.database === part.database
      );
      if (!candidates.some((on) => makesSense(each, on))) continue;
      if (!candidates.some((on) => isTried(each, on)))
        missing.push(`${nameOf(each)} on ${JSON.stringify(part)}`);
    }
  }
  expect(missing).toEqual([]);
});

test('each backend meets each database that it can be had with', () => {
  for (const on of EVERY)
    expect(
      CASES.some((each) => isTried(each, on)),
      JSON.stringify(on)
    ).toBe(true);
});
