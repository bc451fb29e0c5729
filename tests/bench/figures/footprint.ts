import { gzipSync } from 'node:zlib';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { ROOT } from '../../bookshop/bookshop';
import { median, round, type Figure, type Line } from '../figure';
import { databaseOf, openStage } from '../stage';

const MEGABYTE = 2 ** 20;
const SAMPLE_EVERY_MS = 1_000;

/** Everything that a module loads at once: its own text and that of its static imports. */
async function loadedWith(file: string, seen = new Set<string>()): Promise<string> {
  if (seen.has(file)) return '';
  seen.add(file);
  const text = await readFile(file, 'utf8');
  const imports = [...text.matchAll(/(?:^|[;\n])\s*(?:import|export)\b[^;'"]*?from\s*["'](\.[^"']+)["']/g)];
  const parts = await Promise.all(
    imports.map(([, target = '']) => loadedWith(path.resolve(path.dirname(file), target), seen))
  );
  return [text, ...parts].join('\n');
}

/** The server's memory while a job runs, against the same server before it. */
async function memoryAtWork(items: number, say: (text: string) => void): Promise<Line> {
  const stage = await openStage('embedded');
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
    say(`${items} items: ${megabytes(most)} MB at most, idle ${megabytes(idle)} MB`);
    return {
      what: `memory during ${items.toLocaleString('en')} items, embedded`,
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
    lines.push(await memoryAtWork(short ? 300 : 5_000, say));
    const admin = await loadedWith(path.join(ROOT, 'dist', 'admin', 'index.mjs'));
    const kilobytes = gzipSync(admin).length / 1_000;
    lines.push({
      what: 'admin code loaded before the plugin is opened',
      measured: `${kilobytes.toFixed(1)} kB gzipped`,
      baseline: 'in kB',
      ratio: round(kilobytes, 1),
      aim: { atMost: 25 },
    });
    return lines;
  },
};
