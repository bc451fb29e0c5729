import {
  fault,
  isRecord,
  readFault,
  UNREADABLE,
  UNRECOGNISED,
  type OwnWords,
  type ProviderFault,
} from './fault';
import { createKeyHiding } from './hidden-key';

const SENT_HEADERS = ['accept', 'authorization', 'content-type', 'user-agent'];
const MAX_REPLY_BYTES = 10 * 1024 * 1024;

/**
 * The `fetch` that the openai package is given. It reads the whole body, so that the package's timeout covers it, and brings
 * every answer into OpenAI's shape: what cannot be read, and an error inside a 200, become an error status with a
 * `ProviderFault` under `error`. Redirects are not followed: the key is for the address that was set, and no other.
 * Where an answer repeats the key, in a message, a header or the model's own words, "[key]" stands instead: it reaches nobody.
 * Only the headers needed leave; the package would add the machine's platform and `OPENAI_CUSTOM_HEADERS`.
 */
export function createGuardedFetch(headerNames: string[], maxBytes = MAX_REPLY_BYTES) {
  const names = [...SENT_HEADERS, ...headerNames];
  return async (input: string | URL | Request, init: RequestInit = {}): Promise<Response> => {
    const given = init.headers instanceof Headers ? init.headers : new Headers(init.headers);
    const headers = new Headers();
    for (const name of names) {
      const value = given.get(name);
      if (value !== null) headers.set(name, value);
    }
    const hideKey = createKeyHiding(keyOf(headers));
    const response = await fetch(input, { ...init, headers, redirect: 'manual' });
    const answered = withoutKey(response.headers, hideKey);
    if (response.status >= 300 && response.status < 400) {
      await response.body?.cancel();
      return failed(502, fault(UNREADABLE, redirectWords(response, hideKey)), answered);
    }
    const read = await readText(response, maxBytes);
    if (read === null) {
      const megabytes = Math.round(maxBytes / 1024 / 1024);
      const words: OwnWords = { code: 'detail_reply_too_large', params: { megabytes } };
      return failed(502, fault(UNREADABLE, words), answered);
    }
    return inOneShape(response, hideKey(read), answered);
  };
}

const keyOf = (headers: Headers): string => headers.get('authorization')?.replace(/^Bearer /, '') ?? '';

/** The same headers where none of them repeats the key. */
function withoutKey(headers: Headers, hideKey: (text: string) => string): Headers {
  const all = [...headers];
  const hidden = all.map(([name, value]): [string, string] => [name, hideKey(value)]);
  return hidden.every(([, value], position) => value === all[position]?.[1]) ? headers : new Headers(hidden);
}

function inOneShape(response: Response, text: string, headers: Headers): Response {
  const body = parsed(text);
  if (!response.ok) {
    const status = Math.min(response.status, 599);
    return failed(status, readFault(body) ?? fault(UNRECOGNISED, summary(text, body)), headers);
  }
  if (body === undefined) return failed(502, fault(UNREADABLE, summary(text, body)), headers);
  const inside = faultInside(body);
  if (inside) return failed(statusOf(inside), inside, headers);
  return withJson(200, text, headers);
}

/** OpenRouter's: the upstream failed after the 200 was sent, in the whole or in the first choice. */
function faultInside(body: unknown): ProviderFault | null {
  if (!isRecord(body)) return null;
  if (body.error && body.choices === undefined) return readFault(body);
  const choice: unknown = Array.isArray(body.choices) ? body.choices[0] : undefined;
  return isRecord(choice) && choice.error ? readFault(choice) : null;
}

function statusOf(inside: ProviderFault): number {
  const code = Number(inside.code);
  return Number.isInteger(code) && code >= 400 && code <= 599 ? code : 502;
}

function failed(status: number, error: ProviderFault, headers: Headers): Response {
  return withJson(status, JSON.stringify({ error }), headers);
}

function withJson(status: number, text: string, headers: Headers): Response {
  const kept = new Headers(headers);
  // Both describe the bytes as they travelled, compressed perhaps.
  kept.delete('content-length');
  kept.delete('content-encoding');
  kept.set('content-type', 'application/json');
  return new Response(text, { status, headers: kept });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function readText(response: Response, maxBytes: number): Promise<string | null> {
  if (!response.body) return '';
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    bytes += value.byteLength;
    if (bytes > maxBytes) {
      await reader.cancel();
      return null;
    }
    text += decoder.decode(value, { stream: true });
  }
}

/** What to tell a person about a body that is not the interface's. */
function summary(text: string, body: unknown): string | OwnWords {
  if (text.trim() === '') return { code: 'detail_reply_empty', params: {} };
  if (/^\s*<(!doctype|html|\?xml)/i.test(text)) {
    const pageTitle = /<title>([^<]*)<\/title>/i.exec(text)?.[1]?.trim();
    return pageTitle
      ? { code: 'detail_reply_page_titled', params: { pageTitle } }
      : { code: 'detail_reply_page', params: {} };
  }
  if (/^\s*(data|event):/.test(text)) return { code: 'detail_reply_stream', params: {} };
  return body === undefined
    ? { code: 'detail_reply_not_json', params: { excerpt: text.slice(0, 100) } }
    : text.slice(0, 200);
}

function redirectWords(response: Response, hideKey: (text: string) => string): OwnWords {
  const location = response.headers.get('location') ?? '';
  const redirectStatus = response.status;
  if (!URL.canParse(location, response.url))
    return { code: 'detail_reply_redirect_unknown', params: { redirectStatus } };
  const target = hideKey(new URL(location, response.url).origin);
  return { code: 'detail_reply_redirect', params: { target, redirectStatus } };
}
