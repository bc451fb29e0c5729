import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from '../demo/start/paths.mjs';

/**
 * `npm run test:faults`: each fault on both main combinations of queue and database. With `--once` each once, as `npm test` does
 * it; with `--long` also on the other combinations, with real durations. What else is given goes to vitest.
 */
const given = process.argv.slice(2);
const FORMS = ['once', 'main', 'long'];
const form = FORMS.find((name) => given.includes(`--${name}`)) ?? 'main';
const child = spawn(
  process.execPath,
  [
    join(ROOT, 'node_modules', 'vitest', 'vitest.mjs'),
    'run',
    '--project',
    'faults',
    ...given.filter((word) => !FORMS.some((name) => word === `--${name}`)),
  ],
  {
    cwd: ROOT,
    stdio: 'inherit',
    env: { ...process.env, FAULTS_FORM: form },
  }
);
child.once('exit', (code) => {
  process.exitCode = code ?? 1;
});
