/**
 * Isokinetic (microcanonical) dynamics in whitened coordinates: unit velocities that turn towards the gradient (Robnik, De
 * Luca, Silverstein & Seljak 2023, JMLR 24(311); momentum update of Ver Steeg & Galstyan 2021).
 */

import { exp, log } from "../math/scalar";
import { dimension } from "../program/target";
import { normal } from "../random/normal";
import { evaluateDensity, evaluationGradient, evaluationPosition } from "../dynamics/evaluation";
import { whiten } from "../dynamics/metric";
import { copyVector } from "../dynamics/space";
import { Chain } from "../mcmc/chain";

const LOG_2: f64 = 0.6931471805599453;
/** The minimal-norm integrator's share of a step for its first turn (Omelyan, Mryglod & Folk 2003). */
const LAMBDA: f64 = 0.1931833275037836;

/** Where a particle is; its vectors are the caller's. */
@unmanaged
export class Particle {
  position: usize;
  velocity: usize;
  force: usize;
  logDensity: f64;
  /** Change of the energy since it was last set to 0. */
  energy: f64;
}

/** Draw a velocity uniformly from the unit sphere. */
export function drawVelocity(velocity: usize, random: usize): void {
  const end = <usize>dimension() << 3;
  for (let at: usize = 0; at < end; at += 8) store<f64>(velocity + at, normal(random));
  normalise(velocity);
}

/** Turn the velocity a little at random: u ← (u + νz)/|u + νz|. */
export function refreshVelocity(velocity: usize, nu: f64, random: usize): void {
  const end = <usize>dimension() << 3;
  for (let at: usize = 0; at < end; at += 8) store<f64>(velocity + at, load<f64>(velocity + at) + nu * normal(random));
  normalise(velocity);
}

function normalise(velocity: usize): void {
  const length = sqrt<f64>(product(velocity, velocity));
  for (let at: usize = 0, end = <usize>dimension() << 3; at < end; at += 8) {
    store<f64>(velocity + at, load<f64>(velocity + at) / length);
  }
}

function product(x: usize, y: usize): f64 {
  const count = <usize>dimension();
  let sum = f64x2.splat(0);
  let at: usize = 0;
  for (const end = (count & ~1) << 3; at < end; at += 16) {
    sum = f64x2.add(sum, f64x2.mul(v128.load(x + at), v128.load(y + at)));
  }
  const pairs = f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
  return count & 1 ? pairs + load<f64>(x + at) * load<f64>(y + at) : pairs;
}

/** Turn the velocity towards the force for a time `step`. */
function turn(particle: Particle, step: f64): void {
  const count = <f64>dimension() - 1;
  const size = sqrt<f64>(product(particle.force, particle.force));
  if (!(size > 0)) return;
  const delta = (step * size) / count;
  const along = product(particle.velocity, particle.force) / size;
  const zeta = exp(-delta);
  const towards = ((1 - zeta) * (1 + zeta + along * (1 - zeta))) / size;
  const keeping = 2 * zeta;
  for (let at: usize = 0, end = <usize>dimension() << 3; at < end; at += 8) {
    const u = towards * load<f64>(particle.force + at) + keeping * load<f64>(particle.velocity + at);
    store<f64>(particle.velocity + at, u);
  }
  normalise(particle.velocity);
  particle.energy += count * (delta - LOG_2 + log(1 + along + (1 - along) * zeta * zeta));
}

/** Drift for a time `step`, and look at the density there. */
function drift(chain: Chain, particle: Particle, step: f64): void {
  const candidate = evaluationPosition();
  for (let at: usize = 0, end = <usize>dimension() << 3; at < end; at += 8) {
    const x = load<f64>(particle.position + at) + step * load<f64>(chain.root + at) * load<f64>(particle.velocity + at);
    store<f64>(candidate + at, x);
  }
  const logDensity = evaluateDensity();
  copyVector(candidate, particle.position);
  whiten(chain.metric, chain.root, evaluationGradient(), particle.force);
  particle.energy += particle.logDensity - logDensity;
  particle.logDensity = logDensity;
  chain.leapfrogs += 1;
  chain.gradients += 1;
}

/** One step of the minimal-norm integrator: two gradients. Whether the energy stayed a number. */
export function isokineticStep(chain: Chain, particle: Particle, step: f64): bool {
  turn(particle, LAMBDA * step);
  drift(chain, particle, 0.5 * step);
  turn(particle, (1 - 2 * LAMBDA) * step);
  drift(chain, particle, 0.5 * step);
  turn(particle, LAMBDA * step);
  return particle.energy - particle.energy == 0;
}
