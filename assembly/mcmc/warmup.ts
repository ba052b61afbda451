/** Adaptation during warm-up: step size after each transition, metric at the end of each window. */

import { averageStepSize, finishAveraging, restartAveraging } from "./dual-averaging";
import { Chain } from "./chain";
import { addMoment, clearMoments, learnMetric } from "./moments";
import { UNIT } from "../dynamics/metric";
import { evaluate } from "./start";
import { findStepSize } from "./step-size";
import { insideWindow, nextWindow, planWindows } from "./windows";

/** Make ready for the first transition; without warm-up a given step size stays as it is. */
export function beginWarmup(chain: Chain): void {
  planWindows(chain);
  clearMoments(chain);
  if (chain.warmup == 0 && chain.stepSize > 0) return;
  findStepSize(chain);
  restartAveraging(chain);
}

/** Learn from the transition just made, the last of warm-up included. */
export function adapt(chain: Chain): void {
  averageStepSize(chain);
  if (chain.metric != UNIT) {
    if (insideWindow(chain)) addMoment(chain);
    if (chain.iteration == chain.windowEnd) {
      nextWindow(chain);
      learnMetric(chain);
      clearMoments(chain);
      evaluate(chain);
      findStepSize(chain);
      restartAveraging(chain);
    }
  }
  if (chain.iteration == chain.warmup - 1) finishAveraging(chain);
}
