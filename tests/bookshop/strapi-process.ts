import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { freePort } from '../services/process';
import { waitFor } from '../wait-for';

export const ROOT = path.resolve(import.meta.dirname, '..', '..');

/** Strapi in a process of its own, on a port of its own. */
export interface StrapiProcess {
  url: string;
  port: number;
  pid: number;
  /** Milliseconds until it answered. */
  startedInMs: number;
  /** What it has printed. */
  output(): string;
  /** Waits for its end, which somebody else brings about; gives the exit code, null after a signal. */
  ends(): Promise<number | null>;
  /** SIGTERM, and waits for its end; gives the exit code. */
  stop(): Promise<number | null>;
  /** SIGKILL, and waits for its end. */
  kill(): Promise<void>;
}

const secret = (): string => randomBytes(16).toString('hex');
/** The same for all processes of a run: sessions and encrypted keys outlive a restart. */
const SECRETS = {
  APP_KEYS: `${secret()},${secret()}`,
  API_TOKEN_SALT: secret(),
  ADMIN_JWT_SECRET: secret(),
  TRANSFER_TOKEN_SALT: secret(),
  JWT_SECRET: secret(),
  ENCRYPTION_KEY: secret(),
};

/** Nothing of the surroundings that would change what the plugin chooses. */
function cleanEnvironment(): Record<string, string> {
  const kept = Object.entries(process.env).filter(
    ([name]) =>
      !/^(OPENAI|OPENROUTER|DEEPSEEK|XAI|GEMINI|OLLAMA|LMSTUDIO|DATABASE|REDIS|PG|AI_JOBS|VITEST|BOOKSHOP|NODE_ENV)/.test(
        name
      )
  );
  return Object.fromEntries(kept.filter((entry): entry is [string, string] => entry[1] !== undefined));
}

/** A process of node's, and what it prints. */
export interface NodeProcess {
  child: ChildProcess;
  output(): string;
  /** Undefined while it runs. */
  exitCode(): number | null | undefined;
  ended: Promise<number | null>;
}

/** Starts node in a project's folder; it ends with this process at the latest. */
export function startNode(project: string, args: string[], environment: Record<string, string>): NodeProcess {
  const child = spawn(process.execPath, args, {
    cwd: project,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...cleanEnvironment(),
      ...SECRETS,
      NODE_ENV: 'production',
      HOST: '127.0.0.1',
      STRAPI_TELEMETRY_DISABLED: 'true',
      ...environment,
    },
  });
  let printed = '';
  const collect = (chunk: Buffer): void => {
    printed = (printed + chunk.toString()).slice(-2_000_000);
  };
  child.stdout?.on('data', collect);
  child.stderr?.on('data', collect);
  const endWithThis = (): void => void child.kill('SIGKILL');
  process.once('exit', endWithThis);
  let exitCode: number | null | undefined;
  const ended = new Promise<number | null>((resolve) => {
    child.once('exit', (code) => {
      exitCode = code;
      process.removeListener('exit', endWithThis);
      resolve(code);
    });
  });
  return { child, output: () => printed, exitCode: () => exitCode, ended };
}

const STRAPI = path.join(ROOT, 'node_modules', '@strapi', 'strapi', 'bin', 'strapi.js');

/** Runs `strapi <args>`, or a script of the project, to its own end. Ended by force after `limitMs`: the code is null then. */
export async function runInProject(
  project: string,
  args: { strapi: string[] } | { script: string },
  environment: Record<string, string> = {},
  limitMs = 90_000
): Promise<{ code: number | null; output: string }> {
  const words = 'strapi' in args ? [STRAPI, ...args.strapi] : [args.script];
  const { child, output, ended } = startNode(project, words, environment);
  const timer = setTimeout(() => child.kill('SIGKILL'), limitMs);
  const code = await ended;
  clearTimeout(timer);
  return { code, output: output() };
}

/** `strapi start` in a project's folder, or another script that starts it; resolves when it answers. */
export async function startStrapi(
  project: string,
  environment: Record<string, string>,
  command: string[] = [STRAPI, 'start']
): Promise<StrapiProcess> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const startedAt = Date.now();
  const { child, output, exitCode, ended } = startNode(project, command, {
    PORT: String(port),
    ...environment,
  });
  let mayEnd = false;
  void ended.then((code) => {
    // Nobody asked it to: whatever test is running fails, and this is why.
    if (!mayEnd)
      process.stderr.write(`Strapi ended by itself (${String(code)}):\n${output().slice(-6_000)}\n`);
  });
  const answers = async (): Promise<boolean> => {
    if (exitCode() !== undefined)
      throw new Error(`Strapi stopped (${String(exitCode())}) while starting:\n${output()}`);
    return fetch(`${url}/_health`).then(
      (response) => response.ok,
      () => false
    );
  };
  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    mayEnd = true;
    if (exitCode() === undefined) child.kill(signal);
    return ended;
  };
  try {
    await waitFor(answers, {
      timeoutMs: 120_000,
      what: () => `Strapi to answer:\n${output().slice(-3_000)}`,
    });
  } catch (error) {
    await end('SIGKILL');
    throw error;
  }
  return {
    url,
    port,
    pid: child.pid ?? 0,
    startedInMs: Date.now() - startedAt,
    output,
    ends() {
      mayEnd = true;
      return ended;
    },
    stop: () => end('SIGTERM'),
    async kill() {
      await end('SIGKILL');
    },
  };
}
