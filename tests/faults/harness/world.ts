import path from 'node:path';
import type { BackendName, CreateJobBody, JobDetail, JobView } from '../../../server/src/contracts';
import { bookshopEnvironment, ROOT, startBookshop, type Bookshop } from '../../bookshop/bookshop';
import { fillBody, POST } from '../../bookshop/fill-jobs';
import { startRedis, type RedisService } from '../../services/redis';
import { freePort } from '../../services/process';
import { waitFor } from '../../wait-for';
import { startFaultyProvider, wordsOf, type FaultyProvider, type ProviderCall } from './faulty-provider';
import { ENDS_TABLE, type DatabaseName, type Ground } from './grounds/ground';
import { createGround } from './grounds/create-ground';
import { ARMED_PLUGIN } from './plugin-build';
import { startProxy, type Proxy } from './proxy';
import { seededRandom, type Random } from './random';
import { createTraps, type Traps } from './traps';
import { startWorker } from './worker';

export interface Combination {
  backend: BackendName;
  database: DatabaseName;
}

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

export interface Post {
  documentId: string;
  title: string;
}

/** A job that the invariants are asserted for. */
export interface WatchedJob {
  id: string;
  posts: Post[];
}

export interface ServeOptions {
  /** Over the plugin's usual options. */
  config?: Record<string, unknown>;
  environment?: Record<string, string>;
  /** Where the plugin stands; default: the armed build. */
  plugin?: string;
  backend?: BackendName;
  /** The Strapi project's folder; default: the bookshop. */
  project?: string;
}

/** Short times: a fault test cannot wait half a minute for a lease to end. */
export const CONCURRENCY = 5;
const LEASE_MS = 2_000;
const CONFIG = {
  leaseMs: LEASE_MS,
  jobTypes: {
    'fill-fields': { concurrency: CONCURRENCY, attempts: 3, timeoutSeconds: 20, backoffSeconds: [1] },
  },
  workers: { shutdownGraceMs: 1_000 },
};
const TIME_TO_END_MS = 90_000;
const ON_THE_WAY_MS = 150;
/** Within which a process that wakes has heard what is no longer its own. */
const WAKING_MS = 1_000;
/** Lets no process cut its own end short; one that is held open ends with HELD_OPEN, and says by what. */
const END_BY_ITSELF = path.join(ROOT, 'tests', 'faults', 'harness', 'end-by-itself.cjs');
const HELD_OPEN = 70;

/** One combination of services, the processes on it, and the books kept of them. */
export class World {
  readonly jobs: WatchedJob[] = [];
  /** Calls whose reply was lost with a process or a database: they may be made once more. */
  readonly lost = new Set<number>();
  /** Between the processes and Redis; null where there is none. */
  redisProxy: Proxy | null = null;
  private redis: RedisService | null = null;
  private readonly shops: Shop[] = [];
  private readonly workers: WorkingProcess[] = [];
  /** Those whose end a test has brought about. */
  private readonly ended = new Set<WorkingProcess>();
  private readonly awakenings: { name: string; at: number }[] = [];
  private posts = 0;
  private names = 0;

  private constructor(
    readonly combination: Combination,
    readonly random: Random,
    readonly ground: Ground,
    readonly provider: FaultyProvider,
    readonly traps: Traps
  ) {}

  static async create(combination: Combination, seed: number): Promise<World> {
    const random = seededRandom(seed);
    const provider = await startFaultyProvider(random);
    const ground = await createGround(combination.database);
    const traps = createTraps(path.join(ground.folder, 'traps'));
    const world = new World(combination, random, ground, provider, traps);
    if (combination.backend === 'redis') await world.ensureRedis();
    return world;
  }

  private async ensureRedis(): Promise<void> {
    this.redis ??= await World.startRedis();
    this.redisProxy ??= await startProxy(this.redis.port);
  }

  private static async startRedis(port?: number, args: string[] = []): Promise<RedisService> {
    const redis = await startRedis({ own: true, port: port ?? (await freePort()), args });
    if (!redis) throw new Error('There is no redis-server on the PATH.');
    return redis;
  }

  /** Straight to Redis, past the proxy. */
  get redisUrl(): string {
    if (!this.redis) throw new Error('This combination has no Redis.');
    return this.redis.url;
  }

  /** Ends Redis and starts an empty one on its port. */
  async restartRedis(args: string[] = []): Promise<void> {
    if (!this.redis) throw new Error('This combination has no Redis.');
    const { port } = this.redis;
    this.traps.noteEmptied();
    await this.redis.stop();
    this.redis = await World.startRedis(port, args);
  }

