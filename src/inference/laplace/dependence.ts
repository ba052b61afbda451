/** Which coordinates each element of an expression depends on: read off the graph, never less than the truth. */

import type { Expression } from '../../expr';

/** A row with more coordinates than this is said to depend on all. */
const WIDEST = 64;
/** The entry of a row that depends on all coordinates. */
const ALL = -1;

/** Sets of coordinates, one a row; a single row stands for any number of equal ones. */
export class Dependence {
  private constructor(
    readonly count: number,
    private readonly offsets: Int32Array,
    private readonly entries: Int32Array,
  ) {}

  /** Rows that `fill` makes: it adds coordinates, or `ALL`, to the set it is given. */
  static of(count: number, fill: (row: number, set: CoordinateSet) => void): Dependence {
    const offsets = new Int32Array(count + 1);
    let entries = new Int32Array(Math.max(16, count));
    const set = new CoordinateSet();
    let end = 0;
    for (let row = 0; row < count; row++) {
      set.clear();
      fill(row, set);
      if (end + set.length > entries.length) {
        const larger = new Int32Array(2 * entries.length + WIDEST);
        larger.set(entries);
        entries = larger;
      }
      for (let k = 0; k < set.length; k++) entries[end++] = set.values[k];
      offsets[row + 1] = end;
    }
    return new Dependence(count, offsets, entries.slice(0, end));
  }

  /** Adds a row to a set. */
  addTo(set: CoordinateSet, row: number): void {
    const at = this.count === 1 ? 0 : row;
    for (let k = this.offsets[at]; k < this.offsets[at + 1]; k++) set.add(this.entries[k]);
  }

  /** Coordinates of a row; undefined where it depends on all. */
  row(row: number): Int32Array | undefined {
    const at = this.count === 1 ? 0 : row;
    const found = this.entries.subarray(this.offsets[at], this.offsets[at + 1]);
    return found[0] === ALL ? undefined : found;
  }
}

/** A small set of coordinates, or all. */
class CoordinateSet {
  readonly values = new Int32Array(WIDEST);
  length = 0;

  clear(): void {
    this.length = 0;
  }

  get isAll(): boolean {
    return this.length > 0 && this.values[0] === ALL;
  }

  add(coordinate: number): void {
    if (this.isAll) return;
    for (let k = 0; k < this.length; k++) if (this.values[k] === coordinate) return;
    if (coordinate === ALL || this.length === WIDEST) {
      this.values[0] = ALL;
      this.length = 1;
    } else this.values[this.length++] = coordinate;
  }
}

/** Nothing. */
type Known = Dependence | undefined;

/** Dependence of expressions on the elements of inputs, which are numbered from each one's first coordinate on. */
export function dependenceOf(
  roots: readonly Expression[],
  first: ReadonlyMap<Expression, number>,
): (Dependence | undefined)[] {
  const done = new Map<Expression, Known>();
  const stack = [...roots];
  while (stack.length > 0) {
    const node = stack[stack.length - 1];
    if (done.has(node)) {
      stack.pop();
      continue;
    }
    const waiting = node.isConstant ? [] : node.inputs.filter((input) => !done.has(input));
    if (waiting.length > 0) {
      stack.push(...waiting);
      continue;
    }
    stack.pop();
    const start = first.get(node);
    if (start !== undefined)
      done.set(
        node,
        Dependence.of(node.size, (i, set) => set.add(start + i)),
      );
    else if (node.isConstant) done.set(node, undefined);
    else {
      done.set(
        node,
        through(
          node,
          node.inputs.map((input) => done.get(input)),
        ),
      );
    }
  }
  return roots.map((root) => done.get(root));
}

/** Dependence of a node, given that of its inputs. */
function through(node: Expression, inputs: readonly Known[]): Known {
  if (inputs.every((input) => input === undefined)) return undefined;
  const { op, size } = node;
  switch (op.kind) {
    case 'view':
      return inputs[0];
    case 'elementwise':
      return each(size, inputs);
    case 'partial':
      // Fused densities that run by plain rows are elementwise before they are summed.
      return op.of.blocks === undefined && size > 1 ? each(size, inputs) : together(inputs);
    case 'structured':
      return moved(node, inputs) ?? together(inputs);
    default:
      return together(inputs);
  }
}

