/**
 * WALNUTS (Bou-Rabee, Carpenter, Kleppe & Liu 2025): the no-U-turn sampler on trajectories whose steps are divided where they
 * need it. Warm-up, metric and U-turn criterion are those of NUTS.
 */

import { Chain } from "../mcmc/chain";
import { transition } from "../mcmc/nuts";
import { adapt, beginWarmup } from "../mcmc/warmup";
import { beginWeights, MacroStep, toleranceOf } from "./walnuts-step";

/** Trajectories have at most 2^maxTreeDepth steps, whose size varies by ± jitter; see `Tolerance` for the rest. */
export function configureWalnuts(
  chain: Chain,
  algorithm: i32,
  maxTreeDepth: i32,
  jitter: f64,
  maxEnergyError: f64,
  maxStepHalvings: i32,
): void {
  chain.algorithm = algorithm;
  chain.maxTreeDepth = maxTreeDepth;
  chain.jitter = jitter;
  const tolerance = toleranceOf(chain);
  tolerance.maxEnergyError = maxEnergyError;
  tolerance.maxStepHalvings = maxStepHalvings;
}

export function beginWalnuts(chain: Chain): void {
  beginWarmup(chain);
}

export function moveWalnuts(chain: Chain): void {
  beginWeights();
  transition<MacroStep>(chain);
}

export function learnWalnuts(chain: Chain): void {
  adapt(chain);
}
