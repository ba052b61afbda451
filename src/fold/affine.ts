/**
 * Many numbers, one a row, as a linear function of few: data columns times scalars, tables by position, products of a
 * known matrix and a vector, and known numbers. Anything else is a table that rows look up.
 */
import { reshape, transpose, type Expression } from '../expr';
import {
  followedBy,
  inverse,
  mappedFactor,
  ones,
  scaledBy,
  timesData,
  timesFactor,
  type Factor,
} from './factor';
import type { KnownData } from './knownData';
import { moveKey, movesOf } from './moves';
import { along, summed, type Column, type Part, type Parts, type Path, type Table } from './parts';
import { columnsOf } from './rowwise';

/** Nodes met on all ways: shared ones are met again on each, so that a graph can have more ways than anything can follow. */
const PATIENCE = 2000;

/** A node of `rows` elements, or of one, minus another one; undefined where it is too intricate to tell. */
export function affineOf(
  node: Expression,
  rows: number,
  data: KnownData,
  minus?: Expression,
): Parts | undefined {
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
        if (data.has(a)) {
          const columns = () => columnsOf(node, data).map((column) => column());
          into.parts.push(along({ kind: 'product', vector: b, columns }, path));
        } else into.parts.push(tableOf(node, path));
        continue;
      case 'matrixProduct':
        if (data.has(a)) into.parts.push(...outputsOf(node, data).map((part) => along(part, path)));
        else into.parts.push(tableOf(node, path));
        continue;
      case 'sum': {
        const inner: Collected = { known: [], parts: [], patience: into.patience };
        collect(a, { map: undefined, factor: ones(a.size), scale: undefined }, inner, data);
        const sums = summed(inner, node.attributes);
        if (!sums) into.parts.push(tableOf(node, path));
        else {
          for (const sum of sums.known) {
            const known = timesFactor(factor, mappedFactor(sum, map));
            if (scale) into.parts.push({ kind: 'column', scale, factor: known });
            else into.known.push(known);
          }
          into.parts.push(...sums.parts.map((part) => along(part, path)));
        }
        continue;
      }
      case 'gather':
      case 'expand':
      case 'slice':
      case 'transpose': {
        const inner = { ...path, map: followedBy(map, moveKey(node), movesOf(node)) };
        // Tables that are themselves made of few numbers and data are columns like any other.
        const nested: Collected = { known: [], parts: [], patience: into.patience };
        collect(a, inner, nested, data);
        if (nested.parts.every((part) => isLess(part, node))) {
          into.known.push(...nested.known);
          into.parts.push(...nested.parts);
        } else if (node.op.name === 'slice') into.parts.push(tableOf(node, path));
        else into.parts.push(tableOf(a, inner));
        continue;
      }
      default:
        into.parts.push(tableOf(node, path));
    }
  }
}

/** Whether a part of a node that moves elements has fewer unknowns than the elements that are moved. */
function isLess(part: Part, { op, size, inputs: [from] }: Expression): boolean {
  if (part.kind === 'column') return true;
  return op.name === 'slice'
    ? part.vector.size < size
    : part.kind === 'product' && part.vector.size < from.size;
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

function tableOf(node: Expression, { map, factor, scale }: Path): Table {
  const vector = reshape(node, [node.size]);
  return { kind: 'table', vector: scale ? vector.mul(scale) : vector, map, factor };
}

/** A known matrix times an unknown one: for each row of the latter a table, in which every output has its coefficient. */
function outputsOf(
  { shape, size, attributes, inputs: [known, unknown] }: Expression,
  data: KnownData,
): Part[] {
  const [, outputs] = shape;
  const { transposeA, transposeB } = attributes;
  const count = unknown.size / outputs;
  const coefficients = reshape(transposeB ? transpose(unknown) : unknown, [unknown.size]);
  const [across, down] = transposeA ? [known.shape[1], 1] : [1, count];
  const factorOf = (k: number): Factor => ({
    key: `#${known.id}[${k}, ${transposeA}, ${outputs}]`,
    count: size,
    rows: () => {
      const values = data.of(known);
      const rows = new Float64Array(size);
      for (let i = 0; i < size; i++) rows[i] = values[k * across + Math.floor(i / outputs) * down];
      return rows;
    },
  });
  if (outputs === 1)
    return [
      {
        kind: 'product',
        vector: coefficients,
        columns: () => Array.from({ length: count }, (_, k) => factorOf(k).rows()),
      },
    ];
  // Elements find their coefficient where they would find that of a row stretched over all rows.
  const key = `expand ${[1, shape[0], outputs].join()} ${shape.join()}`;
  const map = { key, positions: Int32Array.from({ length: size }, (_, i) => i % outputs) };
  return Array.from({ length: count }, (_, k) => ({
    kind: 'table',
    vector: coefficients.slice(k * outputs, (k + 1) * outputs),
    map,
    factor: factorOf(k),
  }));
}