/** Element by element. */
function each(size: number, inputs: readonly Known[]): Known {
  const present = inputs.filter((input) => input !== undefined);
  if (present.every((input) => input === present[0])) return present[0];
  const count = present.every((input) => input.count === 1) ? 1 : size;
  return Dependence.of(count, (i, set) => present.forEach((input) => input.addTo(set, i)));
}

/** Every element on whatever the inputs depend on. */
function together(inputs: readonly Known[]): Known {
  return Dependence.of(1, (_, set) =>
    inputs.forEach((input) => {
      for (let i = 0; input !== undefined && i < input.count && !set.isAll; i++) input.addTo(set, i);
    }),
  );
}

/** Operations that move elements or add up some of them; undefined for others. */
function moved(node: Expression, inputs: readonly Known[]): Known {
  const [x] = inputs;
  const { attributes, size } = node;
  const { outer, length, inner, start, count } = attributes;
  const source = node.inputs[0];
  switch (node.op.name) {
    case 'sum':
    case 'logSumExp':
      return Dependence.of(size, (k, set) => {
        const base = Math.floor(k / inner) * length * inner + (k % inner);
        for (let l = 0; l < length && !set.isAll; l++) x!.addTo(set, base + l * inner);
      });
    case 'softmax':
      return Dependence.of(size, (k, set) => {
        const base = Math.floor(k / (length * inner)) * length * inner + (k % inner);
        for (let l = 0; l < length && !set.isAll; l++) x!.addTo(set, base + l * inner);
      });
    case 'expand':
      if (x!.count === 1) return x;
      return Dependence.of(size, (k, set) =>
        x!.addTo(set, Math.floor(k / (length * inner)) * inner + (k % inner)),
      );
    case 'slice':
      return Dependence.of(size, (k, set) => {
        const within = k % (count * inner);
        x!.addTo(set, (Math.floor(k / (count * inner)) * length + start) * inner + within);
      });
    case 'pad':
      return Dependence.of(outer * length * inner, (k, set) => {
        const position = Math.floor(k / inner) % length;
        if (position < start || position >= start + count) return;
        x!.addTo(set, (Math.floor(k / (length * inner)) * count + position - start) * inner + (k % inner));
      });
    case 'concatenate': {
      const runs = node.inputs.map((input) => input.shape[attributes.axis] * inner);
      const whole = runs.reduce((sum, run) => sum + run, 0);
      return Dependence.of(size, (k, set) => {
        let within = k % whole;
        let part = 0;
        while (within >= runs[part]) within -= runs[part++];
        inputs[part]?.addTo(set, Math.floor(k / whole) * runs[part] + within);
      });
    }
    case 'transpose': {
      const [columns, rows] = node.shape;
      return Dependence.of(size, (k, set) => x!.addTo(set, (k % rows) * columns + Math.floor(k / rows)));
    }
    case 'gather': {
      const index = node.inputs[1].values!;
      return Dependence.of(size, (k, set) =>
        x!.addTo(set, index[Math.floor(k / inner)] * inner + (k % inner)),
      );
    }
    case 'scatterAdd': {
      const index = node.inputs[1].values!;
      const sets = Array.from({ length: size }, () => [] as number[]);
      for (let i = 0; i < index.length; i++) sets[index[i] * inner].push(i);
      return Dependence.of(size, (k, set) => {
        for (const i of sets[k - (k % inner)]) x!.addTo(set, i * inner + (k % inner));
      });
    }
    case 'matrixProduct': {
      const [rows, columns] = node.shape;
      const { transposeA, transposeB } = attributes;
      const along = source.shape[transposeA ? 0 : 1];
      return Dependence.of(size, (k, set) => {
        const [i, j] = [Math.floor(k / columns), k % columns];
        for (let l = 0; l < along && !set.isAll; l++) {
          inputs[0]?.addTo(set, transposeA ? l * rows + i : i * along + l);
          inputs[1]?.addTo(set, transposeB ? j * along + l : l * columns + j);
        }
      });
    }
    default:
      return undefined;
  }
}
