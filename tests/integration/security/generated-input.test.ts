import { request } from 'node:http';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AdminClient, ErrorBody } from '../../bookshop/admin-client';
import type { Bookshop } from '../../bookshop/bookshop';
import { fillBody, POST, QUICK } from '../../bookshop/fill-jobs';
import { composeAnswer } from '../../fakes/openai-compose';
import { ok, startOpenAiServer, type FakeOpenAi } from '../../fakes/openai-server';
import { waitFor } from '../../wait-for';
import { brokenRows } from './broken-rows';
import { openTables, type Tables } from './tables';
import { generatedRequests, type GeneratedRequest } from './generated-requests';
import { makeSubjects, type Subjects } from './subjects';

/** The same requests again: set it to the seed that a failure printed. CI always sends the same. */
const SEED = Number(
  process.env.GENERATED_INPUT_SEED ?? (process.env.CI === 'true' ? 20_261_122 : Date.now() % 2_147_483_647)
);
/** All of them take three minutes on two cores. */
const REQUESTS = Number(process.env.GENERATED_INPUT_REQUESTS ?? 5_000);
const AT_ONCE = 6;
/** After so many requests, what they have taken away is made anew. */
const RENEWED_EVERY = 30;
/** Longer is a hang: for a request that is sent alone. Among others, on a busy machine, it may wait its turn. */
const PATIENCE_MS = 10_000;
const PATIENCE_AMONG_OTHERS_MS = 60_000;
/** Strapi takes no larger body; it may hang up on who goes on sending one. In bytes. */
const LARGEST_BODY = 1_048_576;
/** Strapi's database: `sqlite` or `postgres`. */
const DATABASE = process.env.GENERATED_INPUT_DATABASE ?? 'sqlite';

let shop: Bookshop;
let ai: FakeOpenAi;
let administrator: AdminClient;
let subjects: Subjects;
let tables: Tables;

beforeAll(async () => {
  ai = await startOpenAiServer((request) => {
    // It keeps what it is asked: with generated prompts, thousands of them, that would fill the memory.
    ai.reset();
    return ok(composeAnswer(request.body));
  });
  const environment = { OPENAI_API_KEY: 'sk-test-key-1234', OPENAI_BASE_URL: ai.url };
  ({ shop, tables } = await openTables(DATABASE, { config: QUICK, environment }));
  administrator = await shop.admin();
  subjects = await makeSubjects(administrator, tables, ai.url);
});

afterAll(async () => {
  await shop?.remove();
  await tables?.close();
  await ai?.close();
});

/** Sends the bytes as they are, bent addresses too. */
function send(
  { method, path, body }: GeneratedRequest,
  patienceMs: number
): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      {
        host: '127.0.0.1',
        port: shop.port,
        method,
        path,
        agent: false,
        headers: {
          authorization: `Bearer ${administrator.token}`,
          ...(body === undefined
            ? {}
            : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
        },
      },
      (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
        incoming.on('end', () =>
          resolve({ status: incoming.statusCode ?? 0, text: Buffer.concat(chunks).toString() })
        );
        incoming.on('error', reject);
      }
    );
    outgoing.setTimeout(patienceMs, () => outgoing.destroy(new Error(`no answer in ${patienceMs} ms`)));
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

const shown = ({ method, path, body = '' }: GeneratedRequest): string =>
  `${method} ${path.slice(0, 300)} ${body.length > 600 ? `${body.slice(0, 600)}… (${body.length})` : body}`;

/** Names of errors that come from Strapi itself, with its words, before the plugin is asked: no route, a body that cannot be read. */
const OF_STRAPI = ['Not Found', 'Method Not Allowed', 'Bad Request'];

/** Whether a refusal of the plugin lacks the code by which it is put into the reader's language. */
function uncoded({ error }: Partial<ErrorBody>): boolean {
  if (!error) return false;
  const problems = error.details?.errors;
  if (problems) return problems.some(({ code }) => code === undefined);
  const isOfStrapi =
    OF_STRAPI.includes(error.message) || ['SyntaxError', 'PayloadTooLargeError'].includes(error.name);
  return !isOfStrapi && error.details?.code === undefined;
}

/** What a model's extra parameters may hold like anything else: it comes back as it was sent, and changes nothing. */
const AS_DATA = '"constructor":{"prototype":{"polluted":true}}';

/** What is wrong with an answer; null: nothing. @throws where it is no JSON */
function faultIn({ status, text }: { status: number; text: string }): string | null {
  if (status >= 500 || status < 200) return `${status} ${text.slice(0, 300)}`;
  if (/polluted|isAdmin/.test(text.replaceAll(AS_DATA, '')) && status < 300)
    return `took over a prototype: ${text.slice(0, 300)}`;
  if (status === 204) return null;
  if (status >= 400 && /node_modules|at .+\.js:\d+/.test(text)) return `tells of its inside: ${text}`;
  const parsed = JSON.parse(text) as Partial<ErrorBody>;
  return uncoded(parsed) ? `says in English only: ${text.slice(0, 300)}` : null;
}

