import { cpus, totalmem } from 'node:os';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ROOT } from '../bookshop/bookshop';
import { FIGURES } from './figures';
import { reachesAim, type BenchOptions, type Figure, type Line } from './figure';

export interface Measured {
  figure: Figure;
  lines: Line[];
}

const aimOf = ({ aim }: Line): string => {
  if (aim === null) return '';
  return 'atLeast' in aim ? `≥ ${aim.atLeast}` : `≤ ${aim.atMost}`;
};

const rowOf = (line: Line): string =>
  `| ${line.what} | ${line.measured} | ${line.baseline} | ${line.ratio ?? ''} | ${aimOf(line)}${reachesAim(line) ? '' : ' (missed)'} |`;

const sectionOf = ({ figure, lines }: Measured, note: string): string =>
  [
    `## ${figure.name}`,
    '',
    `${figure.title}.${note}`,
    '',
    '| | measured | against | ratio | aim |',
    '|---|---|---|---|---|',
    ...lines.map(rowOf),
    '',
  ].join('\n');

/** The figures as Markdown. */
export const toTable = (measured: Measured[]): string => measured.map((one) => sectionOf(one, '')).join('\n');

/** The sections of a report, by the name of their figure. */
const sectionsIn = (text: string): Map<string, string> =>
  new Map(
    text
      .split(/^(?=## )/m)
      .slice(1)
      .map((section) => [/^## (.+)/.exec(section)?.[1] ?? '', `${section.trimEnd()}\n`])
  );

/** Writes docs/performance.md: the sections of the figures that were measured; those of the others stay as they are. */
export async function writeReport(measured: Measured[], { short }: BenchOptions): Promise<void> {
  const file = path.join(ROOT, 'docs', 'performance.md');
  const sections = sectionsIn(await readFile(file, 'utf8').catch(() => ''));
  const note = short ? ' A short run: hundreds of items, one round.' : '';
  for (const one of measured) sections.set(one.figure.name, sectionOf(one, note));
  const processors = cpus();
  const machine = `${processors.length} × ${processors[0]?.model.trim() ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.version}`;
  const text = [
    '# Performance',
    '',
    'Written by `npm run bench -- --write`, or with `--only` for some of the figures. A figure is a ratio against a baseline that ran in the same run, on the same machine and in the same process where that is possible, with the absolute rates beside it; or, where the aim is a time or a size, that (“in ms”, “in MB”, “in kB”). The provider is a local server that answers after the latency named. Read the ratios; the rates are those of one machine.',
    '',
    `Machine: ${machine}.`,
    '',
    FIGURES.flatMap(({ name }) => sections.get(name) ?? []).join('\n'),
  ].join('\n');
  await writeFile(file, text);
}
