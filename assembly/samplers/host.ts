/** Transitions written by the host: what they need of a chain. */

import { exponential } from "../random/exponential";
import { normal } from "../random/normal";
import { uniform } from "../random/xoshiro";
import { clearPadding } from "../dynamics/space";
import { Chain } from "../mcmc/chain";
import { beginStatistics } from "./candidate";

/** Action 0: begin, 1: move, 2: learn. */
// @ts-ignore: decorator
@external("env", "transition")
declare function hostTransition(chain: usize, action: i32): void;

export function configureHost(chain: Chain, algorithm: i32): void {
  chain.algorithm = algorithm;
}

/** The host's own state of a chain: the extra bytes. */
export function chainExtra(chain: Chain): usize {
  return chain.extra;
}

export function beginHost(chain: Chain): void {
  if (!(chain.stepSize > 0)) chain.stepSize = 1;
  hostTransition(changetype<usize>(chain), 0);
}

export function moveHost(chain: Chain): void {
  beginStatistics(chain);
  chain.usedStepSize = chain.stepSize;
  hostTransition(changetype<usize>(chain), 1);
  chain.gradients += chain.leapfrogs;
  chain.divergences += <i32>chain.divergent;
}

export function learnHost(chain: Chain): void {
  hostTransition(changetype<usize>(chain), 2);
}

/** Take the outcome of a transition; the host has written the position. */
export function settleHost(chain: Chain, logDensity: f64, acceptance: f64, evaluations: f64, divergent: i32): void {
  clearPadding(chain.position);
  chain.logDensity = logDensity;
  chain.acceptance = acceptance;
  chain.leapfrogs = evaluations;
  chain.divergent = <f64>divergent;
}

export function setStepSize(chain: Chain, stepSize: f64): void {
  chain.stepSize = stepSize;
}

/** A draw from the chain's generator; kind 0: uniform on [0, 1), 1: standard normal, 2: standard exponential. */
export function drawFrom(chain: Chain, kind: i32): f64 {
  return kind == 0 ? uniform(chain.random) : kind == 1 ? normal(chain.random) : exponential(chain.random);
}
