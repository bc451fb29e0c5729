import type { FaultPoint } from '../../../server/src/fault-points';

/** What waits for a process at one of the engine's boundaries. */
export interface Trap {
  id: string;
  /** `hold` blocks the process's event loop for `holdMs`, or until the held are released. */
  action: 'kill' | 'hold';
  holdMs: number;
  /** Passings that are let through first, counted per process. */
  skip: number;
  /** How often it springs. */
  times: number;
  /** Springs for this entry (document id) alone; null: for any. */
  only: string | null;
  /** Springs in this process alone; null: in any. */
  pid: number | null;
}

/** A sprung trap, as a line of the file noted. */
export interface Sprung {
  point: FaultPoint;
  detail: string | null;
  pid: number;
  at: number;
}

export const SPRUNG_FILE = 'sprung.log';
/** As long as it is there, nobody is held. */
export const RELEASE_FILE = 'released';
/** As long as it is there, a process may take its time to end (end-by-itself.cjs). */
export const EMPTIED_FILE = 'queue-emptied';
export const trapFile = (point: FaultPoint): string => `${point.replace(/\W+/g, '-')}.json`;
