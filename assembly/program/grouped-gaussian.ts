/**
 * −½ Σ ((x − table[index] − factor·offset)·w)² with all partial derivatives, in one pass over the rows.
 * [header, n, offset is a vector, x, table, index, factor, offset, w, size of the table,
 * value, ∂table, ∂factor, ∂offset, ∂w, accumulate]; an address of 0 is a result that nobody needs.
 */
import { addLanes, storeScalar } from "./lanes";

export function groupedGaussian(pc: usize): void {
  let left = load<i32>(pc, 4);
  const step = <usize>load<i32>(pc, 8) << 4;
  let x = load<usize>(pc, 12);
  const table = load<usize>(pc, 16);
  let index = load<usize>(pc, 20);
  const factor = load<f64>(load<usize>(pc, 24));
  let offset = load<usize>(pc, 28);
  const w = load<f64>(load<usize>(pc, 32));
  const slopes = load<usize>(pc, 44), accumulate = load<i32>(pc, 60);
  let offsetSlopes = step ? load<usize>(pc, 52) : 0;
  if (slopes != 0 && !accumulate) memory.fill(slopes, 0, load<usize>(pc, 36) << 3);

  const factors = f64x2.splat(factor), scale = f64x2.splat(w);
  let squares0 = f64x2.splat(0), squares1 = squares0;
  let products0 = squares0, products1 = squares0;
  let sums = squares0;
  for (; left >= 4; left -= 4, x += 32, index += 16) {
    const a = load<usize>(index) << 3, b = load<usize>(index, 4) << 3;
    const c = load<usize>(index, 8) << 3, d = load<usize>(index, 12) << 3;
    const offset0 = v128.load(offset), offset1 = v128.load(offset + step);
    offset += step << 1;
    const mu0 = f64x2.add(both(table + a, table + b), f64x2.mul(factors, offset0));
    const mu1 = f64x2.add(both(table + c, table + d), f64x2.mul(factors, offset1));
    const z0 = f64x2.mul(f64x2.sub(v128.load(x), mu0), scale);
    const z1 = f64x2.mul(f64x2.sub(v128.load(x, 16), mu1), scale);
    const slope0 = f64x2.mul(z0, scale), slope1 = f64x2.mul(z1, scale);
    squares0 = f64x2.add(squares0, f64x2.mul(z0, z0));
    squares1 = f64x2.add(squares1, f64x2.mul(z1, z1));
    products0 = f64x2.add(products0, f64x2.mul(slope0, offset0));
    products1 = f64x2.add(products1, f64x2.mul(slope1, offset1));
    sums = f64x2.add(sums, f64x2.add(slope0, slope1));
    if (offsetSlopes) {
      v128.store(offsetSlopes, f64x2.mul(factors, slope0));
      v128.store(offsetSlopes, f64x2.mul(factors, slope1), 16);
      offsetSlopes += 32;
    }
    if (slopes) {
      addTo(slopes + a, f64x2.extract_lane(slope0, 0));
      addTo(slopes + b, f64x2.extract_lane(slope0, 1));
      addTo(slopes + c, f64x2.extract_lane(slope1, 0));
      addTo(slopes + d, f64x2.extract_lane(slope1, 1));
    }
  }
  let squares = addLanes(f64x2.add(squares0, squares1));
  let products = addLanes(f64x2.add(products0, products1));
  let sum = addLanes(sums);
  for (; left > 0; left--, x += 8, index += 4, offset += step >> 1) {
    const group = load<usize>(index) << 3;
    const z = (load<f64>(x) - (load<f64>(table + group) + factor * load<f64>(offset))) * w;
    const slope = z * w;
    squares += z * z;
    products += slope * load<f64>(offset);
    sum += slope;
    if (offsetSlopes) {
      store<f64>(offsetSlopes, factor * slope);
      offsetSlopes += 8;
    }
    if (slopes) addTo(slopes + group, slope);
  }

  put(load<usize>(pc, 40), -0.5 * squares, accumulate);
  put(load<usize>(pc, 48), products, accumulate);
  if (!step) put(load<usize>(pc, 52), factor * sum, accumulate);
  put(load<usize>(pc, 56), -squares / w, accumulate);
}

// @ts-ignore: decorator
@inline
function both(first: usize, second: usize): v128 {
  return v128.load64_lane(second, v128.load64_zero(first), 1);
}

// @ts-ignore: decorator
@inline
function addTo(address: usize, value: f64): void {
  store<f64>(address, load<f64>(address) + value);
}

// @ts-ignore: decorator
@inline
function put(address: usize, value: f64, accumulate: i32): void {
  if (address) storeScalar(address, value, accumulate);
}