  /** What the plugin is told, and where everything is, for the process of this name. */
  private async surroundings(
    name: string,
    options: ServeOptions
  ): Promise<{ config: Record<string, unknown>; environment: Record<string, string> }> {
    const backend = options.backend ?? this.combination.backend;
    if (backend === 'redis') await this.ensureRedis();
    return {
      config: {
        ...CONFIG,
        ...options.config,
        queue: {
          backend,
          ...(backend === 'redis' && this.redisProxy
            ? { redisUrl: `redis://127.0.0.1:${this.redisProxy.port}` }
            : {}),
        },
      },
      environment: {
        ...this.ground.environment,
        ...this.traps.environment,
        BOOKSHOP_PLUGIN: options.plugin ?? ARMED_PLUGIN,
        BOOKSHOP_SEED: 'false',
        OPENAI_API_KEY: this.provider.keyOf(name),
        OPENAI_BASE_URL: this.provider.ai.url,
        ...options.environment,
        NODE_OPTIONS: `--require ${END_BY_ITSELF} ${options.environment?.NODE_OPTIONS ?? ''}`,
      },
    };
  }

  /** Starts Strapi on the services of this world. */
  async serve(options: ServeOptions = {}): Promise<Shop> {
    this.names += 1;
    const name = `p${this.names}`;
    const started = await startBookshop({
      folder: this.ground.folder,
      project: options.project,
      ...(await this.surroundings(name, options)),
    });
    let exitCode: number | null | undefined;
    void started.ends().then((code) => {
      exitCode = code;
    });
    // Signed in once: a connection of before a fault shall not be used again after it.
    const admin = await started.admin();
    const shop: Shop = { ...started, admin: () => Promise.resolve(admin), name, exitCode: () => exitCode };
    this.shops.push(shop);
    return shop;
  }

  /** Starts `ai-jobs worker` on the services of this world. */
  async work(options: ServeOptions = {}): Promise<WorkingProcess> {
    this.names += 1;
    const name = `p${this.names}`;
    const { config, environment } = await this.surroundings(name, options);
    const worker = await startWorker(name, {
      ...environment,
      ...bookshopEnvironment(this.ground.folder, config),
    });
    this.workers.push(worker);
    return worker;
  }

  /** The process that runs, or a new one. */
  async anyShop(): Promise<Shop> {
    const running = this.running();
    const [first] = running;
    for (const other of running.slice(1)) await this.stop(other);
    return first ?? this.serve();
  }

  running(): Shop[] {
    return this.shops.filter((shop) => shop.exitCode() === undefined);
  }

  /** The worker processes that run. */
  working(): WorkingProcess[] {
    return this.workers.filter((worker) => worker.exitCode() === undefined);
  }

  /** Those that ended though nobody told them to. */
  endedByThemselves(): WorkingProcess[] {
    return [...this.shops, ...this.workers].filter(
      (each) => each.exitCode() !== undefined && !this.ended.has(each)
    );
  }

  /** Puts drafts without a meta title on the shelf, straight into the table. */
  async newPosts(count: number): Promise<Post[]> {
    const now = this.ground.time(new Date());
    const run = this.random.between(1_000, 9_999);
    const posts: Post[] = [];
    for (let index = 0; index < count; index += 1) {
      this.posts += 1;
      const post = {
        documentId: `fault${run}x${String(this.posts).padStart(14, '0')}`,
        title: `Fault ${run} ${this.posts}`,
      };
      await this.ground.run(
        `insert into posts (document_id, title, locale, created_at, updated_at) values (?, ?, 'en', ?, ?)`,
        [post.documentId, post.title, now, now]
      );
      posts.push(post);
    }
    return posts;
  }

  body(posts: Post[], more: Partial<CreateJobBody> = {}): ReturnType<typeof fillBody> {
    return fillBody({ contentType: POST, documentIds: posts.map((post) => post.documentId) }, {}, more);
  }

  /** From now on the invariants hold for this job, too. */
  watch(id: string, posts: Post[]): void {
    this.jobs.push({ id, posts });
  }

  async startJob(shop: Shop, posts: Post[], more: Partial<CreateJobBody> = {}): Promise<JobView> {
    const job = await (await shop.admin()).createJob(this.body(posts, more));
    this.watch(job.id, posts);
    return job;
  }

  async ends(shop: Shop, jobId: string): Promise<JobDetail> {
    return (await shop.admin()).ends(jobId, TIME_TO_END_MS);
  }

  /** The words of all replies that are in the database. */
  async storedWords(): Promise<Set<string | undefined>> {
    const rows = await this.ground.rows<{ reply: string }>(
      'select reply from ai_jobs_replies where reply is not null'
    );
    return new Set(rows.map(({ reply }) => /AI \d+\./.exec(reply)?.[0]));
  }

