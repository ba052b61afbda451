/** Where draws go. */

/** How many draws to make, in a new array, or the array to fill. */
export type Target = number | Float64Array;

/** The array to fill, of a whole number of rows of `size`. */
export function targetArray(method: string, target: Target, size: number): Float64Array {
  if (target instanceof Float64Array) {
    if (Number.isInteger(target.length / size)) return target;
    throw new RangeError(`${method}: an array for vectors of ${size} cannot have ${target.length} elements`);
  }
  if (!Number.isSafeInteger(target) || target < 0) {
    throw new RangeError(
      `${method}: expected how many draws to make (an integer ≥ 0) or a Float64Array, got ${String(target)}`,
    );
  }
  return new Float64Array(target * size);
}
