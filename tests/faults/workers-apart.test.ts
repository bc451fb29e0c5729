import { WORKERS_APART } from './cases/workers-apart';
import { LONG } from './harness/form';
import { tryCases } from './harness/try-cases';

tryCases({ backend: 'redis', database: 'postgres' }, WORKERS_APART);
if (LONG)
  tryCases(
    { backend: 'postgres', database: 'postgres' },
    WORKERS_APART.filter(({ fits }) => fits?.({ backend: 'postgres', database: 'postgres' }) ?? true)
  );
