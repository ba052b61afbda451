/**
 * Elliptical slice sampling (Murray, Adams & MacKay 2010): for a Gaussian prior N(m, S Sᵀ) on all coordinates, S being the
 * chain's root.
 */

import { call, dimension } from "../program/target";
import { exponential } from "../random/exponential";
import { normal } from "../random/normal";
import { uniform } from "../random/xoshiro";
import { allocate } from "../memory";
import { multiplyLower } from "../linalg/triangular";
import { cos } from "../math/cos";
import { sin } from "../math/sin";
import { DENSE } from "../dynamics/metric";
import { clearPadding, vectorBytes } from "../dynamics/space";
import { evaluationPosition } from "../dynamics/evaluation";
import { Chain } from "../mcmc/chain";
import { accept, beginStatistics, evaluateCandidate } from "./candidate";

/** Number of the procedure that gives the log likelihood. */
const LOG_LIKELIHOOD: i32 = 4;
const TWO_PI: f64 = 6.283185307179586;
const MOST_SHRINKS: i32 = 200;

/** The extra bytes: the prior's mean. */
export function configureEllipticalSlice(chain: Chain, algorithm: i32): usize {
  chain.algorithm = algorithm;
  return chain.extra;
}

let standard: usize = 0;
let other: usize = 0;
let unread: usize = 0;

function scratch(): void {
  if (standard) return;
  standard = allocate(vectorBytes());
  other = allocate(vectorBytes());
  unread = allocate(vectorBytes());
}

function logLikelihood(chain: Chain, position: usize): f64 {
  chain.leapfrogs += 1;
  chain.gradients += 1;
  const value = call(LOG_LIKELIHOOD, position, unread);
  return value - value == 0 ? value : -Infinity;
}

export function beginEllipticalSlice(chain: Chain): void {
  scratch();
  chain.stepSize = 1;
}

/** A draw of the prior, its mean left out, in `other`. */
function drawPrior(chain: Chain): void {
  const count = <usize>dimension();
  for (let i: usize = 0; i < count; ++i) store<f64>(standard + (i << 3), normal(chain.random));
  clearPadding(standard);
  if (chain.metric == DENSE) {
    multiplyLower(chain.root, vectorBytes(), <i32>count, standard, other);
    return;
  }
  for (let at: usize = 0; at < count << 3; at += 8) {
    store<f64>(other + at, load<f64>(chain.root + at) * load<f64>(standard + at));
  }
}

/** Move along the ellipse through the chain's position and a draw of the prior. */
export function moveEllipticalSlice(chain: Chain): void {
  scratch();
  beginStatistics(chain);
  const bytes = <usize>dimension() << 3;
  const mean = chain.extra;
  const candidate = evaluationPosition();
  drawPrior(chain);
  const level = logLikelihood(chain, chain.position) - exponential(chain.random);
  let angle = TWO_PI * uniform(chain.random);
  let lower = angle - TWO_PI;
  let upper = angle;
  chain.acceptance = 0;
  for (let shrinks = 0; shrinks < MOST_SHRINKS; ++shrinks) {
    const c = f64x2.extract_lane(cos(f64x2.splat(angle)), 0);
    const s = f64x2.extract_lane(sin(f64x2.splat(angle)), 0);
    for (let at: usize = 0; at < bytes; at += 8) {
      const centre = load<f64>(mean + at);
      const away = load<f64>(chain.position + at) - centre;
      store<f64>(candidate + at, centre + away * c + load<f64>(other + at) * s);
    }
    if (logLikelihood(chain, candidate) > level) {
      chain.acceptance = 1;
      break;
    }
    if (angle < 0) lower = angle;
    else upper = angle;
    angle = lower + (upper - lower) * uniform(chain.random);
  }
  chain.usedStepSize = angle < 0 ? -angle : angle;
  if (chain.acceptance > 0) accept(chain, evaluateCandidate(chain));
}

/** Nothing is to be learnt. */
export function learnEllipticalSlice(chain: Chain): void {}
