/** Keeps what was made lately, the oldest dropped first. */
export interface BoundedCache<Key, Value> {
  /** What is known for the key, or what `make` gives for it now; a `make` that throws leaves nothing behind. */
  get(key: Key, make: () => Value): Value;
}

/** @param most entries kept */
export function createBoundedCache<Key, Value>(most: number): BoundedCache<Key, Value> {
  const known = new Map<Key, Value>();
  return {
    get(key, make) {
      const found = known.get(key);
      if (found !== undefined) {
        known.delete(key);
        known.set(key, found);
        return found;
      }
      const value = make();
      known.set(key, value);
      const oldest = known.keys().next();
      if (known.size > most && !oldest.done) known.delete(oldest.value);
      return value;
    },
  };
}
