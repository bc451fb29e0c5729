import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';
import { ROOT } from '../../bookshop/strapi-process';

/** Where the plugin stands whose fault points are armed. */
export const ARMED_PLUGIN = path.join(ROOT, 'tests', '.artifacts', 'armed-plugin');

interface Package {
  version: string;
  dependencies: Record<string, string>;
  peerDependencies: Record<string, string>;
}

/**
 * Builds the server once more, with the armed fault points in the place of the empty ones. The front doors, the thread for
 * answers and the prepared data directory are those of the plugin itself.
 * @param folder where to; @param version the plugin's version, for a rolling restart with another one.
 */
export async function buildArmedPlugin(folder = ARMED_PLUGIN, version?: string): Promise<void> {
  const itself = JSON.parse(await readFile(path.join(ROOT, 'package.json'), 'utf8')) as Package;
  const harness = path.join(ROOT, 'tests', 'faults', 'harness');
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await build({
    entryPoints: [path.join(ROOT, 'server', 'src', 'index.ts')],
    outfile: path.join(folder, 'dist', 'server', 'index.js'),
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    // BullMQ and the drivers are loaded when they are needed, as in the published build.
    supported: { 'dynamic-import': true },
    external: [...Object.keys(itself.dependencies), ...Object.keys(itself.peerDependencies)],
    logLevel: 'warning',
    plugins: [
      {
        name: 'armed-fault-points',
        setup(bundle) {
          bundle.onResolve({ filter: /\/fault-points$/ }, ({ importer }) =>
            importer.startsWith(harness) ? undefined : { path: path.join(harness, 'armed-fault-points.ts') }
          );
        },
      },
    ],
  });
  const thread = path.join('dist', 'server', 'answer-thread.js');
  await cp(path.join(ROOT, thread), path.join(folder, thread));
  await cp(path.join(ROOT, 'dist', 'embedded'), path.join(folder, 'dist', 'embedded'), { recursive: true });
  await writeFile(
    path.join(folder, 'package.json'),
    JSON.stringify({ ...itself, ...(version ? { version } : {}) })
  );
}

/** For vitest: before any of the fault tests. */
export default async function prepare(): Promise<void> {
  await buildArmedPlugin();
}
