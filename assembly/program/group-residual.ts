/**
 * −½ Σ ((rest − own·(table − reference) − factor·offset)·w)² with the partial derivatives of what is not data, in one
 * pass: the rows that are left of the groups of a folded regression.
 * [header, n, offset is a vector, table, factor, offset, w, rest, own, reference, value, ∂table, ∂factor, ∂offset, ∂w,
 * accumulate]; an address of 0 is a result that nobody needs.
 */
import { addLanes, firstLane, storeScalar } from "./lanes";

export function groupResidual(pc: usize): void {
  let left = load<i32>(pc, 4);
  const step = <usize>load<i32>(pc, 8) << 4;
  let table = load<usize>(pc, 12);
  const factor = f64x2.splat(load<f64>(load<usize>(pc, 16)));
  let offset = load<usize>(pc, 20);
  const w = load<f64>(load<usize>(pc, 24)), scale = f64x2.splat(w);
  let rest = load<usize>(pc, 28), own = load<usize>(pc, 32), reference = load<usize>(pc, 36);
  let slopes = load<usize>(pc, 44);
  let offsetSlopes = step ? load<usize>(pc, 52) : 0;
  const accumulate = load<i32>(pc, 60);

  let squares0 = f64x2.splat(0), squares1 = squares0;
  let products0 = squares0, products1 = squares0;
  let sums = squares0;
  for (; left >= 4; left -= 4) {
    const own0 = v128.load(own), own1 = v128.load(own, 16);
    const offset0 = v128.load(offset), offset1 = v128.load(offset + step);
    const z0 = residual(table, reference, rest, own0, factor, offset0, scale);
    const z1 = residual(table + 16, reference + 16, rest + 16, own1, factor, offset1, scale);
    const slope0 = f64x2.mul(z0, scale), slope1 = f64x2.mul(z1, scale);
    squares0 = f64x2.add(squares0, f64x2.mul(z0, z0));
    squares1 = f64x2.add(squares1, f64x2.mul(z1, z1));
    products0 = f64x2.add(products0, f64x2.mul(slope0, offset0));
    products1 = f64x2.add(products1, f64x2.mul(slope1, offset1));
    sums = f64x2.add(sums, f64x2.add(slope0, slope1));
    if (slopes) {
      v128.store(slopes, f64x2.mul(slope0, own0));
      v128.store(slopes, f64x2.mul(slope1, own1), 16);
      slopes += 32;
    }
    if (offsetSlopes) {
      v128.store(offsetSlopes, f64x2.mul(slope0, factor));
      v128.store(offsetSlopes, f64x2.mul(slope1, factor), 16);
      offsetSlopes += 32;
    }
    table += 32;
    reference += 32;
    rest += 32;
    own += 32;
    offset += step << 1;
  }
  for (; left > 0; left -= 2) {
    const own0 = v128.load(own), offset0 = v128.load(offset);
    let z = residual(table, reference, rest, own0, factor, offset0, scale);
    if (left == 1) z = firstLane(z);
    const slope = f64x2.mul(z, scale);
    squares0 = f64x2.add(squares0, f64x2.mul(z, z));
    products0 = f64x2.add(products0, f64x2.mul(slope, left == 1 ? firstLane(offset0) : offset0));
    sums = f64x2.add(sums, slope);
    if (slopes) {
      v128.store(slopes, f64x2.mul(slope, own0));
      slopes += 16;
    }
    if (offsetSlopes) {
      v128.store(offsetSlopes, f64x2.mul(slope, factor));
      offsetSlopes += 16;
    }
    table += 16;
    reference += 16;
    rest += 16;
    own += 16;
    offset += step;
  }
  const squares = addLanes(f64x2.add(squares0, squares1));
  put(load<usize>(pc, 40), -0.5 * squares, accumulate);
  put(load<usize>(pc, 48), addLanes(f64x2.add(products0, products1)), accumulate);
  if (!step) put(load<usize>(pc, 52), f64x2.extract_lane(factor, 0) * addLanes(sums), accumulate);
  put(load<usize>(pc, 56), -squares / w, accumulate);
}

// @ts-ignore: decorator
@inline
function residual(
  table: usize, reference: usize, rest: usize, own: v128, factor: v128, offset: v128, scale: v128,
): v128 {
  const shift = f64x2.sub(v128.load(table), v128.load(reference));
  const explained = f64x2.add(f64x2.mul(own, shift), f64x2.mul(factor, offset));
  return f64x2.mul(f64x2.sub(v128.load(rest), explained), scale);
}

// @ts-ignore: decorator
@inline
function put(address: usize, value: f64, accumulate: i32): void {
  if (address) storeScalar(address, value, accumulate);
}
