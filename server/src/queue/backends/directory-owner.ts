import { readFileSync, readlinkSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';

/** Which process holds a directory, as it wrote down itself. */
interface Owner {
  /** Where process ids mean the same thing. */
  place: string;
  pid: number;
  /** When the process began; epoch milliseconds. Tells it from another one that was given the same id. */
  since: number;
}

const read = (source: () => string): string => {
  try {
    return source().trim();
  } catch {
    // Not Linux.
    return '';
  }
};

/** This machine, since it was started, and this container: a process id says something about nothing else. */
function thisPlace(): string {
  return [
    hostname(),
    read(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8')),
    read(() => readlinkSync('/proc/self/ns/pid')),
  ].join(' ');
}

const thisProcess = (): Owner => ({
  place: thisPlace(),
  pid: process.pid,
  since: Math.round(performance.timeOrigin),
});

/** Whether this machine, or this container, has a process of that id. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Another user's process is there, too.
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH');
  }
}

const fileOf = (directory: string): string => `${directory}.owner`;

async function readOwner(directory: string): Promise<Owner | null> {
  try {
    const found: unknown = JSON.parse(await readFile(fileOf(directory), 'utf8'));
    if (typeof found !== 'object' || found === null) return null;
    const { place, pid, since }: Partial<Owner> = found;
    return typeof place === 'string' && typeof pid === 'number' && typeof since === 'number'
      ? { place, pid, since }
      : null;
  } catch {
    return null;
  }
}

/** Writes down that this process holds the directory. */
export async function noteOwner(directory: string): Promise<void> {
  await writeFile(fileOf(directory), JSON.stringify(thisProcess()));
}

/**
 * True where the process that held the directory is known to be dead: it ran here and runs no more. Of one on another machine
 * or in another container nothing is known.
 */
export async function isOwnerDead(directory: string): Promise<boolean> {
  const owner = await readOwner(directory);
  const self = thisProcess();
  if (!owner || owner.place !== self.place) return false;
  return owner.pid === self.pid ? owner.since !== self.since : !isRunning(owner.pid);
}
