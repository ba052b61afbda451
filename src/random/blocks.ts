/** Runs the module's samplers over arrays of any length, a block at a time. */
import type { Parameter } from './check';
import { BLOCK, type Engine } from './engine';
import type { Fill } from './exports';

/** One more than a block: fills look at the parameter behind the last. */
const BLOCK_BYTES = 8 * (BLOCK + 2);

/** Fills `out`; the parameters are checked. */
export function fillByBlocks(
  engine: Engine,
  fill: Fill,
  out: Float64Array,
  parameters: readonly Parameter[],
): void {
  const result = engine.room(4 * BLOCK_BYTES);
  const places = engine.words(engine.parameters, 6);
  for (let i = 0; i < 3; i++) {
    const value = parameters[i]?.value ?? 0;
    const place = result + (i + 1) * BLOCK_BYTES;
    places[2 * i] = place;
    places[2 * i + 1] = typeof value === 'number' ? 0 : 8;
    if (typeof value === 'number') engine.floats(place, 1)[0] = value;
  }
  for (let start = 0; start < out.length; start += BLOCK) {
    const length = Math.min(BLOCK, out.length - start);
    parameters.forEach(({ value }, i) => {
      if (typeof value === 'number') return;
      copySlice(value, start, engine.floats(result + (i + 1) * BLOCK_BYTES, length));
    });
    fill(engine.state, result, length, engine.parameters);
    out.set(engine.floats(result, length), start);
  }
}

/** Numbers for rows of draws: the same for all, or so many for each. */
export interface Input {
  readonly values: ArrayLike<number>;
  readonly perRow: number;
  readonly shared: boolean;
}

/** A block of rows: where it goes and where its inputs lie. */
export interface Rows {
  readonly out: number;
  readonly count: number;
  readonly first: boolean;
  readonly inputs: readonly { readonly at: number; readonly step: number }[];
  readonly workspace: number;
}

/** Fills `out` by rows of `size` numbers. */
export function fillByRows(
  engine: Engine,
  out: Float64Array,
  size: number,
  inputs: readonly Input[],
  workspaceBytes: number,
  fill: (rows: Rows) => void,
): void {
  const total = out.length / size;
  const widest = Math.max(size, ...inputs.map(({ perRow, shared }) => (shared ? 1 : perRow)));
  const block = Math.max(1, Math.min(total, Math.floor(BLOCK / widest)));
  const lengths = [block * size, ...inputs.map(({ perRow, shared }) => (shared ? perRow : block * perRow))];
  const sizes = lengths.map((length) => 16 * Math.ceil(length / 2));
  const result = engine.room(sizes.reduce((a, b) => a + b, workspaceBytes));
  let end = result + sizes[0];
  const places = inputs.map(({ values, perRow, shared }, i) => {
    const at = end;
    end += sizes[i + 1];
    if (shared) copySlice(values, 0, engine.floats(at, perRow));
    return { at, step: shared ? 0 : 8 * perRow };
  });
  for (let start = 0; start < total; start += block) {
    const count = Math.min(block, total - start);
    inputs.forEach(({ values, perRow, shared }, i) => {
      if (!shared) copySlice(values, start * perRow, engine.floats(places[i].at, count * perRow));
    });
    fill({ out: result, count, first: start === 0, inputs: places, workspace: end });
    out.set(engine.floats(result, count * size), start * size);
  }
}

function copySlice(source: ArrayLike<number>, start: number, target: Float64Array): void {
  if (source instanceof Float64Array) target.set(source.subarray(start, start + target.length));
  else for (let i = 0; i < target.length; i++) target[i] = source[start + i];
}
