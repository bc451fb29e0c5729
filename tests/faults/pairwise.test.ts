import { casesOn, PAIRWISE } from './combinations';
import { tryCases } from './harness/try-cases';

// The long form only: vitest.config.ts leaves this file out of the others.
for (const { backend, database } of PAIRWISE)
  tryCases({ backend, database }, casesOn({ backend, database }, 'long'));
