import { casesOn } from './combinations';
import { FORM } from './harness/form';
import { tryCases } from './harness/try-cases';

const here = { backend: 'embedded', database: 'sqlite' } as const;

tryCases(here, casesOn(here, FORM));
