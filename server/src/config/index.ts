import { z } from 'zod';

const backoffSeconds = z.array(z.number().int().min(0).max(86_400)).min(1).max(10);

const limitsSchema = z.strictObject({
  /** Calls at once in one process; a few more items are read for and written meanwhile. */
  concurrency: z.number().int().min(1).max(500).optional(),
  /** Tries per item in all. */
  attempts: z.number().int().min(1).max(20).optional(),
  /** Longest an attempt may take. */
  timeoutSeconds: z.number().int().min(1).max(3_600).optional(),
  /** Seconds before the second, third … attempt; the last one repeats. */
  backoffSeconds: backoffSeconds.optional(),
});

const providerSchema = z.strictObject({
  /** Shown instead of the provider's own name. */
  label: z.string().min(1).max(100).optional(),
  apiKey: z.string().optional(),
  baseUrl: z.string().optional(),
  defaultModel: z.string().max(200).optional(),
  /** Parallel calls across all workers. */
  maxParallel: z.number().int().min(1).max(1_000).optional(),
  requestsPerMinute: z.number().int().min(1).max(1_000_000).optional(),
  /** Sent and received, across all workers. */
  tokensPerMinute: z.number().int().min(1).max(1_000_000_000).optional(),
});

/** The plugin's options in `config/plugins.js` under `ai-jobs.config`. Every one may be left out. */
export const configSchema = z.strictObject({
  queue: z
    .strictObject({
      /** `auto`: redis if a URL is given, else postgres if Strapi is on PostgreSQL, else embedded. */
      backend: z.enum(['auto', 'redis', 'postgres', 'embedded']).optional(),
      /** Else `AI_JOBS_REDIS_URL` or `REDIS_URL` in the environment. */
      redisUrl: z.string().min(1).optional(),
      /** Before every key in Redis. */
      keyPrefix: z.string().min(1).max(60).optional(),
      /** The schema beside Strapi's tables in PostgreSQL. */
      postgresSchema: z
        .string()
        .regex(/^[a-z_][a-z0-9_]*$/, 'must be lower case letters, digits and underscores')
        .max(60)
        .optional(),
      /** Where the embedded queue keeps its data; relative to the project's folder. */
      directory: z.string().min(1).optional(),
    })
    .optional(),
  workers: z
    .strictObject({
      /** Whether this server works on items itself. */
      inProcess: z.boolean().optional(),
      /** How long a stopping server waits for what is in hand; milliseconds. */
      shutdownGraceMs: z.number().int().min(0).max(600_000).optional(),
    })
    .optional(),
  /** Limits per job type, like `'fill-fields': { concurrency: 10 }`. */
  jobTypes: z.record(z.string(), limitsSchema).optional(),
  /** Per provider, like `openai: { apiKey, baseUrl, defaultModel }`. */
  providers: z.record(z.string(), providerSchema).optional(),
  /** Crashes of its worker after which an item is set aside. */
  crashesBeforeQuarantine: z.number().int().min(1).max(20).optional(),
  /** Minutes a provider may be down before the jobs that use it pause themselves. */
  pauseAfterMinutesDown: z.number().min(0.01).max(1_440).optional(),
  /** How long a silent worker keeps its items; milliseconds. */
  leaseMs: z.number().int().min(2_000).max(600_000).optional(),
});
export type PluginConfig = z.infer<typeof configSchema>;

/** The options with everything filled in. */
export interface ResolvedConfig {
  queue: {
    backend: 'auto' | 'redis' | 'postgres' | 'embedded';
    redisUrl: string | null;
    keyPrefix: string;
    postgresSchema: string;
    directory: string;
  };
  workers: { inProcess: boolean; shutdownGraceMs: number };
  jobTypes: NonNullable<PluginConfig['jobTypes']>;
  providers: NonNullable<PluginConfig['providers']>;
  crashesBeforeQuarantine: number;
  pauseAfterMinutesDown: number;
  leaseMs: number;
}

/** Defaults live here and not in Strapi's `default`: Strapi merges arrays by index. */
export function resolveConfig(
  config: PluginConfig,
  environment: Readonly<Record<string, string | undefined>>
): ResolvedConfig {
  return {
    queue: {
      backend: config.queue?.backend ?? 'auto',
      redisUrl: config.queue?.redisUrl ?? environment.AI_JOBS_REDIS_URL ?? environment.REDIS_URL ?? null,
      keyPrefix: config.queue?.keyPrefix ?? 'ai-jobs',
      postgresSchema: config.queue?.postgresSchema ?? 'ai_jobs_queue',
      directory: config.queue?.directory ?? '.tmp/ai-jobs-queue',
    },
    workers: {
      inProcess: config.workers?.inProcess ?? true,
      shutdownGraceMs: config.workers?.shutdownGraceMs ?? 10_000,
    },
    jobTypes: config.jobTypes ?? {},
    providers: config.providers ?? {},
    crashesBeforeQuarantine: config.crashesBeforeQuarantine ?? 3,
    pauseAfterMinutesDown: config.pauseAfterMinutesDown ?? 10,
    leaseMs: config.leaseMs ?? 30_000,
  };
}

/** @param problems each with the option it is about in front */
export const invalidConfig = (problems: string[]): string =>
  `AI Jobs: the plugin's configuration (config/plugins, "ai-jobs") is not valid:\n${problems
    .map((problem) => `  - ${problem}`)
    .join('\n')}`;

/** What Strapi reads: `validator` must throw, what it returns is not used. */
export default {
  default: {},
  validator(config: unknown): void {
    const result = configSchema.safeParse(config);
    if (result.success) return;
    const problems = result.error.issues.map(
      (issue) => `${issue.path.join('.') || 'config'}: ${issue.message}`
    );
    throw new Error(invalidConfig(problems));
  },
};
