/** Trying another point: its log density, and going there. */

import { copyVector } from "../dynamics/space";
import { evaluateDensity, evaluationPosition } from "../dynamics/evaluation";
import { Chain } from "../mcmc/chain";

/** Count and make one evaluation at `evaluationPosition()`; −∞ where the density is not a finite number. */
export function evaluateCandidate(chain: Chain): f64 {
  const value = evaluateDensity();
  chain.leapfrogs += 1;
  chain.gradients += 1;
  return value - value == 0 ? value : -Infinity;
}

/** Move the chain to the candidate. */
export function accept(chain: Chain, logDensity: f64): void {
  copyVector(evaluationPosition(), chain.position);
  chain.logDensity = logDensity;
}

/** Start the statistics of a transition that has neither a tree nor a Hamiltonian. */
export function beginStatistics(chain: Chain): void {
  chain.leapfrogs = 0;
  chain.divergent = 0;
  chain.treeDepth = 0;
  chain.energy = NaN;
}
