/**
 * Microcanonical Langevin Monte Carlo (Robnik et al. 2023; Robnik & Seljak 2024): unadjusted, its bias held down by
 * the variance of the energy error; and Metropolis-adjusted (Robnik, Cohn-Gordon & Seljak 2025).
 */

import { exp, log } from "../math/scalar";
import { dimension } from "../program/target";
import { uniform } from "../random/xoshiro";
import { allocate } from "../memory";
import { UNIT } from "../dynamics/metric";
import { copyVector, vectorBytes } from "../dynamics/space";
import { Chain } from "../mcmc/chain";
import { averageStepSize, finishAveraging, restartAveraging } from "../mcmc/dual-averaging";
import { addMoment, clearMoments, learnMetric } from "../mcmc/moments";
import { evaluate } from "../mcmc/start";
import { insideWindow, nextWindow, planWindows } from "../mcmc/windows";
import { beginStatistics } from "./candidate";
import { drawVelocity, isokineticStep, Particle, refreshVelocity } from "./isokinetic";

/** Steps of a transition at most. */
const MOST_STEPS: f64 = 1024;
/** Weight of the past in the estimate of the step size: some 150 steps. */
const DECAY: f64 = 149.0 / 151.0;
/** How far an error may be from the wanted one to be believed, in units of its logarithm. */
const TRUST: f64 = 1.5;

/** What the sampler keeps; the velocity lies behind it. */
@unmanaged
class Microcanonical {
  adjusted: i32;
  /** Whether there is a velocity yet. */
  moving: i32;
  /** Length over which the velocity is forgotten; 0: √d in whitened units. */
  trajectoryLength: f64;
  /** Wanted variance of the energy error a step and dimension. */
  energyVariance: f64;
  /** Weighted sums behind the step size. */
  errorSum: f64;
  weightSum: f64;
  largestStep: f64;

  get velocity(): usize {
    return (changetype<usize>(this) + offsetof<Microcanonical>() + 15) & ~15;
  }
}

function stateOf(chain: Chain): Microcanonical {
  return changetype<Microcanonical>(chain.extra);
}

/** Tell a chain to sample so; a trajectory length of 0 is √d in the units of the metric. */
export function configureMclmc(
  chain: Chain,
  algorithm: i32,
  adjusted: i32,
  trajectoryLength: f64,
  energyVariance: f64,
): void {
  chain.algorithm = algorithm;
  const state = stateOf(chain);
  state.adjusted = adjusted;
  state.trajectoryLength = trajectoryLength;
  state.energyVariance = energyVariance;
}

let particle: Particle = changetype<Particle>(0);
let saved: usize = 0;

/** The particle at the chain's position. */
function particleOf(chain: Chain): Particle {
  if (!saved) {
    particle = changetype<Particle>(allocate(offsetof<Particle>()));
    particle.position = allocate(vectorBytes());
    particle.velocity = allocate(vectorBytes());
    particle.force = allocate(vectorBytes());
    saved = allocate(3 * vectorBytes());
  }
  copyVector(chain.position, particle.position);
  copyVector(chain.force, particle.force);
  particle.logDensity = chain.logDensity;
  particle.energy = 0;
  return particle;
}

function settle(chain: Chain, at: Particle): void {
  copyVector(at.position, chain.position);
  copyVector(at.force, chain.force);
  chain.logDensity = at.logDensity;
}

function lengthOf(state: Microcanonical): f64 {
  return state.trajectoryLength > 0 ? state.trajectoryLength : sqrt<f64>(<f64>dimension());
}

export function beginMclmc(chain: Chain): void {
  const state = stateOf(chain);
  planWindows(chain);
  clearMoments(chain);
  restartStep(chain, state);
}

/** A fresh start of the step size's adaptation, at a quarter of the trajectory. */
function restartStep(chain: Chain, state: Microcanonical): void {
  if (chain.warmup == 0 && chain.stepSize > 0) return;
  if (!(chain.stepSize > 0)) chain.stepSize = 0.25 * lengthOf(state);
  state.errorSum = 0;
  state.weightSum = 0;
  state.largestStep = Infinity;
  if (state.adjusted) restartAveraging(chain);
}

