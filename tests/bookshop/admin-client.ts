import { request } from 'node:http';
import type {
  CreateJobBody,
  ItemView,
  JobDetail,
  JobView,
  ListItemsResponse,
  ReasonParams,
} from '../../server/src/contracts';
import { waitFor } from '../wait-for';

export interface Answer<Body = unknown> {
  status: number;
  body: Body;
  durationMs: number;
}

/** What an error looks like on the wire. */
export interface ErrorBody {
  error: {
    status: number;
    name: string;
    message: string;
    details?: {
      errors?: { path: string[]; message: string; code?: string; params?: ReasonParams }[];
      code?: string;
      params?: ReasonParams;
    };
  };
}

/** One request on a connection of its own: a kept one may be closed by a server that was busy. */
function send(
  method: string,
  url: string,
  token: string,
  body: unknown
): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      url,
      {
        method,
        agent: false,
        headers: {
          authorization: `Bearer ${token}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
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
    outgoing.on('error', reject);
    outgoing.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

/** Strapi's admin interface, signed in as someone. */
export class AdminClient {
  constructor(
    readonly url: string,
    readonly token: string,
    readonly person: { id: number; email: string }
  ) {}

  async request<Body = unknown>(method: string, path: string, body?: unknown): Promise<Answer<Body>> {
    const startedAt = performance.now();
    const { status, text } = await send(method, `${this.url}${path}`, this.token, body);
    let parsed: unknown = null;
    try {
      parsed = text === '' ? null : JSON.parse(text);
    } catch {
      parsed = text;
    }
    return { status, body: parsed as Body, durationMs: performance.now() - startedAt };
  }

  /** The answer's data; throws where the status is not 2xx. */
  async data<Data>(method: string, path: string, body?: unknown): Promise<Data> {
    const answer = await this.request<{ data: Data }>(method, path, body);
    if (answer.status >= 300)
      throw new Error(`${method} ${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`);
    return answer.body.data;
  }

  createJob(body: Omit<CreateJobBody, 'settings'> & { settings: Record<string, unknown> }): Promise<JobView> {
    return this.data('POST', '/ai-jobs/jobs', body);
  }

  job(id: string): Promise<JobDetail> {
    return this.data('GET', `/ai-jobs/jobs/${id}`);
  }

  async items(id: string, query = ''): Promise<ItemView[]> {
    const answer = await this.request<ListItemsResponse>(
      'GET',
      `/ai-jobs/jobs/${id}/items?pageSize=100${query}`
    );
    if (answer.status !== 200)
      throw new Error(`items answered ${answer.status}: ${JSON.stringify(answer.body)}`);
    return answer.body.data;
  }

  act(id: string, action: string, body: unknown = {}): Promise<Answer<{ data: JobView } & ErrorBody>> {
    return this.request('POST', `/ai-jobs/jobs/${id}/${action}`, body);
  }

  /** Waits until a job is in one of some statuses. */
  async reaches(
    id: string,
    statuses: string[] | ((job: JobDetail) => boolean),
    timeoutMs = 60_000
  ): Promise<JobDetail> {
    let last: JobDetail | null = null;
    const matches =
      typeof statuses === 'function' ? statuses : (job: JobDetail) => statuses.includes(job.status);
    await waitFor(
      async () => {
        last = await this.job(id);
        return matches(last);
      },
      {
        timeoutMs,
        what: () =>
          `job ${id} to get on; it is ${JSON.stringify({ status: last?.status, counts: last?.counts, reason: last?.reason, groups: last?.errorGroups })}`,
      }
    );
    if (!last) throw new Error('unreachable');
    return last;
  }

  ends(id: string, timeoutMs = 60_000): Promise<JobDetail> {
    return this.reaches(
      id,
      (job) =>
        ['completed', 'failed', 'cancelled'].includes(job.status) &&
        job.counts.pending + job.counts.processing === 0,
      timeoutMs
    );
  }

  /** A page of the Content Manager's list. */
  async entries(contentType: string, query = ''): Promise<Record<string, unknown>[]> {
    const answer = await this.request<{ results: Record<string, unknown>[] }>(
      'GET',
      `/content-manager/collection-types/${contentType}?pageSize=100${query}`
    );
    if (answer.status !== 200)
      throw new Error(`entries answered ${answer.status}: ${JSON.stringify(answer.body)}`);
    return answer.body.results;
  }

  async entry(contentType: string, documentId: string, query = ''): Promise<Record<string, unknown>> {
    return this.data('GET', `/content-manager/collection-types/${contentType}/${documentId}${query}`);
  }

  edit(
    contentType: string,
    documentId: string,
    change: Record<string, unknown>,
    query = ''
  ): Promise<Answer> {
    return this.request(
      'PUT',
      `/content-manager/collection-types/${contentType}/${documentId}${query}`,
      change
    );
  }
}

export async function signIn(url: string, who: { email: string; password: string }): Promise<AdminClient> {
  const response = await fetch(`${url}/admin/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(who),
  });
  if (!response.ok)
    throw new Error(`Signing in as ${who.email} answered ${response.status}: ${await response.text()}`);
  const { data } = (await response.json()) as {
    data: { token: string; user: { id: number; email: string } };
  };
  return new AdminClient(url, data.token, data.user);
}
