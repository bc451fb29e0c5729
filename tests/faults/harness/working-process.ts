import type { Bookshop } from '../../bookshop/bookshop';

/** A process that works, known to the provider by its name. */
export interface WorkingProcess {
  name: string;
  pid: number;
  output(): string;
  /** Undefined while it runs. */
  exitCode(): number | null | undefined;
  /** SIGTERM, and waits for its end; gives the exit code. */
  stop(): Promise<number | null>;
  /** SIGKILL, and waits for its end. */
  kill(): Promise<void>;
}

/** One that people speak to. */
export interface Shop extends Bookshop, WorkingProcess {}
