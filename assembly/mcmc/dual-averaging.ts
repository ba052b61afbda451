/** Dual averaging of the log step size (Nesterov 2009; Hoffman & Gelman 2014, §3.2). */

import { exp, log } from "../math/scalar";
import { Chain } from "./chain";

const GAMMA: f64 = 0.05;
const KAPPA: f64 = 0.75;
const T0: f64 = 10;

/** Begin anew around `factor` times the current step size: Stan takes 10, to try larger ones first. */
export function restartAveraging(chain: Chain, factor: f64 = 10): void {
  chain.averagingCount = 0;
  chain.averagingError = 0;
  chain.averagedLogStepSize = 0;
  chain.averagingCentre = log(factor * chain.stepSize);
}

/** Take account of the acceptance of one transition and set the next step size. */
export function averageStepSize(chain: Chain): void {
  const count = (chain.averagingCount += 1);
  const weight = 1 / (count + T0);
  const error = chain.targetAcceptance - min<f64>(1, chain.acceptance);
  chain.averagingError += weight * (error - chain.averagingError);
  const logStepSize = chain.averagingCentre - (chain.averagingError * sqrt<f64>(count)) / GAMMA;
  const forget = exp(-KAPPA * log(count));
  chain.averagedLogStepSize += forget * (logStepSize - chain.averagedLogStepSize);
  chain.stepSize = exp(logStepSize);
}

/** Settle on the averaged step size. */
export function finishAveraging(chain: Chain): void {
  if (chain.averagingCount > 0) chain.stepSize = exp(chain.averagedLogStepSize);
}
