/**
 * Many numbers, one a row, as a linear function of few: data columns times scalars, tables by position, products of a
 * known matrix and a vector, and known numbers. Anything else is a table that rows look up.
 */
import { reshape, type Expression } from '../expr';
import { followedBy, ones, timesData, type Factor, type RowMap } from './factor';
import type { KnownData } from './knownData';

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
      case 'div':
        if (b.size === 1) later(a, { ...path, scale: scaledBy(scale, reshape(b, []).pow(-1)) });
        else into.parts.push(tableOf(node, path));
        continue;
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
      return Array.from({ length: count }, (_, k) =>
        Float64Array.from({ length: rows }, (_, i) => {
          const row = map ? map.positions[i] : i;
          const value = values[byColumns ? k * length + row : row * count + k];
          return factors ? value * factors[i] : value;
        }),
      );
    },
  };
}

/** Names how a node moves elements: nodes that move them alike have one name. */
function moveKey(node: Expression): string {
  if (node.op.name === 'gather') return `gather ${node.inputs[1].id} ${node.attributes.inner}`;
  return `${node.op.name} ${Object.values(node.attributes).join()} ${node.shape.join()}`;
}

/** For each element of a node that moves elements, the position of that of its first input. */
function movesOf(node: Expression): Int32Array {
  const { attributes, inputs } = node;
  const positions = new Int32Array(node.size);
  if (node.op.name === 'gather') {
    const index = inputs[1].values as Int32Array;
    if (attributes.inner === 1) return index;
    for (let i = 0; i < index.length; i++)
      for (let j = 0; j < attributes.inner; j++)
        positions[i * attributes.inner + j] = index[i] * attributes.inner + j;
    return positions;
  }
  if (node.op.name === 'transpose') {
    const [columns, rows] = node.shape;
    for (let c = 0; c < columns; c++)
      for (let r = 0; r < rows; r++) positions[c * rows + r] = r * columns + c;
    return positions;
  }
  const { outer, length, inner } = attributes;
  const [count, from, extent] =
    node.op.name === 'slice' ? [attributes.count, attributes.start, length] : [length, 0, 1];
  let at = 0;
  for (let o = 0; o < outer; o++)
    for (let l = 0; l < count; l++)
      for (let i = 0; i < inner; i++)
        positions[at++] = (o * extent + (node.op.name === 'slice' ? from + l : 0)) * inner + i;
  return positions;
}
