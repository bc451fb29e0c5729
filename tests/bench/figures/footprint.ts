import { gzipSync } from 'node:zlib';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { BackendName } from '../../../server/src/contracts/queue';
import { ROOT } from '../../bookshop/bookshop';
import { median, round, type Figure, type Line } from '../figure';
import { databaseOf, openStage } from '../stage';

const MEGABYTE = 2 ** 20;
const SAMPLE_EVERY_MS = 1_000;

const ADMIN = path.join(ROOT, 'dist', 'admin');
const STATIC_IMPORT = /(?:^|[;\n])\s*(?:import|export)\b[^;'"]*?from\s*["']\.\/([^"']+)["']/g;
const LATER_IMPORT = /\bimport\(\s*["']\.\/([^"']+)["']/g;

/** The modules that are loaded with one of the built admin's: itself and its static imports, at any depth, by name. */
async function loadedWith(name: string, loaded = new Map<string, string>()): Promise<Map<string, string>> {
  if (loaded.has(name)) return loaded;
  const text = await readFile(path.join(ADMIN, name), 'utf8');
  loaded.set(name, text);
  for (const [, target = ''] of text.matchAll(STATIC_IMPORT)) await loadedWith(target, loaded);
  return loaded;
}

/** Kilobytes of some modules that are not counted yet, each gzipped as it is sent; from then on they are. */
function countKilobytes(modules: Map<string, string>, counted: Set<string>): number {
  const fresh = [...modules].filter(([name]) => !counted.has(name));
  for (const [name] of fresh) counted.add(name);
  return fresh.reduce((bytes, [, text]) => bytes + gzipSync(text).length, 0) / 1_000;
}

/**
 * What the admin panel loads of the plugin on any page: its entry; the English texts, which Strapi asks for in every language
 * (another language comes on top); the tray, for whoever may see jobs.
 */
async function adminAtStart(say: (text: string) => void): Promise<Line> {
  const entry = await loadedWith('index.mjs');
  const later = [...entry.values()].flatMap((text) =>
    [...text.matchAll(LATER_IMPORT)].map(([, name = '']) => name)
  );
  const counted = new Set<string>();
  const kilobytesOf = async (name: string, modules: string[]): Promise<number> => {
    if (modules.length === 0) throw new Error(`The built admin has no ${name} any more.`);
    let kilobytes = 0;
    for (const module of modules) kilobytes += countKilobytes(await loadedWith(module), counted);
    return kilobytes;
  };
  const code = await kilobytesOf('entry', ['index.mjs']);
  const texts = await kilobytesOf(
    'English texts',
    later.filter((name) => name.startsWith('en-'))
  );
  const tray = await kilobytesOf(
    'tray',
    later.filter((name) => name.startsWith('mount-'))
  );
  const parts = `entry ${code.toFixed(1)}, English ${texts.toFixed(1)}, tray ${tray.toFixed(1)}`;
  const kilobytes = code + texts + tray;
  say(`admin at start: ${kilobytes.toFixed(1)} kB: ${parts}`);
  return {
    what: 'admin code and texts loaded before the plugin is opened',
    measured: `${kilobytes.toFixed(1)} kB gzipped (${parts})`,
    baseline: 'in kB',
    ratio: round(kilobytes, 1),
    aim: { atMost: 25 },
  };
}

/** The server's memory while a job runs, against the same server before it. */
async function memoryAtWork(backend: BackendName, items: number, say: (text: string) => void): Promise<Line> {
  const stage = await openStage(backend);
  try {
    const ids = await stage.posts(items);
    const idle = (await stage.memory()).rss;
    const run = stage.runJob(ids);
    let over = false;
    void run.finally(() => (over = true)).catch(() => undefined);
    let most = idle;
    while (!over) {
      most = Math.max(most, (await stage.memory()).rss);
      await Promise.race([run, new Promise((resolve) => setTimeout(resolve, SAMPLE_EVERY_MS))]);
    }
    await run;
    const megabytes = (bytes: number): string => (bytes / MEGABYTE).toFixed(0);
    say(`${items} items, ${backend}: ${megabytes(most)} MB at most, idle ${megabytes(idle)} MB`);
    return {
      what: `memory during ${items.toLocaleString('en')} items, ${backend}, ${databaseOf(backend)}`,
      measured: `${megabytes(most)} MB at most`,
      baseline: `idle ${megabytes(idle)} MB`,
      ratio: round(most / idle),
      aim: null,
    };
  } finally {
    await stage.close();
  }
}

/** What the plugin costs before anybody uses it, and while it works. */
export const footprint: Figure = {
  name: 'footprint',
  title: 'What the plugin adds to Strapi’s start and memory, and to the admin panel before it is opened',
  async measure({ short, backends }, say) {
    const lines: Line[] = [];
    const rounds = short ? 1 : 3;
    /** The second start and later ones: the first makes the tables. */
    const measureStart = async (backend: (typeof backends)[number], enabled: boolean) => {
      const stage = await openStage(backend, { enabled });
      try {
        const found: { ms: number; rss: number }[] = [];
        for (let round = 0; round < rounds; round += 1) found.push(await stage.startAgain());
        return { ms: median(found.map(({ ms }) => ms)), rss: median(found.map(({ rss }) => rss)) };
      } finally {
        await stage.close();
      }
    };
    const baselines = new Map<string, { ms: number; rss: number }>();
    for (const backend of backends) {
      const database = databaseOf(backend);
      const without = baselines.get(database) ?? (await measureStart(backend, false));
      baselines.set(database, without);
      const withIt = await measureStart(backend, true);
      say(`${backend}, ${database}: ${withIt.ms} ms against ${without.ms} ms`);
      lines.push(
        {
          what: `Strapi’s start, ${backend}, ${database}`,
          measured: `${withIt.ms.toFixed(0)} ms`,
          baseline: `without the plugin ${without.ms.toFixed(0)} ms`,
          ratio: round(withIt.ms / without.ms),
          aim: null,
        },
        {
          what: `memory after the start, ${backend}, ${database}`,
          measured: `${(withIt.rss / MEGABYTE).toFixed(0)} MB`,
          baseline: `without the plugin ${(without.rss / MEGABYTE).toFixed(0)} MB`,
          ratio: round(withIt.rss / without.rss),
          aim: null,
        }
      );
    }
    for (const backend of backends) lines.push(await memoryAtWork(backend, short ? 300 : 5_000, say));
    lines.push(await adminAtStart(say));
    return lines;
  },
};
