/**
 * Takes credentials out of a text: the user-info part of every URL in it, and each of `secrets` wherever it stands.
 * Secrets shorter than 4 characters are left alone, as words would be hit.
 */
export function redact(text: string, secrets: (string | null | undefined)[] = []): string {
  const withoutUserInfo = text.replace(/([a-z][a-z0-9+.-]*:\/\/)[^\s/@]*(?:\/[^\s/@]*)*@/gi, '$1***@');
  return secrets.reduce<string>(
    (rest, secret) => (secret && secret.length >= 4 ? rest.replaceAll(secret, '***') : rest),
    withoutUserInfo
  );
}

/** The words of an error, also of an AggregateError without a message of its own, as Node makes them for `localhost`. */
export function errorText(error: unknown): string {
  if (error instanceof AggregateError && !error.message) return error.errors.map(errorText).join('; ');
  return error instanceof Error ? error.message || error.name : String(error);
}

/** The user and password of a connection URL as they may turn up in an error: as written and decoded. */
export function secretsOfUrl(url: string | null | undefined): string[] {
  const password = url?.match(/^[a-z0-9+.-]+:\/\/[^:@/]*:(.*)@/i)?.[1];
  if (!password) return [];
  try {
    return [password, decodeURIComponent(password)];
  } catch {
    return [password];
  }
}
