import type { BackendName } from '../../server/src/contracts/queue';
import { findProgram } from '../services/process';

const ALL: BackendName[] = ['embedded', 'redis', 'postgres'];
const PROGRAMS: Record<BackendName, string | null> = {
  embedded: null,
  redis: 'redis-server',
  postgres: 'postgres',
};

export const isBackend = (name: string): name is BackendName => ALL.some((backend) => backend === name);

/** Those whose server is on this machine. */
export const usableBackends = (): BackendName[] =>
  ALL.filter((backend) => {
    const program = PROGRAMS[backend];
    return program === null || findProgram(program) !== null;
  });
