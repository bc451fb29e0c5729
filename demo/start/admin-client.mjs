import { DemoError } from './run.mjs';

const TIMEOUT_MS = 30_000;

async function read(response, what) {
  const body = await response.json().catch(() => ({}));
  if (response.ok) return body;
  const problems =
    body.error?.details?.errors?.map(({ path, message }) => `${path?.join('.')}: ${message}`) ?? [];
  const sentence = [body.error?.message ?? response.statusText, ...problems].join('; ');
  const error = new DemoError(`${what}: ${sentence} (HTTP ${response.status})`);
  error.status = response.status;
  throw error;
}

/** Signs in to the admin panel at `url` and gives a function that sends requests as that person. */
export async function signIn(url, { email, password }) {
  const call = (method, path, body, token) =>
    fetch(`${url}${path}`, {
      method,
      headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
  const newToken = async () => {
    const response = await call('POST', '/admin/login', { email, password });
    return (await read(response, `${email} cannot sign in`)).data.token;
  };
  let token = await newToken();

  /** Resolves to the answer's body. Signs in anew where the session has run out. Throws a DemoError otherwise. */
  return async (method, path, body) => {
    let response = await call(method, path, body, token);
    if (response.status === 401) {
      token = await newToken();
      response = await call(method, path, body, token);
    }
    return read(response, `${method} ${path}`);
  };
}
