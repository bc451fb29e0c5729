import type { FaultCase } from './fault-case';
import { KILLED_AT_BOUNDARIES } from './killed-at-boundaries';

/** In the order of docs/faults.md. */
export const CASES: FaultCase[] = [...KILLED_AT_BOUNDARIES];
