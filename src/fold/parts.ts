/** Linear functions of few unknowns, row by row: what they are made of, and how rows are moved, scaled and added up. */
import { reshape, slice, transpose, type Expression } from '../expr';
import { scaledBy, timesFactor, followedBy, mappedFactor, type Factor, type RowMap } from './factor';

/** scale · factor of the row. */
export interface Column {
  readonly kind: 'column';
  readonly scale: Expression;
  readonly factor: Factor;
}

/** Σₖ vectorₖ · (element k of the row of a known matrix), which is stored column by column. */
export interface Product {
  readonly kind: 'product';
  readonly vector: Expression;
  /** New arrays. */
  readonly columns: () => Float64Array[];
}

/** The element of a vector at the row's position, times the factor of the row. */
export interface Table {
  readonly kind: 'table';
  readonly vector: Expression;
  readonly map: RowMap | undefined;
  readonly factor: Factor;
}

export type Part = Column | Product | Table;

/** The known parts and the others of a sum. */
export interface Parts {
  readonly known: readonly Factor[];
  readonly parts: readonly Part[];
}

/** What a node is multiplied by on its way to a row. */
export interface Path {
  readonly map: RowMap | undefined;
  readonly factor: Factor;
  readonly scale: Expression | undefined;
}

/** A part of a node at the end of a path. */
export function along(part: Part, { map, factor, scale }: Path): Part {
  switch (part.kind) {
    case 'column':
      return {
        ...part,
        scale: scaledBy(scale, part.scale),
        factor: timesFactor(factor, mappedFactor(part.factor, map)),
      };
    case 'table':
      return {
        ...part,
        vector: scale ? part.vector.mul(scale) : part.vector,
        map: part.map ? followedBy(map, part.map.key, part.map.positions) : map,
        factor: timesFactor(factor, mappedFactor(part.factor, map)),
      };
    case 'product':
      return {
        ...part,
        vector: scale ? part.vector.mul(scale) : part.vector,
        columns: () => {
          const factors = factor.key === '' ? undefined : factor.rows();
          return part.columns().map((column) => {
            const rows = map ? Float64Array.from(map.positions, (at) => column[at]) : column;
            if (factors) for (let i = 0; i < rows.length; i++) rows[i] *= factors[i];
            return rows;
          });
        },
      };
  }
}

/** Columns that a table may become where its elements are added up. */
const WIDEST = 64;

/** The axis that is added up: `outer` runs of `length` rows of `inner` adjacent elements. */
type Axis = Readonly<Record<string, number>>;

/** The parts of a sum along an axis, given those of what is summed; undefined where a table would become too wide. */
export function summed({ known, parts }: Parts, axis: Axis): Parts | undefined {
  const results = parts.map((part) => summedPart(part, axis));
  if (results.some((result) => result === undefined)) return undefined;
  return {
    known: known.map((factor) => summedFactor(factor, axis)),
    parts: results.flatMap((result) => result!),
  };
}

function summedPart(part: Part, axis: Axis): Part[] | undefined {
  switch (part.kind) {
    case 'column':
      return [{ ...part, factor: summedFactor(part.factor, axis) }];
    case 'product':
      return [{ ...part, columns: () => part.columns().map((column) => addUp(column, axis)) }];
    case 'table':
      return inColumns(part, axis) ?? inProduct(part, axis);
  }
}

/** Rows of a table of rows, an element for each position along the axis: a table for each of them. */
function inColumns({ vector, map, factor }: Table, { outer, length, inner }: Axis): Table[] | undefined {
  const groups = vector.size / length;
  if (!map || inner !== 1 || !(groups > 1) || length > WIDEST) return undefined;
  const rows = new Int32Array(outer);
  for (let o = 0; o < outer; o++) {
    rows[o] = map.positions[o * length] / length;
    for (let l = 0; l < length; l++)
      if (map.positions[o * length + l] !== rows[o] * length + l) return undefined;
  }
  const columns = reshape(transpose(reshape(vector, [groups, length])), [vector.size]);
  return Array.from({ length }, (_, l): Table => {
    const positions = Int32Array.from({ length: outer }, (_, o) => o * length + l);
    return {
      kind: 'table',
      vector: slice(columns, l * groups, (l + 1) * groups),
      map: { key: `${map.key}/${length}`, positions: rows },
      factor: mappedFactor(factor, { key: `${l}:${length}`, positions }),
    };
  });
}

/** Each element of a small table times what the rows that look it up add up to. */
function inProduct({ vector, map, factor }: Table, axis: Axis): Product[] | undefined {
  if (vector.size > WIDEST) return undefined;
  const columns = (): Float64Array[] => {
    const { outer, length, inner } = axis;
    const values = factor.rows();
    const sums = Array.from({ length: vector.size }, () => new Float64Array(outer * inner));
    let from = 0;
    for (let o = 0; o < outer; o++)
      for (let l = 0; l < length; l++)
        for (let i = 0; i < inner; i++, from++)
          sums[map ? map.positions[from] : from][o * inner + i] += values[from];
    return sums;
  };
  return [{ kind: 'product', vector, columns }];
}

function summedFactor({ key, count, rows }: Factor, axis: Axis): Factor {
  return {
    key: `sum(${key.replaceAll('·', '*')}|${Object.values(axis).join()})`,
    count: count / axis.length,
    rows: () => addUp(rows(), axis),
  };
}

function addUp(values: Float64Array, { outer, length, inner }: Axis): Float64Array {
  const sums = new Float64Array(outer * inner);
  for (let o = 0; o < outer; o++)
    for (let l = 0; l < length; l++)
      for (let i = 0; i < inner; i++) sums[o * inner + i] += values[(o * length + l) * inner + i];
  return sums;
}
