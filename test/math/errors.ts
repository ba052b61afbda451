/** Reference tables and the errors of computed values against them; a table's format is told in generate.py. */
import { readFileSync } from 'node:fs';

export interface Table {
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly rest: readonly number[];
  readonly condition?: readonly number[];
  readonly exponent?: readonly number[];
}

export const tables = JSON.parse(readFileSync(new URL('./tables.json', import.meta.url), 'utf8')) as Readonly<
  Record<string, Table>
>;

const bits = new DataView(new ArrayBuffer(8));

/** One unit in the last place of y. */
function place(y: number): number {
  bits.setFloat64(0, Math.abs(y));
  bits.setBigUint64(0, bits.getBigUint64(0) + 1n);
  return bits.getFloat64(0) - Math.abs(y);
}

export interface Worst {
  readonly error: number;
  readonly x: number;
  readonly expected: number;
  readonly found: number;
}

function worst(table: Table, found: readonly number[], error: (i: number) => number): Worst {
  let at = 0;
  let largest = -1;
  table.x.forEach((_, i) => {
    const e = error(i);
    // Not a number counts as the worst of all.
    if (!(e <= largest)) {
      at = i;
      largest = Number.isNaN(e) ? Infinity : e;
    }
  });
  return { error: largest, x: table.x[at], expected: table.y[at], found: found[at] };
}

/** The largest error in units in the last place. */
export function worstInPlaces(table: Table, found: readonly number[]): Worst {
  return worst(table, found, (i) => Math.abs((found[i] - table.y[i]) / place(table.y[i]) - table.rest[i]));
}

/** The largest relative error over max(1, |x f′(x) / f(x)|). */
export function worstByCondition(table: Table, found: readonly number[]): Worst {
  const condition = table.condition!;
  return worst(table, found, (i) => {
    const y = table.y[i];
    const difference = Math.abs(found[i] - y - table.rest[i] * place(y));
    return difference === 0 ? 0 : difference / Math.abs(y) / condition[i];
  });
}
