import { CASES } from './cases/all';
import { tryCases } from './harness/try-cases';

tryCases({ backend: 'redis', database: 'postgres' }, CASES);
