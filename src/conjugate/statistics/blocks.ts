/** Hands an array to the kernels a block at a time, each small enough for the cache. */
import { getEngine, type Engine } from '../engine';

/** Numbers: an array, or a typed array of any kind. */
export type Numbers = ArrayLike<number>;

export const BLOCK = 4096;

/** Calls `visit` with each block of up to `length` numbers of `data`, copied to `at`; `extra` bytes lie behind them. */
export function eachBlock(
  data: Numbers,
  extra: number,
  visit: (engine: Engine, at: number, count: number, behind: number) => void,
  length = BLOCK,
): void {
  const engine = getEngine();
  const room = Math.min(length, data.length);
  const bytes = 16 * Math.ceil(room / 2);
  const at = engine.room(bytes + extra);
  for (let start = 0; start < data.length; start += room) {
    const count = Math.min(room, data.length - start);
    copyTo(engine.floats(at, count), data, start);
    visit(engine, at, count, at + bytes);
  }
}

/** Copies as many numbers of `data`, from `start` on, as the target has. */
export function copyTo(target: Float64Array, data: Numbers, start: number): void {
  if (ArrayBuffer.isView(data) && 'subarray' in data) {
    target.set((data as Float64Array).subarray(start, start + target.length));
  } else {
    for (let i = 0; i < target.length; i++) target[i] = data[start + i];
  }
}