/** Sends a request. @returns what is wrong with the answer, and its status; 0: none was needed */
async function ask(
  sent: GeneratedRequest,
  patienceMs: number
): Promise<{ fault: string | null; status: number }> {
  try {
    const answer = await send(sent, patienceMs);
    return { fault: faultIn(answer), status: answer.status };
  } catch (error) {
    const hungUp =
      error instanceof Error && 'code' in error && /^(EPIPE|ECONNRESET)$/.test(String(error.code));
    const mayHangUp = hungUp && Buffer.byteLength(sent.body ?? '') > LARGEST_BODY;
    return { fault: mayHangUp ? null : String(error), status: 0 };
  }
}

/** How often each route with an id in its address was asked, and how often for something that exists. */
class Encounters {
  private readonly routes = new Map<string, { asked: number; met: number }>();

  note({ route, meansSomething }: GeneratedRequest, status: number): void {
    if (!route.includes('/:id')) return;
    const { asked, met } = this.routes.get(route) ?? { asked: 0, met: 0 };
    const hasMet = meansSomething && status !== 404 && status !== 0;
    this.routes.set(route, { asked: asked + 1, met: met + (hasMet ? 1 : 0) });
  }

  /**
   * Routes that met something too seldom. Seven in ten requests mean something, and most of that is still there: half of them
   * less what chance may take, by Hoeffding's bound less than once in 200,000 runs of a route.
   */
  rare(): string[] {
    return [...this.routes]
      .filter(([, { asked, met }]) => met < asked / 2 - 2.5 * Math.sqrt(asked))
      .map(([route, { asked, met }]) => `${route}: ${met} of ${asked}`);
  }
}

/** What is broken in the tables. Between two transactions nothing is; a look may fall into the moment of a deletion, so it gets others. */
function brokenInTheEnd(): Promise<[string, unknown[]][]> {
  const lookedUntil = Date.now() + 10_000;
  return waitFor(
    async () => {
      const broken = Object.entries(await brokenRows(tables)).filter(([, rows]) => rows.length > 0);
      return broken.length === 0 || Date.now() > lookedUntil ? broken : null;
    },
    { timeoutMs: 60_000, everyMs: 200 }
  ).then((broken) => broken ?? []);
}

test(
  `${REQUESTS} generated requests: no 500, no hang, nothing half written`,
  { retry: 0, timeout: Math.max(600_000, REQUESTS * 400) },
  async () => {
    const generated = generatedRequests(subjects.known);
    const requestOf = (number: number): GeneratedRequest | undefined =>
      fc.sample(generated, { seed: SEED + number, numRuns: 1 })[0];
    const faults: string[] = [];
    const slow: [number, GeneratedRequest][] = [];
    const encounters = new Encounters();
    let next = 0;
    const worker = async (): Promise<void> => {
      while (next < REQUESTS && faults.length < 20) {
        const number = next;
        next += 1;
        if (number % RENEWED_EVERY === 0) await subjects.renew();
        const sent = requestOf(number);
        if (!sent) continue;
        const startedAt = Date.now();
        const { fault, status } = await ask(sent, PATIENCE_AMONG_OTHERS_MS);
        encounters.note(sent, status);
        if (Date.now() - startedAt > PATIENCE_MS) slow.push([number, sent]);
        if (fault) faults.push(`#${number} ${shown(sent)}\n   → ${fault}`);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
    for (const [number, sent] of slow) {
      const { fault } = await ask(sent, PATIENCE_MS);
      if (fault) faults.push(`#${number}, alone: ${shown(sent)}\n   → ${fault}`);
    }
    expect(faults, `GENERATED_INPUT_SEED=${SEED}`).toEqual([]);
    expect(encounters.rare(), `GENERATED_INPUT_SEED=${SEED}`).toEqual([]);

    expect(await brokenInTheEnd(), `GENERATED_INPUT_SEED=${SEED}`).toEqual([]);
    expect((await fetch(`${shop.url}/_health`)).status).toBe(204);
    // With limits that the generated settings may have changed, it still does its work.
    const limits = { concurrency: 10, attempts: 2, timeoutSeconds: 20, backoffSeconds: [1] };
    const providers = { openai: { maxParallel: 10, requestsPerMinute: null } };
    await administrator.data('PUT', '/ai-jobs/settings', { limits, providers });
    const { documentIds } = subjects.known;
    const job = await administrator.createJob(
      fillBody({ contentType: POST, documentIds }, {}, { priority: 'high' })
    );
    const ended = await administrator.ends(job.id, 120_000);
    expect(ended.counts.completed + ended.counts.conflict).toBe(documentIds.length);
    expect(shop.output()).not.toMatch(/UnhandledPromiseRejection|RangeError: Maximum call stack/);
  }
);
