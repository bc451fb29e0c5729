import { cpus, totalmem } from 'node:os';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ROOT } from '../bookshop/bookshop';
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

/** The figures as Markdown. */
export function toTable(measured: Measured[]): string {
  return measured
    .map(({ figure, lines }) =>
      [
        `## ${figure.name}`,
        '',
        `${figure.title}.`,
        '',
        '| | measured | against | ratio | aim |',
        '|---|---|---|---|---|',
        ...lines.map(rowOf),
        '',
      ].join('\n')
    )
    .join('\n');
}

/** Writes docs/performance.md. */
export async function writeReport(measured: Measured[], { short }: BenchOptions): Promise<void> {
  const processors = cpus();
  const machine = `${processors.length} × ${processors[0]?.model.trim() ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.version}`;
  const text = [
    '# Performance',
    '',
    'Written by `npm run bench -- --write`. Each figure is a ratio against a baseline that ran in the same run, on the same machine and in the same process where that is possible; the absolute rates stand beside it. The provider is a local server that answers after the latency named. Read the ratios; the rates are those of one machine.',
    '',
    `Machine: ${machine}.${short ? ' A short run: hundreds of items.' : ''}`,
    '',
    toTable(measured),
  ].join('\n');
  await writeFile(path.join(ROOT, 'docs', 'performance.md'), text);
}
