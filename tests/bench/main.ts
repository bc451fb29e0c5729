import { parseArgs } from 'node:util';
import type { BackendName } from '../../server/src/contracts/queue';
import prepare from '../bookshop/prepare';
import { isBackend, usableBackends } from './backends';
import { reachesAim, type Figure, type Line } from './figure';
import { FIGURES } from './figures';
import { toTable, writeReport } from './report';

const USAGE = `npm run bench -- [--only <name>,…] [--backends embedded,redis,postgres] [--short] [--largest <items>] [--json] [--write]

  --only      ${FIGURES.map(({ name }) => name).join(', ')}
  --short     hundreds of items: a look, not the table
  --largest   items of the largest job of "scale"; 100000 take twenty minutes
  --json      the figures as JSON on the standard output, everything else on the standard error
  --write     puts what was measured into docs/performance.md; the other figures stay as they stand there
`;

function chosen(only: string | undefined): Figure[] {
  if (only === undefined) return FIGURES;
  return only.split(',').map((name) => {
    const figure = FIGURES.find((candidate) => candidate.name === name);
    if (!figure) throw new Error(`There is no figure "${name}".\n\n${USAGE}`);
    return figure;
  });
}

function backendsOf(text: string | undefined): BackendName[] {
  if (text === undefined) return usableBackends();
  return text.split(',').map((name) => {
    if (!isBackend(name)) throw new Error(`There is no backend "${name}".\n\n${USAGE}`);
    return name;
  });
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      only: { type: 'string' },
      backends: { type: 'string' },
      short: { type: 'boolean', default: false },
      largest: { type: 'string' },
      json: { type: 'boolean', default: false },
      write: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return void process.stdout.write(USAGE);
  const figures = chosen(values.only);
  const largest = Number(values.largest ?? 100_000);
  if (!Number.isInteger(largest) || largest < 200)
    throw new Error(`--largest must be a whole number from 200 on.\n\n${USAGE}`);
  const options = { short: values.short, largest, backends: backendsOf(values.backends) };
  await prepare();
  const measured: { figure: Figure; lines: Line[] }[] = [];
  for (const figure of figures) {
    process.stderr.write(`\n${figure.name}: ${figure.title}\n`);
    const lines = await figure.measure(options, (text) => process.stderr.write(`  ${text}\n`));
    measured.push({ figure, lines });
  }
  if (values.write) await writeReport(measured, options);
  if (values.json) {
    const figuresByName = measured.map(({ figure, lines }) => ({
      name: figure.name,
      lines: lines.map((line) => ({ ...line, reached: reachesAim(line) })),
    }));
    process.stdout.write(`${JSON.stringify(figuresByName, null, 2)}\n`);
  } else {
    process.stdout.write(`\n${toTable(measured)}\n`);
  }
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exit(1);
  }
);
