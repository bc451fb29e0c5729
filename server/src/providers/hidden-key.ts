/** Shorter ones are made-up keys of local servers, and parts of common words. */
const SHORTEST_HIDDEN_KEY = 8;
/** As many backslashes as stand before a character that is escaped four times over: JSON inside of JSON, and so on. */
const MOST_BACKSLASHES = 15;

/**
 * Takes a key out of texts, whatever they are: "[key]" stands instead. In JSON, and in JSON that is a text inside of JSON, any
 * of its characters may be escaped (`\/`, `\u002f`, `\\\/`); what is left can be parsed as before.
 * @param key printable ASCII, as a header holds it; one of fewer than eight characters is left where it is
 */
export function createKeyHiding(key: string): (text: string) => string {
  if (key.length < SHORTEST_HIDDEN_KEY) return (text) => text;
  const pattern = new RegExp([...key.replace(/\\+/g, '\\')].map(anySpelling).join(''), 'g');
  return (text) => text.replace(pattern, '[key]');
}

/** The source of a pattern for a character as it is, after backslashes, and by its number. */
function anySpelling(character: string): string {
  const number = character.charCodeAt(0).toString(16).padStart(2, '0');
  const itself = character === '\\' ? '' : `\\x${number}`;
  const anyCase = number.replace(/[a-f]/g, (letter) => `[${letter}${letter.toUpperCase()}]`);
  const fewest = itself === '' ? 1 : 0;
  return `(?:\\\\{${fewest},${MOST_BACKSLASHES}}${itself}|\\\\{1,${MOST_BACKSLASHES}}u00${anyCase})`;
}
