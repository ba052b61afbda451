/** The metric of a diagonal and few directions, made known to chains. */

import { dimension } from "../program/target";
import { vectorBytes } from "../dynamics/space";
import { extendMetric } from "../dynamics/further-metric";
import { extendLearning } from "../mcmc/extension";
import { Chain } from "../mcmc/chain";
import { learnDirections } from "./learn";
import {
  direction,
  directionCount,
  eigenvalues,
  lowRankBytes,
  multiplyLowRank,
  multiplyLowRankTransposed,
  solveLowRankTransposed,
} from "./root";
import { rememberDraw } from "./window";

extendMetric(lowRankBytes, multiplyLowRank, multiplyLowRankTransposed, solveLowRankTransposed);
extendLearning(rememberDraw, learnDirections);

/** Number of directions of a chain whose metric is of low rank. */
export function chainDirections(chain: Chain): i32 {
  return directionCount(chain.root);
}

/** Copy eigenvalues, and then rows of eigenvectors without padding. */
export function copyDirections(chain: Chain, result: usize): void {
  const root = chain.root;
  const count = <usize>directionCount(root);
  memory.copy(result, eigenvalues(root), count << 3);
  for (let k: usize = 0; k < count; ++k) {
    memory.copy(result + (count << 3) + k * (<usize>dimension() << 3), direction(root, k), <usize>dimension() << 3);
  }
}
