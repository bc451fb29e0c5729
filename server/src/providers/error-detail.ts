const MAX_DETAIL_LENGTH = 300;

/**
 * A provider's words made fit to be stored and shown: they are data from outside. Control and direction characters removed,
 * the key and whatever follows "Bearer" replaced, addresses without credentials and queries, at most 300 characters.
 */
export function cleanDetail(text: string, apiKey: string | null): string {
  const plain = text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').replace(/\p{Cf}/gu, '');
  const withoutKey = apiKey ? plain.replaceAll(apiKey, '[key]') : plain;
  const harmless = withoutKey
    .replace(/\bBearer\s+\S+/gi, 'Bearer [key]')
    .replace(/\bhttps?:\/\/[^\s"'<>]+/gi, publicAddress)
    .replace(/\s+/g, ' ')
    .trim();
  const characters = [...harmless];
  return characters.length <= MAX_DETAIL_LENGTH
    ? harmless
    : `${characters.slice(0, MAX_DETAIL_LENGTH - 1).join('')}…`;
}

function publicAddress(address: string): string {
  if (!URL.canParse(address)) return '[address]';
  const url = new URL(address);
  return `${url.origin}${url.pathname === '/' ? '' : url.pathname}`;
}
