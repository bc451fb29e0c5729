import { BACKEND_CHANGES } from './backend-changes';
import { CHANGED_ENTRIES } from './changed-entries';
import { DATABASE_TROUBLES } from './database-troubles';
import { EMPTIED_QUEUE } from './emptied-queue';
import type { FaultCase } from './fault-case';
import { KILLED_AT_BOUNDARIES } from './killed-at-boundaries';
import { LATE_WORKERS } from './late-workers';
import { OUTAGES } from './outages';
import { POISON } from './poison';
import { PROVIDER_TROUBLES } from './provider-troubles';
import { RACES } from './races';
import { RESTARTS } from './restarts';
import { SOAK } from './soak';

/** In the order of docs/faults.md. */
export const CASES: FaultCase[] = [
  ...KILLED_AT_BOUNDARIES,
  ...POISON,
  ...EMPTIED_QUEUE,
  ...OUTAGES,
  ...LATE_WORKERS,
  ...RACES,
  ...PROVIDER_TROUBLES,
  ...DATABASE_TROUBLES,
  ...CHANGED_ENTRIES,
  ...RESTARTS,
  ...BACKEND_CHANGES,
  ...SOAK,
];
