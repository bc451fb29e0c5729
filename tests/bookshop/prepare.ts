import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { ROOT, startBookshop, TEMPLATE_DATABASE } from './bookshop';

const run = promisify(execFile);

async function newest(folder: string): Promise<number> {
  const times = await Promise.all(
    (await readdir(folder, { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile())
      .map(async (entry) => (await stat(path.join(entry.parentPath, entry.name))).mtimeMs)
  );
  return Math.max(0, ...times);
}

/** Builds the plugin if its sources are newer (not with PLUGIN_BUILD=off), and fills one database that the tests copy. */
export default async function prepare(): Promise<void> {
  const built = path.join(ROOT, 'dist', 'server', 'index.js');
  const builtAt = existsSync(built) ? (await stat(built)).mtimeMs : 0;
  const sourcesAt = await newest(path.join(ROOT, 'server', 'src'));
  if (process.env.PLUGIN_BUILD !== 'off' && builtAt < sourcesAt)
    await run('npm', ['run', 'build'], { cwd: ROOT });
  const sources = ['demo/seed', 'demo/content', 'demo/src', 'server/src/content-types', 'server/src/store'];
  const freshFor = Math.max(...(await Promise.all(sources.map((folder) => newest(path.join(ROOT, folder))))));
  if (existsSync(TEMPLATE_DATABASE) && (await stat(TEMPLATE_DATABASE)).mtimeMs > freshFor) return;
  await mkdir(path.dirname(TEMPLATE_DATABASE), { recursive: true });
  const shop = await startBookshop({ database: 'empty' });
  try {
    await shop.stop();
    await cp(path.join(shop.folder, 'bookshop.db'), TEMPLATE_DATABASE);
  } finally {
    await shop.remove();
  }
}
