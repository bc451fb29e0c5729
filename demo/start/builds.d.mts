interface BuildOptions {
  /** Called with a line for the person who waits. */
  say: (line: string) => void;
  signal?: AbortSignal;
}

export function ensurePlugin(options: BuildOptions): Promise<void>;
export function ensurePanel(options: BuildOptions): Promise<void>;
