/**
 * One transition of the no-U-turn sampler with multinomial sampling of the trajectory (Hoffman & Gelman 2014;
 * Betancourt 2017). Each doubling is built leaf by leaf; a stack of stretches, joined like the carries of a
 * binary counter, takes the place of recursion.
 */

import { exp } from "../math/scalar";
import { uniform } from "../random/xoshiro";
import { acquire, Point, recycle, release } from "../dynamics/point";
import { leapfrog, refreshMomentum } from "../dynamics/leapfrog";
import { Chain } from "./chain";
import { jitteredStepSize } from "./step-size";
import { copyState, moveTo } from "./start";
import { join, reverse, single, Stretch, stretchAt } from "./trajectory";

/** Energy error at which a trajectory counts as divergent. */
export const DIVERGENCE: f64 = 1000;

/** Before the metric is known, no trajectory is longer than 2^8: far enough to find where the mass is. */
const EARLY_DEPTH: i32 = 8;

/** Release what a stretch holds. */
function drop(stretch: Stretch): void {
  release(stretch.begin);
  release(stretch.end);
  release(stretch.proposal);
}

let acceptanceSum: f64 = 0;
let stepsTried: f64 = 0;

/** Count a step towards the transition's mean acceptance. */
export function credit(acceptance: f64): void {
  acceptanceSum += acceptance;
  stepsTried += 1;
}

// What trajectories are made of is a type: `changetype<S>(0).step(…)` is resolved and inlined when `transition` is instantiated.

/** Steps of one leapfrog each. */
@unmanaged
export class Leapfrog {
  /** Step from one point to the next; the log weight of that one, NaN where the trajectory cannot go on. */
  // @ts-ignore: decorator
  @inline
  step(chain: Chain, from: Point, to: Point, step: f64, startEnergy: f64): f64 {
    leapfrog(chain.metric, chain.root, from, to, step);
    chain.leapfrogs += 1;
    const gain = startEnergy - to.energy;
    // Written so that NaN and ±∞ diverge.
    if (!(gain >= -DIVERGENCE && gain < Infinity)) {
      chain.divergent = 1;
      credit(0);
      return NaN;
    }
    credit(gain > 0 ? 1 : exp(gain));
    return gain;
  }
}

/**
 * Build 2^depth points onwards from `from` as the stretch at height 1, by steps S. False, with nothing left on the
 * stack, when a part of it makes a U-turn or cannot go on.
 */
export function grow<S>(chain: Chain, from: Point, depth: i32, step: f64, startEnergy: f64): bool {
  let height = 1;
  let current = from;
  let goesOn = true;
  for (let leaf: u32 = 0, leaves = <u32>1 << depth; leaf < leaves && goesOn; ++leaf) {
    const point = acquire();
    const logWeight = changetype<S>(0).step(chain, current, point, step, startEnergy);
    if (logWeight != logWeight) {
      recycle(point);
      goesOn = false;
      break;
    }
    single(stretchAt(height++), point, logWeight);
    for (let carry = leaf; goesOn && carry & 1; carry >>= 1) {
      --height;
      goesOn = join(stretchAt(height - 1), stretchAt(height), false, chain.random);
    }
    current = point;
  }
  if (!goesOn) while (height > 1) drop(stretchAt(--height));
  return goesOn;
}

/** Move the chain by one transition, along a trajectory of steps S. */
export function transition<S>(chain: Chain): void {
  const start = acquire();
  copyState(chain, start);
  refreshMomentum(start, chain.random);
  const startEnergy = start.energy;
  const trajectory = stretchAt(0);
  single(trajectory, start, 0);

  chain.leapfrogs = 0;
  chain.divergent = 0;
  acceptanceSum = 0;
  stepsTried = 0;
  chain.usedStepSize = jitteredStepSize(chain);
  let depth = 0;
  let forward = true;
  let goesOn = true;
  const deepest = chain.iteration < chain.windowStart ? min<i32>(chain.maxTreeDepth, EARLY_DEPTH) : chain.maxTreeDepth;
  while (goesOn && depth < deepest) {
    const ahead = uniform(chain.random) > 0.5;
    if (ahead != forward) {
      reverse(trajectory);
      forward = ahead;
    }
    const step = ahead ? chain.usedStepSize : -chain.usedStepSize;
    goesOn = grow<S>(chain, trajectory.end, depth, step, startEnergy);
    if (goesOn) {
      depth += 1;
      goesOn = join(trajectory, stretchAt(1), true, chain.random);
    }
  }

  chain.treeDepth = depth;
  chain.acceptance = stepsTried > 0 ? acceptanceSum / stepsTried : 0;
  chain.gradients += chain.leapfrogs;
  chain.divergences += <i32>chain.divergent;
  moveTo(chain, trajectory.proposal);
  drop(trajectory);
}

/** Move the chain by one transition of NUTS. */
export function nutsTransition(chain: Chain): void {
  transition<Leapfrog>(chain);
}
