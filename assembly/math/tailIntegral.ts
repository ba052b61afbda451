/**
 * ∫ exp(−h(y)) dy from 0 to ∞ for a convex h(y) = slope·y + strength·K(y) with h(0) = 0, and the means of y
 * and K under it: the tail of a gamma or beta distribution from a point outwards, in units of the density
 * there.
 *
 * The integrand falls by e⁻⁴⁰ up to a point that is found first; on the way 28 nodes of Gauss and Legendre in
 * panels of at most 5, as far as the integrands' singularities allow, err by some 1e-15 of the integral.
 */
import { exp } from "./exp";
import { log } from "./scalar";

const NODES: i32 = 28;
/** Nodes on [0, 1], then weights that add up to 1. */
// prettier-ignore
const RULE: usize = memory.data<f64>([
  0.001778751213022775, 0.009348417314563623, 0.022870359685530903, 0.04218348680393396, 0.06705373871280247,
  0.09717931454141042, 0.1321945609931841, 0.17167445298056752, 0.21513976409429914, 0.2620628875224409,
  0.31187424195546065, 0.363969186182411, 0.41771535893330963, 0.47246035505798284, 0.5275396449420171,
  0.5822846410666904, 0.6360308138175891, 0.6881257580445393, 0.7379371124775591, 0.7848602359057009,
  0.8283255470194325, 0.8678054390068158, 0.9028206854585896, 0.9329462612871975, 0.9578165131960661,
  0.9771296403144691, 0.9906515826854364, 0.9982212487869773,
  0.0045621412965472586, 0.01056605629638563, 0.01645071389115219, 0.022136467379502114, 0.027553672837858374,
  0.0326364619834998, 0.03732310711728439, 0.041556708614450606, 0.04528587219651642, 0.04846532899896496,
  0.05105648378903038, 0.05302788296142321, 0.05435559612914707, 0.0550235065082376, 0.0550235065082376,
  0.05435559612914707, 0.05302788296142321, 0.05105648378903038, 0.04846532899896496, 0.04528587219651642,
  0.041556708614450606, 0.03732310711728439, 0.0326364619834998, 0.027553672837858374, 0.022136467379502114,
  0.01645071389115219, 0.01056605629638563, 0.0045621412965472586,
], 16);

/** Where the integrand no longer counts, h = 40; it may be off by some. */
const END: f64 = 40;
const END_AT_LEAST: f64 = 37.5;
const END_AT_MOST: f64 = 43;
const LONGEST_PANEL: f64 = 5;
/** exp is finite up to here. */
const FARTHEST: f64 = 700;

/** Results of the last call. */
export let integral: f64 = 0;
export let meanOfY: f64 = 0;
export let meanOfK: f64 = 0;

/**
 * `F` has `of(y, z, sign)`, K at y with two parameters of its own; `curvature` is h″(0).
 */
export function integrateTail<F>(slope: f64, strength: f64, z: f64, sign: f64, curvature: f64): void {
  const end = reach<F>(slope, strength, z, sign, curvature);
  const panels = max(1, ceil(end / LONGEST_PANEL));
  const width = end / panels;
  const slopes = f64x2.splat(slope), strengths = f64x2.splat(strength);
  const zs = f64x2.splat(z), signs = f64x2.splat(sign), widths = f64x2.splat(width);
  let sum = f64x2.splat(0), sumOfY = sum, sumOfK = sum;
  for (let panel: f64 = 0; panel < panels; panel++) {
    const start = f64x2.splat(panel * width);
    for (let at = RULE; at < RULE + (NODES << 3); at += 16) {
      const y = f64x2.add(start, f64x2.mul(widths, v128.load(at)));
      // @ts-ignore: F has `of`
      const k = changetype<F>(0).of(y, zs, signs);
      const h = f64x2.add(f64x2.mul(slopes, y), f64x2.mul(strengths, k));
      const weight = f64x2.mul(v128.load(at, NODES << 3), exp(f64x2.neg(h)));
      sum = f64x2.add(sum, weight);
      sumOfY = f64x2.add(sumOfY, f64x2.mul(weight, y));
      sumOfK = f64x2.add(sumOfK, f64x2.mul(weight, k));
    }
  }
  const total = lanes(sum);
  integral = total * width;
  meanOfY = lanes(sumOfY) / total;
  meanOfK = lanes(sumOfK) / total;
}

/**
 * A point where h is about `END`, between bounds: h is convex, so the chord through 0 gives one from the
 * other.
 */
function reach<F>(slope: f64, strength: f64, z: f64, sign: f64, curvature: f64): f64 {
  // Where h is its first two orders; the root is taken so that no square overflows.
  const bend = sqrt(2 * END) * sqrt(curvature);
  const larger = max(abs(slope), bend), smaller = min(abs(slope), bend);
  const root = larger * sqrt(1 + smaller / larger * (smaller / larger));
  let y = min(2 * END / (slope + root), FARTHEST);
  let low: f64 = 0, atLow: f64 = 0, high: f64 = Infinity, atHigh: f64 = Infinity;
  for (let step = 0; step < 100; step++) {
    // @ts-ignore: F has `of`
    const k = f64x2.extract_lane(changetype<F>(0).of(f64x2.splat(y), f64x2.splat(z), f64x2.splat(sign)), 0);
    const h = slope * y + strength * k;
    if (h >= END_AT_LEAST && h <= END_AT_MOST) break;
    if (h < END) {
      low = y;
      atLow = h;
      if (y >= FARTHEST) break;
    } else {
      high = y;
      atHigh = h;
    }
    if (high == Infinity) y = min(min(3, h > 0 ? END / h : 3) * y, FARTHEST);
    else if (atHigh == Infinity || !(atHigh >= END)) y = low + 0.5 * (high - low);
    else if (atLow < 1) y = max(high * (END / atHigh), low + 0.25 * (high - low));
    else y = low + (high - low) * (log(END / atLow) / log(atHigh / atLow));
  }
  return y;
}

// @ts-ignore: decorator
@inline
function lanes(x: v128): f64 {
  return f64x2.extract_lane(x, 0) + f64x2.extract_lane(x, 1);
}
