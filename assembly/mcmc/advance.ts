/** Batches of transitions, and the records of the draws they keep. */

import { call, dimension } from "../program/target";
import { Chain, HMC, RUNNING } from "./chain";
import { adaptFurther, beginFurther, FURTHER, moveFurther } from "./extension";
import { hmcTransition } from "./hmc";
import { nutsTransition } from "./nuts";
import { adapt, beginWarmup } from "./warmup";

/**
 * Values of a record before the quantities: lp, acceptance, step size, tree depth, leapfrogs, divergent,
 * energy.
 */
const STATISTICS: usize = 7;
const QUANTITIES: i32 = 1;

/**
 * Write the chain's last transition and the quantities at its position; those of a host's function are the
 * position itself.
 */
function record(chain: Chain, quantities: bool, target: usize): void {
  memory.copy(target, changetype<usize>(chain) + offsetof<Chain>("logDensity"), STATISTICS << 3);
  const values = target + (STATISTICS << 3);
  if (quantities) call(QUANTITIES, chain.position, values);
  else memory.copy(values, chain.position, <usize>dimension() << 3);
}

/**
 * Run transitions until `transitions` are made, or `gradients` have been evaluated, or the chain stops with a
 * status. Kept draws are written from `records` on, each `recordBytes` long. Returns the number of
 * transitions made. How a run is cut into batches does not change it.
 */
export function advance(
  chain: Chain,
  transitions: i32,
  gradients: f64,
  quantities: bool,
  records: usize,
  recordBytes: usize,
): i32 {
  const limit = chain.gradients + gradients;
  const further = chain.algorithm >= FURTHER;
  if (chain.iteration == 0) {
    if (further) beginFurther(chain);
    else beginWarmup(chain);
  }
  let made = 0;
  while (made < transitions && chain.status == RUNNING) {
    if (further) moveFurther(chain);
    else if (chain.algorithm == HMC) hmcTransition(chain);
    else nutsTransition(chain);
    if (chain.iteration < chain.warmup) {
      if (further) adaptFurther(chain);
      else adapt(chain);
    } else if ((chain.iteration - chain.warmup + 1) % chain.thin == 0) {
      record(chain, quantities, records);
      records += recordBytes;
    }
    chain.iteration++;
    made++;
    if (chain.gradients >= limit) break;
  }
  return made;
}
