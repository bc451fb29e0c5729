import { spawn } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { ensurePlugin } from '../demo/start/builds.mjs';
import { ensureDependencies } from '../demo/start/dependencies.mjs';
import { ROOT } from '../demo/start/paths.mjs';

/** `npm run bench`: builds what it measures and what measures it, and hands its arguments on. */
const say = (line) => process.stderr.write(`${line}\n`);
const BUNDLE = join(ROOT, 'tests', '.artifacts', 'bench.mjs');

await ensureDependencies({ say });
await ensurePlugin({ say });
await mkdir(join(ROOT, 'tests', '.artifacts'), { recursive: true });
await build({
  entryPoints: [join(ROOT, 'tests', 'bench', 'main.ts')],
  outfile: BUNDLE,
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  packages: 'external',
  // The bench finds the project from where its own file lies: two folders below the root.
  logLevel: 'warning',
});
const child = spawn(process.execPath, [BUNDLE, ...process.argv.slice(2)], { stdio: 'inherit' });
child.once('exit', (code) => process.exit(code ?? 1));
