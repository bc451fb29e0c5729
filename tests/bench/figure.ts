import type { BackendName } from '../../server/src/contracts/queue';

/** One line of the table: something measured, and what it was measured against in the same run. */
export interface Line {
  /** What was done: "20 in parallel, 500 ms, embedded". */
  what: string;
  /** With its unit: "38.2 items/s". */
  measured: string;
  /** What it is compared with: "plain loop 39.0 items/s". */
  baseline: string;
  /** Measured against baseline, or the figure itself where the aim is one of its own; null where there is none. */
  ratio: number | null;
  /** What it should be: at least, or at most. */
  aim: { atLeast: number } | { atMost: number } | null;
}

export interface BenchOptions {
  /** Hundreds of items instead of thousands: for every change, not for the table. */
  short: boolean;
  /** Items of the largest job that is tried. */
  largest: number;
  backends: BackendName[];
}

/** A group of lines that are measured together. */
export interface Figure {
  name: string;
  /** What its lines say, for the table. */
  title: string;
  measure(options: BenchOptions, say: (text: string) => void): Promise<Line[]>;
}

/** Whether a line reaches its aim; true where it has none. */
export function reachesAim({ ratio, aim }: Line): boolean {
  if (aim === null || ratio === null) return true;
  return 'atLeast' in aim ? ratio >= aim.atLeast : ratio <= aim.atMost;
}

/** The middle one; of an even number, the mean of the two in the middle. */
export function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

/** The value below which that share (0 to 1) of the values lies. */
export function percentile(values: number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export const round = (value: number, digits = 2): number => Number(value.toFixed(digits));
