/**
 * A first step size: doubled or halved until one leapfrog's acceptance crosses 0.8 (Hoffman & Gelman 2014,
 * Algorithm 4).
 */

import { acquire, Point, recycle } from "../dynamics/point";
import { leapfrog, refreshMomentum } from "../dynamics/leapfrog";
import { Chain, STEP_SIZE_EXPLODED, STEP_SIZE_VANISHED } from "./chain";
import { uniform } from "../random/xoshiro";
import { copyState } from "./start";

const LOG_0_8: f64 = -0.22314355131420976;
const LARGEST: f64 = 1e7;

/** The step size of one transition: uniform within the nominal one × (1 ± jitter). */
export function jitteredStepSize(chain: Chain): f64 {
  return chain.jitter > 0 ? chain.stepSize * (1 + chain.jitter * (2 * uniform(chain.random) - 1)) : chain.stepSize;
}

/** Whether one step with fresh momenta is accepted with probability above 0.8. */
function easy(chain: Chain, start: Point, end: Point): bool {
  refreshMomentum(start, chain.random);
  leapfrog(chain.metric, chain.root, start, end, chain.stepSize);
  chain.gradients += 1;
  return start.energy - end.energy > LOG_0_8;
}

/** Set the chain's step size; its status when none will do: the posterior is improper, or not continuous. */
export function findStepSize(chain: Chain): void {
  if (!(chain.stepSize > 0 && chain.stepSize <= LARGEST)) chain.stepSize = 1;
  const start = acquire();
  const end = acquire();
  copyState(chain, start);
  const grow = easy(chain, start, end);
  do {
    chain.stepSize *= grow ? 2 : 0.5;
    if (chain.stepSize > LARGEST) chain.status = STEP_SIZE_EXPLODED;
    if (chain.stepSize == 0) chain.status = STEP_SIZE_VANISHED;
  } while (chain.status == 0 && easy(chain, start, end) == grow);
  recycle(start);
  recycle(end);
}
