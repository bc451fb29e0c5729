import path from 'node:path';
import type { BackendName, CreateJobBody, JobDetail, JobView } from '../../../server/src/contracts';
import { bookshopEnvironment, ROOT, startBookshop } from '../../bookshop/bookshop';
import { fillBody, POST } from '../../bookshop/fill-jobs';
import { startRedis, type RedisService } from '../../services/redis';
import { freePort } from '../../services/process';
import { waitFor } from '../../wait-for';
import { startFaultyProvider, type FaultyProvider } from './faulty-provider';
import { ENDS_TABLE, type DatabaseName, type Ground } from './grounds/ground';
import { createGround } from './grounds/create-ground';
import { LostCalls } from './lost-calls';
import { ARMED_PLUGIN } from './plugin-build';
import { postMaker, type Post } from './posts';
import { startProxy, type Proxy } from './proxy';
import { seededRandom, type Random } from './random';
import { createTraps, type Traps } from './traps';
import type { WatchedJob } from './watched-job';
import { startWorker } from './worker';
import type { Shop, WorkingProcess } from './working-process';

export interface Combination {
  backend: BackendName;
  database: DatabaseName;
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
/** Lets no process cut its own end short; one that is held open ends with HELD_OPEN, and says by what. */
const END_BY_ITSELF = path.join(ROOT, 'tests', 'faults', 'harness', 'end-by-itself.cjs');
const HELD_OPEN = 70;

/** One combination of services, the processes on it, and the books kept of them. */
export class World {
  readonly jobs: WatchedJob[] = [];
  readonly lost: LostCalls;
  readonly newPosts: (count: number) => Promise<Post[]>;
  /** Between the processes and Redis; null where there is none. */
  redisProxy: Proxy | null = null;
  private redis: RedisService | null = null;
  private readonly shops: Shop[] = [];
  private readonly workers: WorkingProcess[] = [];
  /** Those whose end a test has brought about. */
  private readonly ended = new Set<WorkingProcess>();
  private names = 0;

  private constructor(
    readonly combination: Combination,
    readonly random: Random,
    readonly ground: Ground,
    readonly provider: FaultyProvider,
    readonly traps: Traps
  ) {
    this.lost = new LostCalls({ provider, ground, jobs: this.jobs, concurrency: CONCURRENCY });
    this.newPosts = postMaker(ground, random);
  }

  static async create(combination: Combination, seed: number): Promise<World> {
    const random = seededRandom(seed);
    // Calls come in whatever order: what they draw must not change what a case draws.
    const provider = await startFaultyProvider(seededRandom(seed));
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
        // By this PostgreSQL tells whose connection is whose.
        PGAPPNAME: name,
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

  /** Waits for a job's end. A job that does not end is what the faults are about: its error is not one of waiting. */
  async ends(shop: Shop, jobId: string): Promise<JobDetail> {
    const client = await shop.admin();
    return client.ends(jobId, TIME_TO_END_MS).catch((error: unknown) => {
      throw new Error(`The job did not end: ${String(error)}`, { cause: error });
    });
  }

  /**
   * A process has done nothing since then, and still does nothing: another one may have what it had in hand, unless there is no
   * other, or it was too short for that.
   */
  async fellSilent(silent: WorkingProcess, since: number): Promise<void> {
    if (this.running().length + this.working().length < 2) return;
    if (Date.now() - since <= LEASE_MS / 2) return;
    await this.lost.withSilent(silent.name, since);
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
    await this.lost.with(shop.name, since);
  }

  /** Waits until a trap has killed it. */
  async died(shop: WorkingProcess, timeoutMs = 30_000): Promise<void> {
    await waitFor(() => shop.exitCode() !== undefined, {
      timeoutMs,
      what: () => `${shop.name} to die; it said:\n${shop.output().slice(-2_000)}`,
    });
    this.ended.add(shop);
    const caught = this.traps.sprung().findLast(({ pid }) => pid === shop.pid);
    await this.lost.with(shop.name, caught?.at ?? Date.now());
  }

  /** SIGTERM: it has to go by itself, with nothing left open, and with code 0. */
  async stop(shop: WorkingProcess): Promise<void> {
    const toldAt = Date.now();
    this.ended.add(shop);
    const code = await shop.stop();
    const tookMs = Date.now() - toldAt;
    await this.lost.with(shop.name, toldAt);
    if (code !== 0 || tookMs > 20_000)
      throw new Error(
        `${shop.name} ended with ${String(code)}${code === HELD_OPEN ? ', held open,' : ''} after ${tookMs} ms:\n${shop.output().slice(-4_000)}`
      );
  }

  async stopAll(): Promise<void> {
    for (const each of [...this.running(), ...this.working()]) await this.stop(each);
  }

  /** What a case draws depends on the run's seed and its own title, not on the cases before it. */
  begin(title: string): void {
    this.random.begin(title);
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
