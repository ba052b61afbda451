/** A metric and a step size given by the host. */

import { dimension } from "../program/target";
import { DENSE } from "../dynamics/metric";
import { vectorBytes } from "../dynamics/space";
import { Chain } from "../mcmc/chain";

/** Take the square root of the inverse metric as `copyRoot` gives it: d values, or d rows of d. */
export function setRoot(chain: Chain, values: usize): void {
  const bytes = <usize>dimension() << 3;
  const rows = chain.metric == DENSE ? <usize>dimension() : 1;
  for (let i: usize = 0; i < rows; ++i) memory.copy(chain.root + i * vectorBytes(), values + i * bytes, bytes);
}

/** Begin anew at the next transition, with this step size. */
export function restart(chain: Chain, stepSize: f64): void {
  chain.iteration = 0;
  chain.stepSize = stepSize;
}
