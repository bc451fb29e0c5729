import { spawn } from 'node:child_process';

/** A failure that a person can do something about; shown without a stack. */
export class DemoError extends Error {}

/**
 * Runs a command to its end with its output on the terminal, or, with `quiet`, shown only if it fails.
 * Throws a DemoError that says what failed, where and how.
 */
export async function run(command, args, { cwd, environment = process.env, quiet = false, signal }) {
  const child = spawn(command, args, {
    cwd,
    env: environment,
    stdio: quiet ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
    signal,
  });
  let output = '';
  const keep = (chunk) => {
    output = (output + chunk).slice(-20_000);
  };
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (exitCode, killedBy) => resolve(exitCode ?? killedBy));
  });
  if (code === 0) return;
  if (quiet) process.stderr.write(output);
  throw new DemoError(
    `"${[command, ...args].join(' ')}" failed (${code}) in ${cwd}; what it printed is above.`
  );
}

/** Runs npm: the one that started this script, else the one on the PATH. */
export function runNpm(args, options) {
  const own = process.env.npm_execpath;
  if (own?.endsWith('.js')) return run(process.execPath, [own, ...args], options);
  return run(process.platform === 'win32' ? 'npm.cmd' : 'npm', args, options);
}
