import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { OWN_NAME } from '../services/own-name';
import { signIn, type AdminClient } from './admin-client';
import { ROOT, startStrapi, type StrapiProcess } from './strapi-process';

export { freePort } from '../services/process';
export { ROOT } from './strapi-process';
/** A seeded database to copy: made once per run. */
export const TEMPLATE_DATABASE = path.join(ROOT, 'tests', '.artifacts', 'bookshop.db');

export const ADMIN = { email: 'admin@bookshop.test', password: 'Bookshop-1234' };
export const EDITOR = { email: 'editor@bookshop.test', password: 'Bookshop-1234' };

export interface BookshopOptions {
  /** The plugin's configuration. */
  config?: Record<string, unknown>;
  environment?: Record<string, string>;
  /** A folder of an earlier shop: its database and queue are used again. */
  folder?: string;
  /** The Strapi project; default: the demo. */
  project?: string;
  /** `seeded`: a copy of the prepared database; `empty`: a new one, filled at the first start unless told otherwise. */
  database?: 'seeded' | 'empty' | 'given';
  /** What starts it, instead of `strapi start`: arguments of node. */
  command?: string[];
}

/** A Strapi of its own, in a process of its own, on a port of its own. */
export interface Bookshop extends StrapiProcess {
  folder: string;
  /** What it was started with: for other processes of the same shop. */
  environment: Record<string, string>;
  admin(): Promise<AdminClient>;
  editor(): Promise<AdminClient>;
  /** Stops it and deletes its folder. */
  remove(): Promise<void>;
}

/** What a process is told to work in a shop's folder: its database, its queue and the plugin's configuration. */
export function bookshopEnvironment(
  folder: string,
  config: Record<string, unknown> = {}
): Record<string, string> {
  const queue = {
    directory: path.join(folder, 'queue'),
    // On a Redis that was given, nobody else's.
    keyPrefix: `${OWN_NAME}-${path.basename(folder)}`,
    ...(config.queue as object | undefined),
  };
  return {
    DATABASE_FILENAME: path.join(folder, 'bookshop.db'),
    BOOKSHOP_AI_JOBS_CONFIG: JSON.stringify({ ...config, queue }),
  };
}

export async function startBookshop(options: BookshopOptions = {}): Promise<Bookshop> {
  const folder = options.folder ?? (await mkdtemp(path.join(tmpdir(), 'bookshop-')));
  const database = path.join(folder, 'bookshop.db');
  if (!options.folder && (options.database ?? 'seeded') === 'seeded') await cp(TEMPLATE_DATABASE, database);
  await mkdir(path.join(folder, 'queue'), { recursive: true });
  const environment = {
    ...bookshopEnvironment(folder, options.config),
    ...options.environment,
  };
  const strapi = await startStrapi(options.project ?? path.join(ROOT, 'demo'), environment, options.command);
  return {
    ...strapi,
    folder,
    environment,
    admin: () => signIn(strapi.url, ADMIN),
    editor: () => signIn(strapi.url, EDITOR),
    async remove() {
      await strapi.kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
