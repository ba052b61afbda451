/** Tables that depend on sizes alone: made once, so that the graph knows them again as the same data. */

/** Remembers what `make` returned for the sizes. */
/* @__NO_SIDE_EFFECTS__ */
export function bySize<N extends readonly number[], T>(make: (...sizes: N) => T): (...sizes: N) => T {
  const made = new Map<string, T>();
  return (...sizes) => {
    const key = sizes.join();
    let table = made.get(key);
    if (table === undefined) made.set(key, (table = make(...sizes)));
    return table;
  };
}
