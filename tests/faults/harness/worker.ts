import path from 'node:path';
import { ROOT, startNode } from '../../bookshop/strapi-process';
import { waitFor } from '../../wait-for';
import type { WorkingProcess } from './working-process';

/** `ai-jobs worker` in the bookshop's folder; resolves when it says that it has begun. */
export async function startWorker(
  name: string,
  environment: Record<string, string>
): Promise<WorkingProcess> {
  const { child, output, exitCode, ended } = startNode(
    path.join(ROOT, 'demo'),
    [path.join(ROOT, 'bin', 'ai-jobs.js'), 'worker'],
    environment
  );
  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    if (exitCode() === undefined) child.kill(signal);
    return ended;
  };
  const begun = (): boolean => {
    if (exitCode() !== undefined) throw new Error(`The worker ended while starting:\n${output()}`);
    return output().includes('has started');
  };
  await waitFor(begun, {
    timeoutMs: 120_000,
    what: () => `the worker to begin:\n${output().slice(-3_000)}`,
  }).catch(async (error: unknown) => {
    await end('SIGKILL');
    throw error;
  });
  return {
    name,
    pid: child.pid ?? 0,
    output,
    exitCode,
    stop: () => end('SIGTERM'),
    async kill() {
      await end('SIGKILL');
    },
  };
}
