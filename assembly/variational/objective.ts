/**
 * An approximation that is part of the program: procedure 0 is log p(T(ε; φ)) + log |det ∂T/∂ε| as a function of the
 * parameters φ, with the base noise ε in slot 0; procedure 1 gives T(ε; φ) itself.
 */

import { normal } from "../random/normal";
import { dimension } from "../program/target";
import { slotAddress } from "../program/image";
import { copyVector, vectorBytes, vectorEnd } from "../dynamics/space";
import { climb, FIRST_DECAY, SECOND_DECAY } from "./adam";
import { HALF_LOG_TAU } from "./constants";
import { Run } from "./run";
import { scratch } from "./scratch";

export const OBJECTIVE_SCRATCH: usize = 1;

export function clearObjective(): void {
  memory.fill(scratch(), 0, vectorBytes());
}

/** Draw base noise; returns its log density. The position of the objective is φ itself. */
export function placeObjective(run: Run, parameters: usize, random: usize, position: usize): f64 {
  const slot = slotAddress(0);
  let squares: f64 = 0;
  for (let i: usize = 0, count = <usize>run.noise; i < count; ++i) {
    const z = normal(random);
    store<f64>(slot + (i << 3), z);
    squares += z * z;
  }
  // A slot of one element holds it in both lanes.
  if (run.noise == 1) store<f64>(slot, load<f64>(slot), 8);
  copyVector(parameters, position);
  return -0.5 * squares - <f64>run.noise * HALF_LOG_TAU;
}

export function accumulateObjective(gradient: usize): void {
  for (let at: usize = 0, end = vectorEnd(0); at < end; at += 16) {
    v128.store(scratch() + at, f64x2.add(v128.load(scratch() + at), v128.load(gradient + at)));
  }
}

export function updateObjective(run: Run, kept: i32): void {
  run.firstDecay *= FIRST_DECAY;
  run.secondDecay *= SECOND_DECAY;
  const share = 1 / <f64>kept;
  climb(run.parameters, scratch(), 0, run.first, run.second, share, run.rate, run.firstDecay, run.secondDecay);
}
