/** Checks the data given to a model against its declarations, and binds it: flat arrays, known dimensions. */
import { describeShape, sizeOf } from '../expr';
import type { Declaration, Label } from './declaration';
import type { Dimensions } from './dimensions';
import { checkedSize } from './dimensions';
import { during, ModelError } from './error';
import { didYouMean } from './nearest';

/** Data as a graph takes it: row-major values and their shape. */
export interface BoundData {
  readonly values: Float64Array | Int32Array;
  readonly shape: readonly number[];
}

type Declarations = Readonly<Record<string, Declaration>>;

/** Binds every declared name, or with `partial` those there are. Names that no declaration mentions are left alone. */
export function bindData(
  declarations: Declarations,
  data: Readonly<Record<string, unknown>>,
  dimensions: Dimensions,
  partial = false,
): Map<string, BoundData> {
  if (typeof data !== 'object' || data === null || Array.isArray(data)) {
    throw new ModelError(`data must be an object of named values, got ${describe(data)}`);
  }
  const given = Object.keys(data).filter((name) => !(name in declarations));
  const leaves = new Map<string, { elements: unknown[]; shape: number[] }>();
  for (const [name, declaration] of Object.entries(declarations)) {
    if (data[name] === undefined) {
      if (partial) continue;
      throw new ModelError(`data '${name}' is missing${didYouMean(name, given)}`);
    }
    const bound = flatten(name, declaration, data[name]);
    fixDimensions(name, declaration, bound.shape, dimensions);
    leaves.set(name, bound);
  }
  const result = new Map<string, BoundData>();
  for (const [name, { elements, shape }] of leaves) {
    const declaration = declarations[name];
    const values =
      declaration.kind === 'index'
        ? positions(name, declaration.into!, elements, dimensions)
        : numbers(name, declaration, elements, shape);
    result.set(name, { values, shape });
  }
  return result;
}

/** How a variable's shape reads in messages: `[school] = [8]`. */
function expectedShape(declaration: Declaration): string {
  return declaration.rank === 0 ? 'a single number' : `shape [${declaration.dims.join(', ')}]`;
}

function flatten(
  name: string,
  declaration: Declaration,
  value: unknown,
): { elements: unknown[]; shape: number[] } {
  const shape: number[] = [];
  for (let inner = value; isList(inner); inner = inner[0]) {
    shape.push(inner.length);
    if (inner.length === 0) break;
  }
  if (shape.length !== declaration.rank) {
    const found = shape.length === 0 ? describe(value) : `shape ${describeShape(shape)}`;
    throw new ModelError(`data '${name}' must be ${expectedShape(declaration)}, got ${found}`);
  }
  if (sizeOf(shape) === 0)
    throw new ModelError(`data '${name}' is empty: expected ${expectedShape(declaration)}`);
  let elements: unknown[] = [value];
  shape.forEach((length, axis) => {
    const children: unknown[] = [];
    elements.forEach((node, position) => {
      if (!isList(node) || node.length !== length)
        throw raggedError(name, node, unravel(position, shape.slice(0, axis)), length);
      for (let i = 0; i < node.length; i++) children.push(node[i]);
    });
    elements = children;
  });
  const deeper = elements.findIndex(isList);
  if (deeper >= 0) {
    const where = at(unravel(deeper, shape));
    throw new ModelError(`data '${name}'${where} is an array, expected ${expectedShape(declaration)}`);
  }
  return { elements, shape };
}

function raggedError(name: string, found: unknown, path: readonly number[], expected: number): ModelError {
  const what = isList(found) ? `${found.length} values` : describe(found);
  const first = at(path.map(() => 0));
  return new ModelError(
    `data '${name}' is ragged: '${name}'${at(path)} has ${what}, '${name}'${first} has ${expected} values`,
  );
}

function fixDimensions(
  name: string,
  declaration: Declaration,
  shape: readonly number[],
  dimensions: Dimensions,
): void {
  declaration.dims.forEach((dim, axis) => {
    if (typeof dim === 'string') dimensions.fix(dim, shape[axis], `data '${name}'`);
    else if (during(`data '${name}'`, () => checkedSize(dim)) !== shape[axis]) {
      throw new ModelError(
        `data '${name}' must be ${expectedShape(declaration)}, got shape ${describeShape(shape)}`,
      );
    }
  });
}

