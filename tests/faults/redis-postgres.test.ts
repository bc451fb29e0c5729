import { casesOn } from './combinations';
import { FORM } from './harness/form';
import { tryCases } from './harness/try-cases';

const here = { backend: 'redis', database: 'postgres' } as const;

tryCases(here, casesOn(here, FORM));
