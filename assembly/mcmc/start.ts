/** The point a chain is at: its first one, and its passing to and from the points of a trajectory. */

import { dimension } from "../program/target";
import { uniform } from "../random/xoshiro";
import { Point } from "../dynamics/point";
import { whiten } from "../dynamics/metric";
import { evaluateDensity, evaluationGradient, evaluationPosition } from "../dynamics/evaluation";
import { copyVector } from "../dynamics/space";
import { Chain } from "./chain";

/** Draw the chain's position uniformly from [−radius, radius) in each unconstrained dimension. */
export function drawPosition(chain: Chain, radius: f64): void {
  const position = chain.position;
  for (let i: usize = 0, count = <usize>dimension(); i < count; ++i) {
    store<f64>(position + (i << 3), radius * (2 * uniform(chain.random) - 1));
  }
}

/** Evaluate log density and force at the chain's position, under its metric. Whether they are finite. */
export function evaluate(chain: Chain): bool {
  const gradient = evaluationGradient();
  copyVector(chain.position, evaluationPosition());
  chain.logDensity = evaluateDensity();
  chain.gradients += 1;
  whiten(chain.metric, chain.root, gradient, chain.force);
  // x − x is 0 for finite x only.
  let defect = chain.logDensity - chain.logDensity;
  for (let i: usize = 0, count = <usize>dimension(); i < count; ++i) {
    const g = load<f64>(gradient + (i << 3));
    defect += g - g;
  }
  return defect == 0;
}

/** Let a trajectory begin where the chain is. */
export function copyState(chain: Chain, point: Point): void {
  point.logDensity = chain.logDensity;
  copyVector(chain.position, point.position);
  copyVector(chain.force, point.force);
}

/** Move the chain to a point of a trajectory. */
export function moveTo(chain: Chain, point: Point): void {
  chain.logDensity = point.logDensity;
  chain.energy = point.energy;
  copyVector(point.position, chain.position);
  copyVector(point.force, chain.force);
}
