import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from './paths.mjs';
import { runNpm } from './run.mjs';

const readLock = async (file) => JSON.parse(await readFile(join(ROOT, file), 'utf8')).packages;

/** Whether everything that package-lock.json names is there in that version. Packages for other platforms may be missing. */
async function isInstalled() {
  const [wanted, installed] = await Promise.all([
    readLock('package-lock.json'),
    readLock(join('node_modules', '.package-lock.json')).catch(() => null),
  ]);
  if (!installed) return false;
  return Object.entries(wanted)
    .filter(([place, { optional, devOptional, link }]) => place !== '' && !optional && !devOptional && !link)
    .every(([place, { version }]) => installed[place]?.version === version && existsSync(join(ROOT, place)));
}

/** Installs the dependencies with `npm ci` unless they are complete. `say` is told before it begins. */
export async function ensureDependencies({ say, signal }) {
  if (await isInstalled()) return;
  say('Installing dependencies (npm ci); the first time takes some minutes …');
  await runNpm(['ci', '--include=dev'], { cwd: ROOT, signal });
}
