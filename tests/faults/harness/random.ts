/** Numbers that are the same again for the same seed. */
export interface Random {
  readonly seed: number;
  /** From 0 up to, but not, 1. */
  next(): number;
  /** A whole number, both ends included. */
  between(least: number, most: number): number;
  pick<Value>(values: readonly Value[]): Value;
  /** From here on as if it had begun with its seed and these words: what came before makes no difference. */
  begin(words: string): void;
}

/** The seed of this run: FAULTS_SEED, else a new one. */
export const SEED = Number(process.env.FAULTS_SEED) || Math.floor(Math.random() * 2 ** 31);

/** FNV-1a: http://www.isthe.com/chongo/tech/comp/fnv/ */
const hashOf = (words: string): number =>
  [...words].reduce((hash, letter) => Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193), 0x811c9dc5);

/** Mulberry32: https://gist.github.com/tommyettinger/46a874533244883189143505d203312c */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    seed,
    next,
    between: (least, most) => least + Math.floor(next() * (most - least + 1)),
    begin(words) {
      state = (seed ^ hashOf(words)) >>> 0;
    },
    pick(values) {
      const value = values[Math.floor(next() * values.length)];
      if (value === undefined) throw new Error('There is nothing to pick from.');
      return value;
    },
  };
}
