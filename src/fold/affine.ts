/**
 * Many numbers, one a row, as a linear function of few: data columns times scalars, tables by position, products of a
 * known matrix and a vector, and known numbers. Anything else is a table that rows look up.
 */
import { reshape, type Expression } from '../expr';
import { followedBy, inverse, ones, timesData, timesFactor, type Factor, type RowMap } from './factor';
import type { KnownData } from './knownData';
import { moveKey, movesOf } from './moves';

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

export interface Affine {
  /** Their sum is the known part. */
  readonly known: readonly Factor[];
  readonly parts: readonly Part[];
}

/** What a node is multiplied by on its way to a row. */
interface Path {
  readonly map: RowMap | undefined;
  readonly factor: Factor;
  readonly scale: Expression | undefined;
}

/** Nodes met on all ways: shared ones are met again on each, so that a graph can have more ways than anything can follow. */
const PATIENCE = 2000;

/** A node of `rows` elements, or of one, minus another one; undefined where it is too intricate to tell. */
export function affineOf(
  node: Expression,
  rows: number,
  data: KnownData,
  minus?: Expression,
): Affine | undefined {
  const into: Collected = { known: [], parts: [], patience: { left: PATIENCE } };
  const path: Path = { map: undefined, factor: ones(rows), scale: undefined };
  collect(node, path, into, data);
  if (minus) collect(minus, negated(path, node, data), into, data);
  return into.patience.left > 0 ? into : undefined;
}

interface Collected {
  readonly known: Factor[];
  readonly parts: Part[];
  readonly patience: { left: number };
}

function collect(root: Expression, start: Path, into: Collected, data: KnownData): void {
  // An explicit stack: sums may be as long as a model.
  const stack: { node: Expression; path: Path }[] = [{ node: root, path: start }];
  const later = (node: Expression, path: Path): void => void stack.push({ node, path });
  while (stack.length > 0 && into.patience.left-- > 0) {
    const { node, path } = stack.pop()!;
    const { map, factor, scale } = path;
    if (data.has(node)) {
      const known = timesData(factor, node, map, data);
      if (scale) into.parts.push({ kind: 'column', scale, factor: known });
      else into.known.push(known);
      continue;
    }
    if (node.size === 1) {
      const scalar = reshape(node, []);
      into.parts.push({ kind: 'column', scale: scale ? scale.mul(scalar) : scalar, factor });
      continue;
    }
    const [a, b] = node.inputs;
    switch (node.op.name) {
      case 'reshape':
        later(a, path);
        continue;
      case 'neg':
        later(a, negated(path, node, data));
        continue;
      case 'add':
        later(b, path);
        later(a, path);
        continue;
      case 'sub':
        later(b, negated(path, node, data));
        later(a, path);
        continue;
      case 'mul': {
        const [first, second] = data.has(b) || (b.size === 1 && !data.has(a)) ? [b, a] : [a, b];
        if (data.has(first)) later(second, { ...path, factor: timesData(factor, first, map, data) });
        else if (first.size === 1) later(second, { ...path, scale: scaledBy(scale, first) });
        else into.parts.push(tableOf(node, path));
        continue;
      }
      case 'reciprocal':
      case 'div': {
        const [over, under] = node.op.name === 'div' ? [a, b] : [node.graph.scalar(1), a];
        const divisor = monomialOf(under, path, into, data);
        if (divisor)
          later(over, {
            map,
            factor: timesFactor(factor, inverse(divisor.factor)),
            scale: scaledBy(scale, divisor.scale.pow(-1)),
          });
        else into.parts.push(tableOf(node, path));
        continue;
      }
      case 'matrixVector':
      case 'rowDots':
        if (data.has(a)) into.parts.push(productOf(node, path, data));
        else into.parts.push(tableOf(node, path));
        continue;
      case 'gather':
      case 'expand':
      case 'slice':
      case 'transpose': {
        const inner = { ...path, map: followedBy(map, moveKey(node), movesOf(node)) };
        // Tables that are themselves made of few numbers and data are columns like any other.
        const nested: Collected = { known: [], parts: [], patience: into.patience };
        collect(a, inner, nested, data);
        const few = nested.parts.every(
          (part) => part.kind === 'column' || (part.kind === 'product' && part.vector.size < a.size),
        );
        if (few && nested.parts.length < a.size) {
          into.known.push(...nested.known);
          into.parts.push(...nested.parts);
        } else into.parts.push(tableOf(a, inner));
        continue;
      }
      default:
        into.parts.push(tableOf(node, path));
    }
  }
}

/** A node that is one scalar times known numbers. */
function monomialOf(
  node: Expression,
  { map, factor }: Path,
  into: Collected,
  data: KnownData,
): Column | undefined {
  const parts: Collected = { known: [], parts: [], patience: into.patience };
  collect(node, { map, factor: ones(factor.count), scale: undefined }, parts, data);
  const [part] = parts.parts;
  return parts.known.length === 0 && parts.parts.length === 1 && part.kind === 'column' ? part : undefined;
}

function negated(path: Path, { graph }: Expression, data: KnownData): Path {
  return { ...path, factor: timesData(path.factor, graph.scalar(-1), undefined, data) };
}

function scaledBy(scale: Expression | undefined, by: Expression): Expression {
  const scalar = reshape(by, []);
  return scale ? scale.mul(scalar) : scalar;
}

function tableOf(node: Expression, { map, factor, scale }: Path): Table {
  const vector = reshape(node, [node.size]);
  return { kind: 'table', vector: scale ? vector.mul(scale) : vector, map, factor };
}

/** Σ of a known matrix's columns times the elements of a vector. */
function productOf({ op, inputs: [matrix, vector] }: Expression, path: Path, data: KnownData): Product {
  const { map, factor, scale } = path;
  const [first, second] = matrix.shape;
  const byColumns = op.name === 'matrixVector';
  const [length, count] = byColumns ? [second, first] : [first, second];
  return {
    kind: 'product',
    vector: scale ? vector.mul(scale) : vector,
    columns: () => {
      const values = data.of(matrix);
      const factors = factor.key === '' ? undefined : factor.rows();
      const rows = map ? map.positions.length : length;
      const [start, step] = byColumns ? [length, 1] : [1, count];
      return Array.from({ length: count }, (_, k) => {
        const column = new Float64Array(rows);
        for (let i = 0; i < rows; i++) column[i] = values[k * start + (map ? map.positions[i] : i) * step];
        if (factors) for (let i = 0; i < rows; i++) column[i] *= factors[i];
        return column;
      });
    },
  };
}
