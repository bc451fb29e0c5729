import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { createConnection, createServer } from 'node:net';
import { accessSync, constants, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A port that was free a moment ago. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => {
        if (address && typeof address === 'object') resolve(address.port);
        else reject(new Error('no port'));
      });
    });
  });
}

/** True where something accepts connections on the port. */
export function answers(port: number, host = '127.0.0.1'): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ port, host });
    const end = (outcome: boolean) => {
      socket.destroy();
      resolve(outcome);
    };
    socket.once('connect', () => end(true));
    socket.once('error', () => end(false));
  });
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The full path of a program on PATH or where Debian puts database servers; null where there is none. */
export function findProgram(name: string): string | null {
  const debian = '/usr/lib/postgresql';
  let versions: string[] = [];
  try {
    versions = readdirSync(debian).sort((a, b) => Number(b) - Number(a));
  } catch {
    // Not Debian.
  }
  const folders = [
    ...(process.env.PATH ?? '').split(delimiter),
    '/usr/sbin',
    ...versions.map((version) => join(debian, version, 'bin')),
  ];
  return folders.map((folder) => join(folder, name)).find(isProgram) ?? null;
}

/** Of some users the first that there is, to run a database server as: root may not. Empty where this process is not root's. */
export async function unprivilegedUser(names: string[]): Promise<{ uid?: number; gid?: number }> {
  if (process.getuid?.() !== 0) return {};
  for (const name of names) {
    try {
      const [uid, gid] = await Promise.all([run('id', ['-u', name]), run('id', ['-g', name])]);
      return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
    } catch {
      // The next one.
    }
  }
  throw new Error(`A database server cannot run as root, and there is no user "${names.join('" or "')}".`);
}

/** Ends a process that was started here, and waits until it is gone. */
export async function endProcess(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill(signal);
  await gone;
}

/** Starts a server that is ended with this process at the latest. */
export function startServer(
  program: string,
  args: string[],
  options: { uid?: number; gid?: number; cwd?: string }
): ChildProcess {
  const child = spawn(program, args, { ...options, stdio: 'ignore' });
  child.on('error', () => undefined);
  const endWithThis = () => child.kill('SIGKILL');
  process.once('exit', endWithThis);
  child.once('exit', () => process.removeListener('exit', endWithThis));
  return child;
}
