/**
 * One transition of Hamiltonian Monte Carlo with trajectories of a fixed length (Duane et al. 1987; Neal
 * 2011).
 */

import { exp } from "../math/scalar";
import { uniform } from "../random/xoshiro";
import { acquire, recycle } from "../dynamics/point";
import { leapfrog, refreshMomentum } from "../dynamics/leapfrog";
import { Chain } from "./chain";
import { DIVERGENCE } from "./nuts";
import { jitteredStepSize } from "./step-size";
import { copyState, moveTo } from "./start";

/** Move the chain by one transition. */
export function hmcTransition(chain: Chain): void {
  const start = acquire();
  let current = acquire();
  let next = acquire();
  copyState(chain, start);
  refreshMomentum(start, chain.random);
  chain.usedStepSize = jitteredStepSize(chain);

  const wanted = chain.integrationTime / chain.stepSize;
  const steps = chain.steps > 0
    ? chain.steps
    : wanted < <f64>chain.maxSteps ? max<i32>(1, <i32>(wanted + 0.5)) : chain.maxSteps;
  leapfrog(chain.metric, chain.root, start, current, chain.usedStepSize);
  let done = 1;
  // A trajectory that has left the world cannot come back.
  for (; done < steps && start.energy - current.energy > -DIVERGENCE; ++done) {
    leapfrog(chain.metric, chain.root, current, next, chain.usedStepSize);
    const previous = current;
    current = next;
    next = previous;
  }

  const gain = start.energy - current.energy;
  // Written so that NaN and ±∞ diverge.
  const divergent = !(gain >= -DIVERGENCE && gain < Infinity);
  const acceptance = divergent ? 0 : gain > 0 ? 1 : exp(gain);
  chain.acceptance = acceptance;
  chain.treeDepth = 0;
  chain.leapfrogs = done;
  chain.gradients += done;
  chain.divergent = divergent ? 1 : 0;
  chain.divergences += divergent ? 1 : 0;
  moveTo(chain, uniform(chain.random) < acceptance ? current : start);
  recycle(start);
  recycle(current);
  recycle(next);
}
