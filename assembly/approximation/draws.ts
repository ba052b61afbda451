/** Draws of an approximation, taken back to the model: log densities, and quantities, of many positions at once. */

import { call, density, dimension } from "../program/target";
import { allocate } from "../memory";

const QUANTITIES: i32 = 1;

let gradient: usize = 0;

/** Log density (Jacobian included; −∞ where it is not finite) at each of `count` positions, which follow one another without padding. */
export function logDensities(positions: usize, count: i32, results: usize): void {
  if (!gradient) gradient = allocate((<usize>dimension() + 4) << 3);
  const bytes = <usize>dimension() << 3;
  for (let i = 0; i < count; ++i, positions += bytes, results += 8) {
    const value = density(positions, gradient);
    store<f64>(results, isFinite(value) ? value : -Infinity);
  }
}

/** The quantities of each of `count` positions: rows of `size` values, with room for four more behind the last. */
export function quantitiesOf(positions: usize, count: i32, size: i32, results: usize): void {
  const bytes = <usize>dimension() << 3;
  const row = <usize>size << 3;
  for (let i = 0; i < count; ++i, positions += bytes, results += row) call(QUANTITIES, positions, results);
}
