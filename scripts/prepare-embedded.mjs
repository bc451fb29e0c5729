/**
 * Makes the data directory that the embedded queue starts from, so that it need not make one on the user's machine (slower, and
 * twice the memory for a moment). Run after the plugin's build.
 *
 * node scripts/prepare-embedded.mjs [file]      default: dist/embedded/data.tar.gz
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PGlite } from '@electric-sql/pglite';
import bullmq from 'bullmq';

/** Both as in server/src/queue/backends/embedded-database.ts. */
const SCHEMA = 'ai_jobs_queue';
const SETTINGS = [
  "shared_buffers = '16MB'",
  "wal_buffers = '1MB'",
  "min_wal_size = '32MB'",
  "max_wal_size = '64MB'",
];

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const file = resolve(process.argv[2] ?? join(root, 'dist/embedded/data.tar.gz'));
const folder = await mkdtemp(join(tmpdir(), 'ai-jobs-embedded-'));

try {
  const database = await PGlite.create({ dataDir: join(folder, 'data') });
  await bullmq.runMigrations(
    {
      async query(text, params) {
        if (params) return database.query(text, params);
        return (await database.exec(text)).at(-1) ?? { rows: [] };
      },
    },
    SCHEMA
  );
  for (const setting of SETTINGS) await database.exec(`alter system set ${setting}`);
  await database.exec('vacuum');
  await database.exec('checkpoint');
  const archive = await database.dumpDataDir('gzip');
  await database.close();

  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, Buffer.from(await archive.arrayBuffer()));
  console.log(`${file}: ${(archive.size / 1e6).toFixed(1)} MB`);
} finally {
  await rm(folder, { recursive: true, force: true });
}
