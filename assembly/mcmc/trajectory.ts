/**
 * A stretch of a NUTS trajectory, and the joining of two neighbours: multinomial choice of the proposal and
 * the generalised U-turn criterion with its checks across the seam (Betancourt 2017, appendix A.4; the extra
 * checks as in Stan since 2.21).
 */

import { allocate } from "../memory";
import { exp, log1p } from "../math/scalar";
import { uniform } from "../random/xoshiro";
import { hold, Point, release } from "../dynamics/point";
import { vectorBytes, vectorEnd } from "../dynamics/space";

/** Points between `begin` and `end`, in the order in which they were made. */
@unmanaged
export class Stretch {
  begin: Point;
  end: Point;
  /** The draw that stands for the stretch. */
  proposal: Point;
  /** Sum of the momenta ρ̃: a point's own momentum, or `ownSum`. */
  sum: usize;
  ownSum: usize;
  private reserved: u32;
  /** Log of the sum of the weights exp(H₀ − H). */
  logWeight: f64;
}

/** Deeper than any trajectory: 2³⁰ points are out of reach. */
const LARGEST_STACK: usize = 32;
let stack: usize = 0;

/** The stretch at a height of the stack; its sum's vector is allocated on first use. */
export function stretchAt(height: i32): Stretch {
  if (!stack) stack = allocate(LARGEST_STACK * offsetof<Stretch>());
  const stretch = changetype<Stretch>(stack + <usize>height * offsetof<Stretch>());
  if (!stretch.ownSum) stretch.ownSum = allocate(vectorBytes());
  return stretch;
}

/** Make a stretch of a single point. */
export function single(stretch: Stretch, point: Point, logWeight: f64): void {
  stretch.begin = hold(point);
  stretch.end = hold(point);
  stretch.proposal = hold(point);
  stretch.sum = point.momentum;
  stretch.logWeight = logWeight;
}

/** Exchange the ends. */
export function reverse(stretch: Stretch): void {
  const begin = stretch.begin;
  stretch.begin = stretch.end;
  stretch.end = begin;
}

/** Sum of both lanes. */
// @ts-ignore: decorator
@inline
function lanes(x: v128): f64 {
  return f64x2.extract_lane(x, 0) + f64x2.extract_lane(x, 1);
}

/** Sum the momenta of two single points; whether the trajectory still goes on. */
function continuesPair(first: Stretch, second: Stretch): bool {
  const p = first.sum;
  const q = second.sum;
  const sum = first.ownSum;
  let atFirst = f64x2.splat(0);
  let atSecond = f64x2.splat(0);
  for (let at: usize = 0, end = vectorEnd(0); at < end; at += 16) {
    const a = v128.load(p + at);
    const b = v128.load(q + at);
    const rho = f64x2.add(a, b);
    v128.store(sum + at, rho);
    atFirst = f64x2.add(atFirst, f64x2.mul(a, rho));
    atSecond = f64x2.add(atSecond, f64x2.mul(b, rho));
  }
  first.sum = sum;
  return lanes(atFirst) > 0 && lanes(atSecond) > 0;
}

/**
 * Sum the momenta of two stretches; whether all three criteria hold: end to end, begin of the first to begin
 * of the second, end of the first to end of the second.
 */
function continues(first: Stretch, second: Stretch): bool {
  const sum = first.ownSum;
  const rho1 = first.sum;
  const rho2 = second.sum;
  const begin1 = first.begin.momentum;
  const end1 = first.end.momentum;
  const begin2 = second.begin.momentum;
  const end2 = second.end.momentum;
  let whole1 = f64x2.splat(0);
  let whole2 = f64x2.splat(0);
  let front1 = f64x2.splat(0);
  let front2 = f64x2.splat(0);
  let back1 = f64x2.splat(0);
  let back2 = f64x2.splat(0);
  for (let at: usize = 0, end = vectorEnd(0); at < end; at += 16) {
    const r1 = v128.load(rho1 + at);
    const r2 = v128.load(rho2 + at);
    const a = v128.load(begin1 + at);
    const b = v128.load(end1 + at);
    const c = v128.load(begin2 + at);
    const d = v128.load(end2 + at);
    const rho = f64x2.add(r1, r2);
    const front = f64x2.add(r1, c);
    const back = f64x2.add(r2, b);
    v128.store(sum + at, rho);
    whole1 = f64x2.add(whole1, f64x2.mul(a, rho));
    whole2 = f64x2.add(whole2, f64x2.mul(d, rho));
    front1 = f64x2.add(front1, f64x2.mul(a, front));
    front2 = f64x2.add(front2, f64x2.mul(c, front));
    back1 = f64x2.add(back1, f64x2.mul(b, back));
    back2 = f64x2.add(back2, f64x2.mul(d, back));
  }
  first.sum = sum;
  const one = lanes(whole1) > 0 && lanes(whole2) > 0;
  const two = lanes(front1) > 0 && lanes(front2) > 0;
  return one && two && lanes(back1) > 0 && lanes(back2) > 0;
}

/**
 * Append `second` to `first`, which takes its place. `progressive`: choose the proposal with probability
 * min(1, w₂/w₁), biased away from the start, rather than w₂/(w₁ + w₂). Whether the joined stretch has made no
 * U-turn.
 */
export function join(first: Stretch, second: Stretch, progressive: bool, random: usize): bool {
  const difference = second.logWeight - first.logWeight;
  const ratio = exp(-abs(difference));
  const larger = difference > 0 ? second.logWeight : first.logWeight;
  const probability = progressive
    ? difference > 0 ? 1 : ratio
    : (difference > 0 ? 1 : ratio) / (1 + ratio);
  if (uniform(random) < probability) {
    release(first.proposal);
    first.proposal = second.proposal;
  } else {
    release(second.proposal);
  }
  first.logWeight = larger + log1p(ratio);

  const pair = changetype<usize>(first.begin) == changetype<usize>(first.end)
    && changetype<usize>(second.begin) == changetype<usize>(second.end);
  const goesOn = pair ? continuesPair(first, second) : continues(first, second);
  release(first.end);
  release(second.begin);
  first.end = second.end;
  return goesOn;
}
