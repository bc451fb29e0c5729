import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Part of `npm run build`: takes the fault points (server/src/fault-points.ts) out of the built server. The bundler does so by
 * itself only where they do not stand in a `try`.
 */
const FOLDER = fileURLToPath(new URL('../dist/server', import.meta.url));
const CALL = /^[ \t]*faultPoint\([^\n]*\);\n/gm;
const DEFINITION = /^function faultPoint\([^)]*\) \{\s*\}\n/gm;

for (const name of await readdir(FOLDER)) {
  if (!/\.m?js$/.test(name)) continue;
  const file = join(FOLDER, name);
  const built = await readFile(file, 'utf8');
  const left = built.replace(CALL, '').replace(DEFINITION, '');
  if (left.includes('faultPoint'))
    throw new Error(`${file} still holds a fault point, in a form that is not known here.`);
  if (left !== built) await writeFile(file, left);
}