/** Learn the step size from the energy error of one step (Robnik et al. 2023, appendix; as in BlackJAX). */
function learnStep(chain: Chain, state: Microcanonical, error: f64, finite: bool): void {
  if (!finite) {
    state.largestStep = 0.8 * chain.stepSize;
    chain.stepSize = state.largestStep;
    return;
  }
  const count = <f64>dimension();
  const ratio = (error * error) / (count * state.energyVariance) + 1e-8;
  const distance = log(ratio) / (6 * TRUST);
  const weight = exp(-0.5 * distance * distance);
  const step = chain.stepSize;
  const cube = step * step * step;
  state.errorSum = DECAY * state.errorSum + weight * (ratio / (cube * cube));
  state.weightSum = DECAY * state.weightSum + weight;
  if (state.weightSum > 0) chain.stepSize = exp(log(state.errorSum / state.weightSum) / -6);
  // A step that no longer counts for anything was far too long, or far too short.
  if (!(chain.stepSize > 0 && chain.stepSize < Infinity)) chain.stepSize = ratio > 1 ? 0.5 * step : 2 * step;
  const longest = min<f64>(state.largestStep, lengthOf(state));
  if (chain.stepSize > longest) chain.stepSize = longest;
}

/** As many steps as it takes to forget the velocity. */
function langevin(chain: Chain, state: Microcanonical): void {
  const count = <f64>dimension();
  const at = particleOf(chain);
  copyVector(state.velocity, at.velocity);
  const learning = chain.iteration < chain.warmup;
  const length = lengthOf(state);
  const steps = min<f64>(MOST_STEPS, max<f64>(1, nearest<f64>(length / chain.stepSize)));
  for (let step: f64 = 0; step < steps; ++step) {
    const size = chain.stepSize;
    chain.usedStepSize = size;
    copyVector(at.position, saved);
    copyVector(at.force, saved + vectorBytes());
    const logDensity = at.logDensity;
    at.energy = 0;
    const finite = isokineticStep(chain, at, size);
    if (!finite) {
      // Back to where the step began, in another direction.
      copyVector(saved, at.position);
      copyVector(saved + vectorBytes(), at.force);
      at.logDensity = logDensity;
      drawVelocity(at.velocity, chain.random);
      chain.divergent = 1;
    }
    if (learning) learnStep(chain, state, at.energy, finite);
    const nu = sqrt<f64>((exp((2 * size) / length) - 1) / count);
    refreshVelocity(at.velocity, nu, chain.random);
  }
  chain.acceptance = 1;
  copyVector(at.velocity, state.velocity);
  settle(chain, at);
}

/** A trajectory of random length with a fresh velocity, accepted or not. */
function adjusted(chain: Chain, state: Microcanonical): void {
  const at = particleOf(chain);
  drawVelocity(at.velocity, chain.random);
  chain.usedStepSize = chain.stepSize;
  const mean = lengthOf(state) / chain.stepSize;
  const steps = min<f64>(MOST_STEPS, max<f64>(1, ceil<f64>(2 * mean * uniform(chain.random))));
  let finite = true;
  for (let step: f64 = 0; step < steps && finite; ++step) finite = isokineticStep(chain, at, chain.stepSize);
  const acceptance = !finite ? 0 : at.energy <= 0 ? 1 : exp(-at.energy);
  chain.divergent = finite && at.energy < 1000 ? 0 : 1;
  chain.acceptance = acceptance;
  if (uniform(chain.random) < acceptance) settle(chain, at);
}

export function moveMclmc(chain: Chain): void {
  const state = stateOf(chain);
  beginStatistics(chain);
  if (!state.moving) {
    drawVelocity(state.velocity, chain.random);
    state.moving = 1;
  }
  if (state.adjusted) adjusted(chain, state);
  else langevin(chain, state);
  chain.divergences += <i32>chain.divergent;
}

/** Learn the scales of the coordinates, window by window. */
export function learnMclmc(chain: Chain): void {
  const state = stateOf(chain);
  if (state.adjusted) averageStepSize(chain);
  if (chain.metric != UNIT && insideWindow(chain)) addMoment(chain);
  if (chain.metric != UNIT && chain.iteration == chain.windowEnd) {
    nextWindow(chain);
    learnMetric(chain);
    clearMoments(chain);
    evaluate(chain);
    restartStep(chain, state);
  }
  if (state.adjusted && chain.iteration == chain.warmup - 1) finishAveraging(chain);
}
