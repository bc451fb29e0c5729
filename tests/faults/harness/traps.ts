import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import type { FaultPoint } from '../../../server/src/fault-points';
import { EMPTIED_FILE, RELEASE_FILE, SPRUNG_FILE, trapFile, type Sprung, type Trap } from './trap-files';

/** The test's side of the fault points: sets traps in a folder that the processes look into. */
export interface Traps {
  /** To be given to the processes. */
  environment: Record<string, string>;
  set(point: FaultPoint, trap: Partial<Omit<Trap, 'id'>>): void;
  sprung(): Sprung[];
  /** Whoever is held goes on; others are not held before the next trap is set. */
  release(): void;
  /** The queue is emptied: to end takes longer until the traps are cleared. */
  noteEmptied(): void;
  clear(): void;
}

export function createTraps(folder: string): Traps {
  const fresh = (): void => {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
  };
  fresh();
  return {
    environment: { AI_JOBS_TRAPS: folder },
    set(point, { action = 'kill', holdMs = 0, skip = 0, times = 1, only = null, pid = null }) {
      const trap: Trap = { id: randomUUID(), action, holdMs, skip, times, only, pid };
      const file = path.join(folder, trapFile(point));
      rmSync(path.join(folder, RELEASE_FILE), { force: true });
      // Never half written: a process may be looking.
      writeFileSync(`${file}.new`, JSON.stringify(trap));
      renameSync(`${file}.new`, file);
    },
    sprung() {
      const file = path.join(folder, SPRUNG_FILE);
      if (!existsSync(file)) return [];
      return readFileSync(file, 'utf8')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as Sprung);
    },
    release: () => writeFileSync(path.join(folder, RELEASE_FILE), ''),
    noteEmptied: () => writeFileSync(path.join(folder, EMPTIED_FILE), ''),
    clear: fresh,
  };
}