  /**
   * A process has gone, for ever or for longer than its lease: the calls it had in hand, those without a stored reply, are lost.
   * Those that it had given up itself, or had an answer to that it made nothing of, were not in hand any more.
   * @param since when it went; epoch milliseconds
   * @throws where that is more than it can have had in hand
   */
  private async loses(gone: WorkingProcess, since: number): Promise<void> {
    // What a process sent in its last moment is still on its way to the provider.
    await new Promise((resolve) => setTimeout(resolve, ON_THE_WAY_MS));
    const stored = await this.storedWords();
    const held = await this.titlesHeld();
    const calls = this.provider.calls.filter((call) => call.process === gone.name);
    const latest = new Map(calls.map((call) => [call.title, call]));
    const isUnderWay = ({ leftAt, answeredAt }: ProviderCall): boolean =>
      Math.min(leftAt ?? Infinity, answeredAt ?? Infinity) >= since;
    const isToBeStored = (call: ProviderCall): boolean =>
      call.leftAt === null && held.has(call.title) && latest.get(call.title) === call;
    const lost = calls.filter(
      (call) =>
        call.paid &&
        !this.lost.has(call.index) &&
        !stored.has(wordsOf(call)) &&
        (isUnderWay(call) || isToBeStored(call))
    );
    for (const call of lost) this.lost.add(call.index);
    if (lost.length > CONCURRENCY)
      throw new Error(
        `${gone.name} may have ${CONCURRENCY} calls in hand; the replies of ${lost.length} went with it: ${JSON.stringify(lost)}`
      );
  }

  /**
   * A process has done nothing since then, and still does nothing: another one may have what it had in hand, unless there is no
   * other, or it was too short for that.
   */
  async fellSilent(silent: WorkingProcess, since: number): Promise<void> {
    if (this.running().length + this.working().length < 2) return;
    if (Date.now() - since <= LEASE_MS / 2) return;
    await this.loses(silent, since);
    this.awakenings.push({ name: silent.name, at: Date.now() });
  }

  /**
   * Whether a process that had been silent sent this call in the instant when it woke, and took it back when it heard that the item
   * was another's: it had asked before it fell silent (docs/faults.md, what is not promised).
   */
  isLate({ process: name, at, leftAt }: ProviderCall): boolean {
    return (
      leftAt !== null &&
      this.awakenings.some((woke) => woke.name === name && at >= woke.at && at - woke.at < WAKING_MS)
    );
  }

  /** The titles of all entries whose items are in the hands of a worker, or have been taken from one that had gone. */
  private async titlesHeld(): Promise<Set<string>> {
    const rows = await this.ground.rows<{ entry_document_id: string }>(
      "select entry_document_id from ai_jobs_items where status = 'processing' or crashes > 0"
    );
    const held = new Set(rows.map((row) => row.entry_document_id));
    return new Set(
      this.jobs.flatMap(({ posts }) =>
        posts.filter(({ documentId }) => held.has(documentId)).map(({ title }) => title)
      )
    );
  }

  /** How often items of a job have been taken from workers that had gone silent. */
  async takeovers(jobId: string): Promise<number> {
    const [row] = await this.ground.rows<{ crashes: number | string | null }>(
      'select sum(crashes) as crashes from ai_jobs_items where job_id = (select id from ai_jobs_jobs where document_id = ?)',
      [jobId]
    );
    return Number(row?.crashes ?? 0);
  }

  /** SIGKILL. */
  async kill(shop: WorkingProcess): Promise<void> {
    this.ended.add(shop);
    const since = Date.now();
    await shop.kill();
    await this.loses(shop, since);
  }

  /** Waits until a trap has killed it. */
  async died(shop: WorkingProcess, timeoutMs = 30_000): Promise<void> {
    await waitFor(() => shop.exitCode() !== undefined, {
      timeoutMs,
      what: () => `${shop.name} to die; it said:\n${shop.output().slice(-2_000)}`,
    });
    this.ended.add(shop);
    const caught = this.traps.sprung().findLast(({ pid }) => pid === shop.pid);
    await this.loses(shop, caught?.at ?? Date.now());
  }

  /** SIGTERM: it has to go by itself, with nothing left open, and with code 0. */
  async stop(shop: WorkingProcess): Promise<void> {
    const toldAt = Date.now();
    this.ended.add(shop);
    const code = await shop.stop();
    const tookMs = Date.now() - toldAt;
    await this.loses(shop, toldAt);
    if (code !== 0 || tookMs > 20_000)
      throw new Error(
        `${shop.name} ended with ${String(code)}${code === HELD_OPEN ? ', held open,' : ''} after ${tookMs} ms:\n${shop.output().slice(-4_000)}`
      );
  }

  async stopAll(): Promise<void> {
    for (const each of [...this.running(), ...this.working()]) await this.stop(each);
  }

  /** Fair weather again for the next case. */
  reset(): void {
    this.jobs.length = 0;
    this.traps.clear();
    this.provider.behave(null);
    this.provider.latency(30, 120);
  }

  /** After a failure: ends every process and forgets what was under way. */
  async abandon(): Promise<void> {
    await Promise.all([...this.running(), ...this.working()].map((each) => each.kill()));
    for (const each of [...this.shops, ...this.workers]) this.ended.add(each);
    await this.redisProxy?.pass();
    await this.ground.proxy?.pass();
    await this.ground.run(
      `update ai_jobs_jobs set status = 'failed' where status in ('pending', 'processing', 'paused')`
    );
    await this.ground.run(`delete from ${ENDS_TABLE}`);
  }

  async close(): Promise<void> {
    await Promise.all([...this.running(), ...this.working()].map((each) => each.kill()));
    await this.provider.close();
    await this.ground.close();
    await this.redisProxy?.close();
    await this.redis?.stop();
  }
}
