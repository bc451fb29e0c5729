import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { DEMO, ROOT, STRAPI } from './paths.mjs';
import { run, runNpm } from './run.mjs';

/** Beside the panel, so that whoever deletes it deletes what is known about it. */
const PANEL = join(DEMO, 'build');
const PANEL_STAMP = join(PANEL, '.built-from');
const PLUGIN_OUTPUT = ['dist/server/index.js', 'dist/admin/index.mjs'].map((file) => join(ROOT, file));
const PLUGIN_SOURCES = ['admin', 'server', 'package.json', 'strapi-admin.ts', 'strapi-server.ts'];

/** The files below `path`, or the file itself; none where there is nothing. */
async function filesBelow(path) {
  const found = await stat(path).catch(() => null);
  if (!found) return [];
  if (found.isFile()) return [path];
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
}

const changedAt = async (file) => (await stat(file)).mtimeMs;

async function isPluginBuilt() {
  if (!PLUGIN_OUTPUT.every((file) => existsSync(file))) return false;
  const builtAt = Math.min(...(await Promise.all(PLUGIN_OUTPUT.map(changedAt))));
  const sources = await Promise.all(PLUGIN_SOURCES.map((source) => filesBelow(join(ROOT, source))));
  const times = await Promise.all(sources.flat().map(changedAt));
  return times.every((time) => time <= builtAt);
}

/** Builds the plugin unless its build is newer than its sources. */
export async function ensurePlugin({ say, signal }) {
  if (await isPluginBuilt()) return;
  say('Building the plugin …');
  await runNpm(['run', 'build'], { cwd: ROOT, quiet: true, signal });
}

/** A hash of everything that goes into the admin panel of the bookshop. */
async function panelInput() {
  const own = ['src/admin', 'config/plugins.js', 'package.json'].map((path) => join(DEMO, path));
  const strapi = join(ROOT, 'node_modules', '@strapi', 'strapi', 'package.json');
  const files = (await Promise.all([...own, join(ROOT, 'dist', 'admin'), strapi].map(filesBelow)))
    .flat()
    .sort();
  const hash = createHash('sha256');
  for (const file of files.filter((name) => /\.(m?js|json|css)$/.test(name))) {
    hash.update(relative(ROOT, file)).update(await readFile(file));
  }
  return hash.digest('hex');
}

/** Builds the bookshop's admin panel unless it was built from what is there now. Needs the built plugin. */
export async function ensurePanel({ say, signal }) {
  const input = await panelInput();
  const builtFrom = await readFile(PANEL_STAMP, 'utf8').catch(() => null);
  if (builtFrom === input && existsSync(join(PANEL, 'index.html'))) return;
  say('Building the admin panel; this takes a minute …');
  await rm(PANEL_STAMP, { force: true });
  await run(process.execPath, [STRAPI, 'build'], {
    cwd: DEMO,
    environment: { ...process.env, NODE_ENV: 'production', STRAPI_TELEMETRY_DISABLED: 'true' },
    quiet: true,
    signal,
  });
  await mkdir(dirname(PANEL_STAMP), { recursive: true });
  await writeFile(PANEL_STAMP, input);
}
