/**
 * The ziggurat of Marsaglia and Tsang (J. Stat. Softw. 5(8), 2000): 256 layers of equal area under a
 * decreasing density.
 *
 * One 64-bit draw gives layer, sign and 53 bits of position from bits of their own, as Doornik (2005) asks. A
 * table holds the edges x₀ > x₁ > … > x₂₅₆ = 0, then the heights f(x₀) … f(x₂₅₆); x₁ is where the tail begins
 * and x₀ = area / f(x₁) the width of the base layer, were it a rectangle. Tables are computed as the module
 * starts, by our own exp and log.
 */

/** Bytes of a table. */
export const TABLE_BYTES: i32 = 2 * 257 * 8;

/** The edge `layer` of a table. */
// @ts-ignore: decorator
@inline
export function edge(table: usize, layer: usize): f64 {
  return load<f64>(table + (layer << 3));
}

/** The density at edge `layer`. */
// @ts-ignore: decorator
@inline
export function height(table: usize, layer: usize): f64 {
  return load<f64>(table + (layer << 3), 257 * 8);
}

/** Fills a table; a `Shape` has `density`, with density(0) = 1, and its `inverse`. */
export function fillTable<Shape>(table: usize, tail: f64, area: f64): void {
  const shape = changetype<Shape>(0);
  // @ts-ignore: Shape has `density`
  store<f64>(table, area / shape.density(tail));
  store<f64>(table, tail, 8);
  for (let layer: usize = 2; layer < 256; layer++) {
    const x = edge(table, layer - 1);
    // @ts-ignore: Shape has `density` and `inverse`
    store<f64>(table + (layer << 3), shape.inverse(area / x + shape.density(x)));
  }
  store<f64>(table, 0, 256 * 8);
  for (let layer: usize = 0; layer < 257; layer++) {
    // @ts-ignore: Shape has `density`
    store<f64>(table + (layer << 3), shape.density(edge(table, layer)), 257 * 8);
  }
}

/** Position of a draw's 53 high bits within [0, width). */
// @ts-ignore: decorator
@inline
export function positionWithin(width: f64, bits: u64): f64 {
  return <f64>(<i64>(bits >> 11)) * 1.1102230246251565e-16 * width;
}

/** A height within the layer above edge `layer`, at the fraction `u`. */
// @ts-ignore: decorator
@inline
export function heightWithin(table: usize, layer: usize, u: f64): f64 {
  const low = height(table, layer);
  return low + u * (height(table, layer + 1) - low);
}
