/**
 * Bundles what the plugin runs in a thread of its own (server/src/services/answer-thread.ts): a thread starts from a file. Run
 * after the plugin's build.
 *
 * node scripts/build-answer-thread.mjs [file]      default: dist/server/answer-thread.js
 */
import { readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const { dependencies, peerDependencies } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));

await build({
  entryPoints: [join(root, 'server/src/services/answer-thread.ts')],
  outfile: resolve(process.argv[2] ?? join(root, 'dist/server/answer-thread.js')),
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  external: [...Object.keys(dependencies), ...Object.keys(peerDependencies)],
  logLevel: 'warning',
});
