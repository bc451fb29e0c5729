import { WORKERS_APART } from './cases/workers-apart';
import { tryCases } from './harness/try-cases';

tryCases({ backend: 'redis', database: 'postgres' }, WORKERS_APART);
