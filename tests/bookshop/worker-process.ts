import path from 'node:path';
import { waitFor } from '../wait-for';
import { ROOT, startNode } from './strapi-process';

const COMMAND = path.join(ROOT, 'bin', 'ai-jobs.js');

/** `ai-jobs worker` in a process of its own. */
export interface WorkerProcess {
  pid: number;
  /** What it has printed. */
  output(): string;
  /** SIGTERM, or another signal, and waits for its end; gives the exit code. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
  /** SIGKILL, and waits for its end. */
  kill(): Promise<void>;
}

/**
 * Runs `ai-jobs <args>` in a folder to its own end. Ended by force after a minute and a half: the code is null then.
 * @param command this repository's, or that of an installed package.
 */
export async function runCommand(
  folder: string,
  args: string[],
  environment: Record<string, string> = {},
  command = COMMAND
): Promise<{ code: number | null; output: string }> {
  const { child, output, ended } = startNode(folder, [command, ...args], environment);
  const timer = setTimeout(() => child.kill('SIGKILL'), 90_000);
  const code = await ended;
  clearTimeout(timer);
  return { code, output: output() };
}

/** Starts a worker, of the bookshop unless another project is given; resolves when it says that it has begun. */
export async function startWorker(
  environment: Record<string, string>,
  args: string[] = [],
  project = path.join(ROOT, 'demo')
): Promise<WorkerProcess> {
  const worker = startNode(project, [COMMAND, 'worker', ...args], {
    BOOKSHOP_SEED: 'false',
    ...environment,
  });
  const end = (signal: NodeJS.Signals): Promise<number | null> => {
    if (worker.exitCode() === undefined) worker.child.kill(signal);
    return worker.ended;
  };
  const hasBegun = (): boolean => {
    if (worker.exitCode() !== undefined)
      throw new Error(`The worker ended (${String(worker.exitCode())}) while starting:\n${worker.output()}`);
    return worker.output().includes('has started');
  };
  await waitFor(hasBegun, {
    timeoutMs: 120_000,
    what: () => `the worker to begin:\n${worker.output().slice(-3_000)}`,
  }).catch(async (error: unknown) => {
    await end('SIGKILL');
    throw error;
  });
  return {
    pid: worker.child.pid ?? 0,
    output: worker.output,
    stop: (signal = 'SIGTERM') => end(signal),
    async kill() {
      await end('SIGKILL');
    },
  };
}
