import { CASES } from './cases/all';
import { tryCases } from './harness/try-cases';

tryCases({ backend: 'embedded', database: 'sqlite' }, CASES);