function numbers(
  name: string,
  { kind }: Declaration,
  elements: readonly unknown[],
  shape: readonly number[],
): Float64Array {
  const values = new Float64Array(elements.length);
  for (let i = 0; i < elements.length; i++) {
    const element = elements[i];
    if (typeof element !== 'number' || !Number.isFinite(element)) {
      const missing = element === null || element === undefined || Number.isNaN(element);
      throw new ModelError(
        `data '${name}'${at(unravel(i, shape))} must be a finite number, got ${describe(element)}` +
          (missing ? ': values must not be missing' : ''),
      );
    }
    if (kind === 'integer' && !Number.isInteger(element)) {
      throw new ModelError(`data '${name}'${at(unravel(i, shape))} must be an integer, got ${element}`);
    }
    values[i] = element;
  }
  return values;
}

/** Positions along `into`: whole numbers from 0 as they are, labels by their coordinates. */
function positions(
  name: string,
  into: string,
  elements: readonly unknown[],
  dimensions: Dimensions,
): Int32Array {
  const textual = typeof elements[0] === 'string';
  elements.forEach((element, i) => {
    if (textual ? typeof element === 'string' : Number.isInteger(element)) return;
    throw new ModelError(
      `data '${name}'[${i}] must be ${textual ? 'a label, as those before it' : "an integer from 0 or a label of '" + into + "'"}, got ${describe(element)}`,
    );
  });
  return textual
    ? positionsOfLabels(name, into, elements as readonly string[], dimensions)
    : checkedPositions(name, into, elements as readonly number[], dimensions);
}

function positionsOfLabels(
  name: string,
  into: string,
  elements: readonly string[],
  dimensions: Dimensions,
): Int32Array {
  if (dimensions.labelsOf(into) === undefined)
    dimensions.label(into, [...new Set(elements)], `data '${name}'`);
  const labels = dimensions.labelsOf(into)!;
  const places = new Map<Label, number>(labels.map((label, position) => [label, position]));
  return Int32Array.from(elements, (element, i) => {
    const place = places.get(element);
    if (place !== undefined) return place;
    throw new ModelError(
      `data '${name}'[${i}] is '${element}', which is not a label of '${into}'${didYouMean(element, labels.map(String))}`,
    );
  });
}

function checkedPositions(
  name: string,
  into: string,
  elements: readonly number[],
  dimensions: Dimensions,
): Int32Array {
  const used = new Set(elements);
  const known = dimensions.sizeOf(into);
  const size = known ?? 1 + elements.reduce((a, b) => (b > a ? b : a), 0);
  const outside = elements.findIndex((element) => element < 0 || element >= size);
  // All of 1 … size and never 0: counted from 1, whether the size is known or taken from the data.
  const last = known ?? size - 1;
  if (!used.has(0) && used.size === last && used.has(1) && used.has(last)) {
    throw new ModelError(
      `data '${name}' runs from 1 to ${last}, but positions along '${into}' count from 0: subtract 1`,
    );
  }
  if (outside >= 0) {
    const range = known === undefined ? '≥ 0' : `from 0 to ${size - 1}`;
    throw new ModelError(
      `data '${name}'[${outside}] is ${elements[outside]}, expected a position along '${into}' ${range}`,
    );
  }
  if (known === undefined && used.size < size) {
    let gap = 0;
    while (used.has(gap)) gap++;
    throw new ModelError(
      `data '${name}' reaches ${size - 1} but skips ${gap}: if that is meant, give '${into}' its size with ` +
        `.dim('${into}', ${size}); codes that are not positions can be given as strings`,
    );
  }
  dimensions.fix(into, size, `data '${name}'`);
  return Int32Array.from(elements);
}

function isList(value: unknown): value is ArrayLike<unknown> {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));
}

/** Indices of the element at a row-major position. */
export function unravel(position: number, shape: readonly number[]): number[] {
  const path: number[] = [];
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    path.unshift(position % shape[axis]);
    position = Math.floor(position / shape[axis]);
  }
  return path;
}

/** `[2, 0]`, and nothing for a scalar. */
export function at(path: readonly number[]): string {
  return path.length === 0 ? '' : `[${path.join(', ')}]`;
}

function describe(value: unknown): string {
  if (typeof value === 'string') return `'${value}'`;
  if (isList(value)) return `an array of length ${value.length}`;
  if (typeof value === 'object' && value !== null) return 'an object';
  return String(value);
}
