import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from '../demo/start/paths.mjs';

/**
 * `npm run test:faults`: each fault once. With `--long` also on the other combinations of queue and database, with real
 * durations. What else is given goes to vitest.
 */
const given = process.argv.slice(2);
const child = spawn(
  process.execPath,
  [
    join(ROOT, 'node_modules', 'vitest', 'vitest.mjs'),
    'run',
    '--project',
    'faults',
    ...given.filter((word) => word !== '--long'),
  ],
  {
    cwd: ROOT,
    stdio: 'inherit',
    env: { ...process.env, ...(given.includes('--long') ? { FAULTS_LONG: 'true' } : {}) },
  }
);
child.once('exit', (code) => {
  process.exitCode = code ?? 1;
});
