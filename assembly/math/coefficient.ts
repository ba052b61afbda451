/** Coefficients are loaded from static tables: V8 rebuilds a `v128.const` each time round a loop. */

/** Entry `index` of a table of f64, in both lanes. */
// @ts-ignore: decorator
@inline
export function coefficient(table: usize, index: usize): v128 {
  return v128.load_splat<f64>(table + (index << 3));
}
