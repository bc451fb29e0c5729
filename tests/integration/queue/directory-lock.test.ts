import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { lockDirectory } from '../../../server/src/queue/backends/directory-lock';

let folder: string;
let directory: string;
const releases: (() => Promise<void>)[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ai-jobs-lock-'));
  directory = join(folder, 'queue');
});
afterEach(async () => {
  // One that was taken over is not there to be released.
  for (const release of releases.splice(0)) await release().catch(() => undefined);
  await rm(folder, { recursive: true, force: true });
});

async function lock(): Promise<boolean> {
  const release = await lockDirectory(directory, () => undefined);
  if (release) releases.push(release);
  return release !== null;
}

/** Lets the lock look as if another process had taken it. */
async function changeOwner(change: Record<string, unknown>): Promise<void> {
  const file = `${directory}.owner`;
  const owner = JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>;
  await writeFile(file, JSON.stringify({ ...owner, ...change }));
}

/** The id of a process that has ended. */
const deadPid = (): number =>
  Number(execFileSync(process.execPath, ['-p', 'process.pid'], { encoding: 'utf8' }));

test('held by this process: refused; released: free', async () => {
  expect(await lock()).toBe(true);
  expect(await lock()).toBe(false);
  await releases.pop()?.();
  expect(await lock()).toBe(true);
});

test('held by a process that lives: refused', async () => {
  await lock();
  await changeOwner({ pid: process.ppid });
  expect(await lock()).toBe(false);
});

test('held by a process that was killed: taken over at once', async () => {
  await lock();
  await changeOwner({ pid: deadPid() });
  expect(await lock()).toBe(true);
  expect(JSON.parse(await readFile(`${directory}.owner`, 'utf8'))).toMatchObject({ pid: process.pid });
});

test('held by an earlier process with the same id: taken over at once', async () => {
  await lock();
  await changeOwner({ since: Date.now() - 86_400_000 });
  expect(await lock()).toBe(true);
});

test('held on another machine, or by nobody knows whom: refused until the lock is old', async () => {
  await lock();
  await changeOwner({ place: 'another machine', pid: deadPid() });
  expect(await lock()).toBe(false);
  await rm(`${directory}.owner`);
  expect(await lock()).toBe(false);
});
