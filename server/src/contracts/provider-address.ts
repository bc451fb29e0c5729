/**
 * A provider's address without slashes at its end; null: not http(s), or with parts that an address of an interface has not.
 * A user name, a password, a query and a fragment may hold secrets, and would be stored and shown as they are.
 */
export function usableAddress(value: string): string | null {
  if (!URL.canParse(value)) return null;
  const url = new URL(value);
  const plain = url.username === '' && url.password === '' && !/[?#]/.test(value);
  const overHttp = url.protocol === 'http:' || url.protocol === 'https:';
  return plain && overHttp ? url.href.replace(/\/+$/, '') : null;
}
