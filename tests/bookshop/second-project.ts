import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { signIn, type AdminClient } from './admin-client';
import { ROOT } from './strapi-process';

const run = promisify(execFile);

export const ARTICLE = 'api::article.article';
export const AUTHOR = { email: 'author@second.test', password: 'Second-1234' };

/** Makes the first administrator of a running project, who is signed in. */
export async function firstAuthor(url: string): Promise<AdminClient> {
  const response = await fetch(`${url}/admin/register-admin`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...AUTHOR, firstname: 'An', lastname: 'Author' }),
  });
  if (response.status !== 200) throw new Error(`No author: ${response.status} ${await response.text()}`);
  return signIn(url, AUTHOR);
}

const FILES: Record<string, string> = {
  'config/admin.js': `module.exports = ({ env }) => ({
  auth: { secret: env('ADMIN_JWT_SECRET') },
  apiToken: { salt: env('API_TOKEN_SALT') },
  transfer: { token: { salt: env('TRANSFER_TOKEN_SALT') } },
  secrets: { encryptionKey: env('ENCRYPTION_KEY') },
  // Most tests need no panel: it costs a minute to build.
  serveAdminPanel: env.bool('SERVE_ADMIN_PANEL', false),
});`,
  'config/server.js': `module.exports = ({ env }) => ({ host: env('HOST'), port: env.int('PORT', 1337), app: { keys: env.array('APP_KEYS') } });`,
  'config/database.js': `module.exports = ({ env }) => ({
  connection:
    env('DATABASE_CLIENT') === 'postgres'
      ? {
          client: 'postgres',
          connection: {
            host: env('DATABASE_HOST'),
            port: env.int('DATABASE_PORT'),
            database: env('DATABASE_NAME'),
            user: env('DATABASE_USERNAME'),
            password: env('DATABASE_PASSWORD'),
          },
        }
      : { client: 'sqlite', connection: { filename: '.tmp/data.db' }, useNullAsDefault: true },
});`,
  'config/middlewares.js': `module.exports = [
  'strapi::logger', 'strapi::errors', 'strapi::security', 'strapi::cors', 'strapi::poweredBy',
  'strapi::query', 'strapi::body', 'strapi::session', 'strapi::favicon', 'strapi::public',
];`,
  'src/index.js': `module.exports = { register() {}, bootstrap() {} };`,
  // Neither drafts nor languages: everything that the bookshop's types are not.
  'src/api/article/content-types/article/schema.json': JSON.stringify({
    kind: 'collectionType',
    collectionName: 'articles',
    info: { singularName: 'article', pluralName: 'articles', displayName: 'Article' },
    options: { draftAndPublish: false },
    attributes: {
      headline: { type: 'string', required: true },
      text: { type: 'richtext' },
      teaser: { type: 'text', maxLength: 200 },
    },
  }),
  'load.js': `const { createStrapi } = require('@strapi/strapi');
createStrapi({ appDir: __dirname, distDir: __dirname, serveAdminPanel: false })
  .load()
  .then(async (strapi) => {
    const jobs = await strapi.db.query('plugin::ai-jobs.job').count();
    // Whatever would begin to work in a process that only loads has begun by now.
    await new Promise((resolve) => setTimeout(resolve, 3000));
    await strapi.destroy();
    process.stdout.write('loaded, jobs: ' + jobs);
  });`,
};
/** Every package of the root, linked, apart from those that the project brings itself. */
async function borrowPackages(modules: string): Promise<void> {
  await mkdir(modules, { recursive: true });
  const borrowed = path.join(ROOT, 'node_modules');
  for (const name of await readdir(borrowed))
    await symlink(path.join(borrowed, name), path.join(modules, name));
}

/** Packs the plugin as it was built; gives the tarball and the files in it. */
export async function packPlugin(folder: string): Promise<{ tarball: string; files: string[] }> {
  const { stdout } = await run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], {
    cwd: ROOT,
  });
  const [packed] = JSON.parse(stdout) as { filename: string; files: { path: string }[] }[];
  if (!packed) throw new Error(`npm pack said: ${stdout}`);
  return { tarball: path.join(folder, packed.filename), files: packed.files.map((file) => file.path) };
}

export interface SecondProject {
  folder: string;
  /** What the tarball holds; nothing without the plugin. */
  files: string[];
  /** Where it is unpacked. */
  plugin: string;
  /** To be given to its processes. */
  environment: Record<string, string>;
  remove(): Promise<void>;
}

/**
 * A minimal Strapi project with another content type than the bookshop's, and no configuration for the plugin.
 * @param withPlugin installs the packed plugin as `npm install <tarball>` does.
 */
export async function createSecondProject({ withPlugin = true } = {}): Promise<SecondProject> {
  const folder = await mkdtemp(path.join(tmpdir(), 'second-project-'));
  for (const [name, content] of Object.entries(FILES)) {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
    await writeFile(path.join(folder, name), content);
  }
  await mkdir(path.join(folder, 'public', 'uploads'), { recursive: true });
  const modules = path.join(folder, 'node_modules');
  await borrowPackages(modules);
  const plugin = path.join(modules, 'strapi-plugin-ai-jobs');
  let files: string[] = [];
  if (withPlugin) {
    const packed = await packPlugin(folder);
    ({ files } = packed);
    await mkdir(plugin);
    await run('tar', ['-xzf', packed.tarball, '-C', plugin, '--strip-components=1']);
  }
  const dependencies = {
    '@strapi/strapi': '*',
    'better-sqlite3': '*',
    pg: '*',
    // Without them Strapi would install them before it builds the panel.
    react: '^18.0.0',
    'react-dom': '^18.0.0',
    'react-router-dom': '^6.0.0',
    'styled-components': '^6.0.0',
    ...(withPlugin ? { 'strapi-plugin-ai-jobs': '*' } : {}),
  };
  await writeFile(
    path.join(folder, 'package.json'),
    JSON.stringify({ name: 'second', private: true, dependencies, strapi: { uuid: false } })
  );
  return {
    folder,
    files,
    plugin,
    // Strapi itself stands in the borrowed folder, and would look for the project's plugins only there.
    environment: { NODE_PATH: modules },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
