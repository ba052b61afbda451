/** Entry of a module for tests only: the parts of the samplers one by one. */
export { attachHost, dimension } from '../../assembly/program/target';
export { allocate } from '../../assembly/memory';
export { advance } from '../../assembly/mcmc/advance';
export {
  chainPosition,
  configureHmc,
  configureNuts,
  configureRun,
  createChain,
  scoreBytes,
} from '../../assembly/mcmc/chain';
export { cholesky } from '../../assembly/linalg/cholesky';
export { geometricMean, geometricMeanBytes } from '../../assembly/linalg/geometric-mean';
export { multiplyLower, multiplyLowerTransposed, solveLowerTransposed } from '../../assembly/linalg/triangular';
export { vectorBytes } from '../../assembly/dynamics/space';
export { chainDirections, copyDirections } from '../../assembly/lowrank/index';
export {
  direction,
  multiplyLowRank,
  multiplyLowRankTransposed,
  setDirectionCount,
  setEigenvalue,
  solveLowRankTransposed,
} from '../../assembly/lowrank/root';
export { evaluate } from '../../assembly/mcmc/start';

import { acquire, Point } from '../../assembly/dynamics/point';
import { leapfrog } from '../../assembly/dynamics/leapfrog';
import { Chain } from '../../assembly/mcmc/chain';
import { grow, Leapfrog } from '../../assembly/mcmc/nuts';
import { divide, Tolerance } from '../../assembly/samplers/walnuts-step';
import { copyState } from '../../assembly/mcmc/start';
import { hold } from '../../assembly/dynamics/point';
import { stretchAt } from '../../assembly/mcmc/trajectory';
import {
  insideWindow,
  nextShortWindow,
  nextWindow,
  planShortWindows,
  planWindows,
} from '../../assembly/mcmc/windows';
import { learnFisher } from '../../assembly/mcmc/fisher';
import { addScore } from '../../assembly/mcmc/scores';
import { averageStepSize, finishAveraging, restartAveraging } from '../../assembly/mcmc/dual-averaging';

export function rootOf(chain: Chain): usize {
  return chain.root;
}

/** Take in a draw of warm-up and its score. */
export function takeIn(chain: Chain, position: usize, score: usize): void {
  addScore(chain, position, score);
}

/** Learn the metric from what was taken in. */
export function learn(chain: Chain): void {
  learnFisher(chain);
}

/** A point where the chain is, with the given whitened momentum. */
export function pointOf(chain: Chain, momentum: usize, count: i32): Point {
  const point = acquire();
  copyState(chain, point);
  hold(point);
  let kinetic: f64 = 0;
  for (let i: usize = 0; i < <usize>count; ++i) {
    const p = load<f64>(momentum + (i << 3));
    store<f64>(point.momentum + (i << 3), p);
    kinetic += p * p;
  }
  point.energy = 0.5 * kinetic - point.logDensity;
  return point;
}

export function positionOf(point: Point): usize {
  return point.position;
}

export function momentumOf(point: Point): usize {
  return point.momentum;
}

export function energyOf(point: Point): f64 {
  return point.energy;
}

/** A point that nothing has been written to. */
export function emptyPoint(): Point {
  return hold(acquire());
}

/** A macro step of WALNUTS from one point to another: the logarithm of its factor of the weight. */
export function divideStep(chain: Chain, tolerance: Tolerance, from: Point, to: Point, step: f64): f64 {
  chain.leapfrogs = 0;
  chain.divergent = 0;
  return divide(chain, tolerance, from, to, step);
}

/** `count` leapfrog steps; the last point. */
export function integrate(chain: Chain, from: Point, step: f64, count: i32): Point {
  let current = from;
  for (let i = 0; i < count; ++i) {
    const next = acquire();
    leapfrog(chain.metric, chain.root, current, next, step);
    current = next;
  }
  return current;
}

/** Build 2^depth points on from a point: whether that went without U-turn or divergence. */
export function build(chain: Chain, from: Point, depth: i32, step: f64): bool {
  chain.leapfrogs = 0;
  chain.divergent = 0;
  return grow<Leapfrog>(chain, from, depth, step, from.energy);
}

export function leapfrogsOf(chain: Chain): f64 {
  return chain.leapfrogs;
}

export function divergentOf(chain: Chain): f64 {
  return chain.divergent;
}

/** What `build` left: the position of the proposal, the sum of momenta, the log weight. */
export function builtProposal(): usize {
  return stretchAt(1).proposal.position;
}

export function builtSum(): usize {
  return stretchAt(1).sum;
}

export function builtLogWeight(): f64 {
  return stretchAt(1).logWeight;
}

/**
 * Write the last transition of each window; their number. `counted` receives the number of transitions inside
 * windows.
 */
export function windowEnds(chain: Chain, short: bool, ends: usize, counted: usize): i32 {
  if (short) planShortWindows(chain);
  else planWindows(chain);
  let found = 0;
  let inside = 0;
  for (chain.iteration = 0; chain.iteration < chain.warmup; ++chain.iteration) {
    if (insideWindow(chain)) ++inside;
    if (chain.iteration == chain.windowEnd) {
      store<i32>(ends + ((<usize>found) << 2), chain.iteration);
      ++found;
      if (short) nextShortWindow(chain);
      else nextWindow(chain);
    }
  }
  store<i32>(counted, inside);
  return found;
}

/** Dual averaging over given acceptances; the step size after each, then the one settled on. */
export function averageOver(chain: Chain, acceptances: usize, count: i32, stepSizes: usize): void {
  restartAveraging(chain);
  for (let i: usize = 0; i < <usize>count; ++i) {
    chain.acceptance = load<f64>(acceptances + (i << 3));
    averageStepSize(chain);
    store<f64>(stepSizes + (i << 3), chain.stepSize);
  }
  finishAveraging(chain);
  store<f64>(stepSizes + ((<usize>count) << 3), chain.stepSize);
}
