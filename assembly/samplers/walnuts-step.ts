/**
 * A macro step of WALNUTS: a step of fixed length, divided into as many leapfrogs as keep the energy nearly constant
 * (Bou-Rabee, Carpenter, Kleppe & Liu 2025).
 *
 * One leapfrog is tried, then 2, 4, …: each division is rejected with probability (range/δ)⁴ ∧ 1, where the range is that
 * of the energy along the way and δ the largest one allowed; the finest only if it exceeds δ. The way back takes the same
 * division with another probability, because the coarser ones that it would try first begin elsewhere; the division itself
 * has the same range both ways. So the weight of what lies beyond the step gains the factor Π rejection back / rejection
 * forth over the coarser divisions. A threshold instead of probabilities, as in the paper, makes that factor 0 or 1, and
 * ends trajectories where the ways disagree.
 */

import { exp, log } from "../math/scalar";
import { uniform } from "../random/xoshiro";
import { leapfrog } from "../dynamics/leapfrog";
import { acquire, Point, recycle } from "../dynamics/point";
import { Chain, STAN } from "../mcmc/chain";
import { credit } from "../mcmc/nuts";

/** What decides how finely steps are divided. */
@unmanaged
export class Tolerance {
  /** Largest range δ of the energy along a step. */
  maxEnergyError: f64;
  /** Steps are divided into at most 2^maxStepHalvings leapfrogs. */
  maxStepHalvings: i32;
  private reserved: i32;
}

/** Behind what the metric is learnt from. */
export function toleranceOf(chain: Chain): Tolerance {
  return changetype<Tolerance>(chain.extra + (chain.adaptation == STAN ? 0 : 2 * chain.scoreBytes));
}

/** Probability that a step divided in 2^halvings, whose energies have this range, is divided further. */
function rejectionAt(tolerance: Tolerance, range: f64, halvings: i32): f64 {
  const share = range / tolerance.maxEnergyError;
  if (!(share <= 1)) return 1;
  const square = share * share;
  return halvings < tolerance.maxStepHalvings ? square * square : 0;
}

/**
 * Go from one point to another in 2^halvings leapfrogs, every other one by way of `spare`; the range of the energies on the
 * way, ∞ as soon as it exceeds the largest allowed.
 */
function travel(
  chain: Chain,
  tolerance: Tolerance,
  from: Point,
  to: Point,
  spare: Point,
  step: f64,
  halvings: i32,
): f64 {
  const count = 1 << halvings;
  const part = step / <f64>count;
  let lowest = from.energy;
  let highest = lowest;
  let range: f64 = 0;
  let current = from;
  let next = halvings == 0 ? to : spare;
  for (let i = 0; i < count; ++i) {
    leapfrog(chain.metric, chain.root, current, next, part);
    chain.leapfrogs += 1;
    lowest = min<f64>(lowest, next.energy);
    highest = max<f64>(highest, next.energy);
    range = highest - lowest;
    // Written so that energies that are not numbers end it.
    if (!(range <= tolerance.maxEnergyError)) return Infinity;
    current = next;
    next = current == to ? spare : to;
  }
  return range;
}

/**
 * Make a step; the logarithm of the factor that weights gain by it. NaN where it cannot be made: the finest division is not
 * fine enough (`chain.divergent`), or the way back would never take the same one.
 */
export function divide(chain: Chain, tolerance: Tolerance, from: Point, to: Point, step: f64): f64 {
  const range = travel(chain, tolerance, from, to, to, step, 0);
  const error = abs(to.energy - from.energy);
  credit(error < Infinity ? exp(-error) : 0);
  let forth = rejectionAt(tolerance, range, 0);
  if (!(uniform(chain.random) < forth)) return 0;
  const spare = acquire();
  const end = acquire();
  let halvings = 0;
  let divided = false;
  while (!divided && halvings < tolerance.maxStepHalvings) {
    halvings += 1;
    const rejected = rejectionAt(tolerance, travel(chain, tolerance, from, to, spare, step, halvings), halvings);
    divided = !(uniform(chain.random) < rejected);
    if (!divided) forth *= rejected;
  }
  if (!divided) chain.divergent = 1;
  let back: f64 = divided ? 1 : 0;
  for (let k = 0; k < halvings && back > 0; ++k) {
    back *= rejectionAt(tolerance, travel(chain, tolerance, to, end, spare, -step, k), k);
  }
  recycle(spare);
  recycle(end);
  return back > 0 ? log(back / forth) : NaN;
}

let ahead: f64 = 0;
let behind: f64 = 0;

/** Forget the weights that the last trajectory has gathered at its ends. */
export function beginWeights(): void {
  ahead = 0;
  behind = 0;
}

/** Steps that are divided as they need. */
@unmanaged
export class MacroStep {
  // @ts-ignore: decorator
  @inline
  step(chain: Chain, from: Point, to: Point, step: f64, startEnergy: f64): f64 {
    const gained = divide(chain, toleranceOf(chain), from, to, step);
    const weight = (step > 0 ? ahead : behind) + gained;
    if (step > 0) ahead = weight;
    else behind = weight;
    return startEnergy - to.energy + weight;
  }
}
