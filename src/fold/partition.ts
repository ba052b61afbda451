/** Rows whose data are equal: which class every row belongs to, and a row that stands for each. */

export interface Partition {
  /** The class of each row, numbered in order of appearance. */
  readonly classes: Int32Array;
  /** The first row of each class. */
  readonly first: Int32Array;
}

/** Undefined where there are more than `limit` classes; columns are asked for one after another. */
export function partition(
  columns: readonly (() => ArrayLike<number>)[],
  rows: number,
  limit: number,
): Partition | undefined {
  let classes = new Int32Array(rows);
  let count = 1;
  for (const column of columns) {
    const values = column();
    const known = new Map<number, number>();
    const finer = new Int32Array(rows);
    const pairs = new Map<number, number>();
    for (let i = 0; i < rows; i++) {
      let value = known.get(values[i]);
      if (value === undefined) {
        value = known.size;
        if (value >= limit) return undefined;
        known.set(values[i], value);
      }
      if (count === 1) {
        finer[i] = value;
        continue;
      }
      const pair = value * count + classes[i];
      let place = pairs.get(pair);
      if (place === undefined) {
        place = pairs.size;
        if (place >= limit) return undefined;
        pairs.set(pair, place);
      }
      finer[i] = place;
    }
    classes = finer;
    count = count === 1 ? known.size : pairs.size;
  }
  const first = new Int32Array(count).fill(-1);
  classes.forEach((place, i) => {
    if (first[place] < 0) first[place] = i;
  });
  return { classes, first };
}
