/** A JSON schema, as far as answers are composed from it. */
type Schema = Record<string, unknown>;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Composes what a model would answer to a request's body: plain text from the words of the last user message, or JSON that
 * satisfies the schema given in `response_format` or told in the system message. The same request gets the same answer.
 */
export function composeAnswer(body: Record<string, unknown>): string {
  const source = lastUserText(body);
  const schema = schemaOf(body);
  if (schema) return JSON.stringify(composeValue(schema, source, 'answer'));
  return composeText(source, 'text', 1_000, 1);
}

function lastUserText(body: Record<string, unknown>): string {
  const messages: unknown[] = Array.isArray(body.messages) ? body.messages : [];
  const users = messages.filter(isObject).filter(({ role }) => role === 'user');
  const content = users.at(-1)?.content;
  return typeof content === 'string' ? content : '';
}

function schemaOf(body: Record<string, unknown>): Schema | null {
  const format = isObject(body.response_format) ? body.response_format : {};
  if (isObject(format.json_schema) && isObject(format.json_schema.schema)) return format.json_schema.schema;
  const messages: unknown[] = Array.isArray(body.messages) ? body.messages : [];
  for (const message of messages.filter(isObject)) {
    const told = typeof message.content === 'string' ? /JSON schema:\n(\{.*\})/.exec(message.content) : null;
    if (told?.[1]) {
      const schema: unknown = JSON.parse(told[1]);
      return isObject(schema) ? schema : null;
    }
  }
  return null;
}

function composeValue(schema: Schema, source: string, name: string): unknown {
  const choices: unknown = schema.enum;
  if (Array.isArray(choices)) return choices[0];
  if ('const' in schema) return schema.const;
  if (Array.isArray(schema.anyOf) && isObject(schema.anyOf[0]))
    return composeValue(schema.anyOf[0], source, name);
  const type: unknown = Array.isArray(schema.type) ? schema.type[0] : schema.type;
  if (type === 'object' || isObject(schema.properties)) {
    const properties = isObject(schema.properties) ? schema.properties : {};
    return Object.fromEntries(
      Object.entries(properties).map(([key, value]) => [
        key,
        isObject(value) ? composeValue(value, source, key) : null,
      ])
    );
  }
  if (type === 'array') {
    const items = isObject(schema.items) ? schema.items : { type: 'string' };
    const length = Math.max(1, numberOf(schema.minItems, 1));
    return Array.from({ length }, (_, index) => composeValue(items, source, `${name} ${index + 1}`));
  }
  if (type === 'integer' || type === 'number') return numberOf(schema.minimum, 1);
  if (type === 'boolean') return true;
  if (type === 'null') return null;
  return composeText(
    source,
    name,
    numberOf(schema.maxLength, toldLimit(schema)),
    numberOf(schema.minLength, 1)
  );
}

/** `name: the prompt's first words`, within the lengths. */
function composeText(source: string, name: string, maxLength: number, minLength: number): string {
  const words = source.replace(/\s+/g, ' ').trim() || 'nothing';
  return `${name}: ${words}`.padEnd(minLength, '.').slice(0, maxLength).trimEnd();
}

/** The limit as the plugin tells it in words: strict schemas may not hold `maxLength`. */
const toldLimit = ({ description }: Schema): number =>
  Number(/At most (\d+) characters/.exec(String(description))?.[1] ?? 200);

const numberOf = (value: unknown, otherwise: number): number =>
  typeof value === 'number' ? value : otherwise;
