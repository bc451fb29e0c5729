import { CASES } from './cases/all';
import { SHORT } from './combinations';
import { LONG } from './harness/form';
import { tryCases } from './harness/try-cases';

const here = { backend: 'redis', database: 'postgres' } as const;
const short = SHORT.find((some) => some.backend === here.backend)?.chapters ?? [];

tryCases(
  here,
  CASES.filter((each) => LONG || short.includes(each.chapter))
);
