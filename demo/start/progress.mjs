const WIDTH = 30;
const SECONDS_BETWEEN_LINES = 5;

function describe({ counts, progress, etaSeconds, status }) {
  const filled = Math.round(progress * WIDTH);
  const bar = '█'.repeat(filled) + '░'.repeat(WIDTH - filled);
  const ended = counts.total - counts.pending - counts.processing;
  const failed = counts.failed > 0 ? `, ${counts.failed} failed` : '';
  const left = etaSeconds ? `, ${Math.ceil(etaSeconds)} s left` : '';
  return `  ${bar} ${ended} of ${counts.total} ${status}${failed}${left}`;
}

/** Shows a job's progress: on a terminal in one line that changes, elsewhere as a line now and then and one at the end. */
export function createProgress(output = process.stdout) {
  let last = '';
  let printedAt = 0;
  return {
    show(job) {
      const line = describe(job);
      if (line === last || job.counts.total === 0) return;
      last = line;
      if (output.isTTY) output.write(`\r\x1b[2K${line.slice(0, (output.columns ?? 100) - 1)}`);
      else if (Date.now() - printedAt > SECONDS_BETWEEN_LINES * 1_000) {
        printedAt = Date.now();
        output.write(`${line}\n`);
      }
    },
    end() {
      if (last !== '') output.write(output.isTTY ? '\n' : `${last}\n`);
    },
  };
}
