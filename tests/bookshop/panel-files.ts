/**
 * All scripts of a served admin panel as one text, from its first page on: what a browser could come to load.
 * @param url Strapi's address
 */
export async function readPanel(url: string): Promise<string> {
  const text = async (path: string): Promise<string> => {
    const response = await fetch(`${url}/admin/${path}`);
    if (!response.ok) throw new Error(`The panel has no ${path || 'first page'}: ${response.status}.`);
    return response.text();
  };
  const known = new Set<string>();
  const scripts: string[] = [];
  let named = [await text('')];
  while (named.length > 0) {
    const found = named.flatMap((code) =>
      [...code.matchAll(/["'`](?:\/admin\/|\.\/)([\w.-]+\.js)["'`]/g)].map((match) => String(match[1]))
    );
    const fresh = [...new Set(found)].filter((name) => !known.has(name));
    fresh.forEach((name) => known.add(name));
    named = await Promise.all(fresh.map(text));
    scripts.push(...named);
  }
  return scripts.join('\n');
}
