/** Adaptation during warm-up: step size after each transition, metric at the end of each window. */

import { averageStepSize, finishAveraging, restartAveraging } from "./dual-averaging";
import { Chain, STAN } from "./chain";
import { learnFisher } from "./fisher";
import { addMoment, clearMoments, learnMetric } from "./moments";
import { addScore, clearScores, turnWindow } from "./scores";
import { unwhiten, UNIT, whiten } from "../dynamics/metric";
import { evaluationGradient } from "../dynamics/evaluation";
import { evaluate } from "./start";
import { findStepSize } from "./step-size";
import { insideWindow, nextShortWindow, nextWindow, planShortWindows, planWindows } from "./windows";

/** Make ready for the first transition; without warm-up a given step size stays as it is. */
export function beginWarmup(chain: Chain): void {
  if (chain.adaptation == STAN) {
    planWindows(chain);
    clearMoments(chain);
  } else {
    planShortWindows(chain);
    clearScores(chain);
  }
  if (chain.warmup == 0 && chain.stepSize > 0) return;
  findStepSize(chain);
  restartAveraging(chain);
}

/** The gradient at the chain's position. */
function scoreOf(chain: Chain): usize {
  const score = evaluationGradient();
  unwhiten(chain.metric, chain.root, chain.force, score);
  return score;
}

/** Learn from the transition just made, the last of warm-up included. */
export function adapt(chain: Chain): void {
  averageStepSize(chain);
  if (chain.metric != UNIT) {
    if (chain.adaptation == STAN) adaptByDraws(chain);
    else adaptByScores(chain);
  }
  if (chain.iteration == chain.warmup - 1) finishAveraging(chain);
}

function adaptByDraws(chain: Chain): void {
  if (insideWindow(chain)) addMoment(chain);
  if (chain.iteration != chain.windowEnd) return;
  nextWindow(chain);
  learnMetric(chain);
  clearMoments(chain);
  evaluate(chain);
  findStepSize(chain);
  restartAveraging(chain);
}

function adaptByScores(chain: Chain): void {
  if (!insideWindow(chain)) return;
  const score = scoreOf(chain);
  addScore(chain, chain.position, score);
  if (chain.iteration != chain.windowEnd) return;
  nextShortWindow(chain);
  learnFisher(chain);
  turnWindow(chain);
  whiten(chain.metric, chain.root, score, chain.force);
  findStepSize(chain);
  restartAveraging(chain, 1);
}
