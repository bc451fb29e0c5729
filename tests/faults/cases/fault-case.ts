import type { Combination, World } from '../harness/world';

/** One of the ways in which things go wrong. */
export interface FaultCase {
  /** The number of its chapter in docs/faults.md. */
  chapter: number;
  title: string;
  /** Whether it makes sense there; default: everywhere. */
  fits?(combination: Combination): boolean;
  /** Where it takes longer than a test may. */
  timeoutMs?: number;
  /** Leaves with every watched job at its end; the invariants are asserted afterwards. */
  run(world: World): Promise<void>;
}
