import { CASES } from './cases/all';
import { PAIRWISE } from './combinations';
import { tryCases } from './harness/try-cases';

// The long form only: vitest.config.ts leaves this file out of the short one.
for (const { chapters, ...combination } of PAIRWISE)
  tryCases(
    combination,
    CASES.filter((each) => chapters.includes(each.chapter))
  );
