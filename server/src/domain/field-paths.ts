/** The value at `metaTitle` or `seo.metaTitle`; undefined where there is none. */
export function valueAt(entry: Record<string, unknown>, path: string): unknown {
  let value: unknown = entry;
  for (const part of path.split('.')) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = Object.hasOwn(value, part) ? Reflect.get(value, part) : undefined;
  }
  return value;
}

/** The attribute of the content type a path begins with: what permissions are given on. */
export function attributeOf(path: string): string {
  return path.split('.')[0] ?? path;
}

/** What to read so that the values at some paths are there. */
export function planFor(paths: string[]): { fields: string[]; populate: Record<string, unknown> } {
  const fields = new Set<string>();
  const populate: Record<string, unknown> = {};
  for (const path of paths) {
    if (path.includes('.')) populate[attributeOf(path)] = true;
    else fields.add(path);
  }
  return { fields: [...fields], populate };
}

/**
 * The data of an update that sets values at paths. Components are sent with their id: without it Strapi makes a new
 * one and their other attributes are lost.
 */
export function updateData(
  entry: Record<string, unknown>,
  values: Record<string, unknown>
): Record<string, unknown> {
  const data: Record<string, unknown> = {};
  for (const [path, value] of Object.entries(values)) {
    const [attribute = path, inner] = path.split('.');
    if (inner === undefined) {
      data[attribute] = value ?? null;
      continue;
    }
    const known = entry[attribute];
    const component = (data[attribute] as Record<string, unknown> | undefined) ?? {
      ...(typeof known === 'object' && known !== null && 'id' in known ? { id: known.id } : {}),
    };
    component[inner] = value ?? null;
    data[attribute] = component;
  }
  return data;
}
