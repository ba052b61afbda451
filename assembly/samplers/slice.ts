/** Slice sampling of one coordinate after another: stepping out, then shrinkage (Neal 2003, §4). */

import { dimension } from "../program/target";
import { exponential } from "../random/exponential";
import { uniform } from "../random/xoshiro";
import { copyVector } from "../dynamics/space";
import { evaluationPosition } from "../dynamics/evaluation";
import { Chain } from "../mcmc/chain";
import { accept, beginStatistics, evaluateCandidate } from "./candidate";

/** Widths a side may be stepped out. */
const MOST_STEPS: i32 = 50;
/** The interval shrinks to nothing only where rounding does. */
const MOST_SHRINKS: i32 = 200;

export function configureSlice(chain: Chain, algorithm: i32): void {
  chain.algorithm = algorithm;
}

/** Widths of the intervals, one a coordinate; they are the extra bytes. */
export function beginSlice(chain: Chain): void {
  const width = chain.stepSize > 0 ? chain.stepSize : 1;
  chain.stepSize = width;
  for (let i: usize = 0, count = <usize>dimension(); i < count; ++i) store<f64>(chain.extra + (i << 3), width);
}

/** Log density with one coordinate moved. */
function at(chain: Chain, coordinate: usize, value: f64): f64 {
  const candidate = evaluationPosition();
  copyVector(chain.position, candidate);
  store<f64>(candidate + coordinate, value);
  return evaluateCandidate(chain);
}

/** One update of every coordinate. */
export function moveSlice(chain: Chain): void {
  beginStatistics(chain);
  chain.acceptance = 1;
  const count = <usize>dimension();
  const learning = chain.iteration < chain.warmup;
  const updates = <f64>(chain.iteration + 1);
  let widths: f64 = 0;
  for (let i: usize = 0; i < count; ++i) {
    const coordinate = i << 3;
    const width = load<f64>(chain.extra + coordinate);
    const x = load<f64>(chain.position + coordinate);
    const level = chain.logDensity - exponential(chain.random);

    let left = x - width * uniform(chain.random);
    let right = left + width;
    // A limit on the steps keeps the update exact when it is divided at random between the sides.
    let before = <i32>(uniform(chain.random) * <f64>MOST_STEPS);
    let after = MOST_STEPS - 1 - before;
    while (before-- > 0 && at(chain, coordinate, left) > level) left -= width;
    while (after-- > 0 && at(chain, coordinate, right) > level) right += width;
    if (learning) {
      // The mean width of the slices so far is a good first interval.
      const mean = width + (right - left - width) / (updates + 1);
      store<f64>(chain.extra + coordinate, mean);
    }
    widths += right - left;

    for (let shrinks = 0; shrinks < MOST_SHRINKS; ++shrinks) {
      const candidate = left + (right - left) * uniform(chain.random);
      const logDensity = at(chain, coordinate, candidate);
      if (logDensity > level) {
        accept(chain, logDensity);
        break;
      }
      if (candidate < x) left = candidate;
      else right = candidate;
    }
  }
  chain.usedStepSize = widths / <f64>count;
  if (learning) chain.stepSize = chain.usedStepSize;
}

/** All is learnt while moving. */
export function learnSlice(chain: Chain): void {}
