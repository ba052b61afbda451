/** The families of approximations behind one face. */

import { dimension } from "../program/target";
import { accumulateFullRank, clearFullRank, contractFullRank, fullRankScratch, logFullRank, placeFullRank, prepareFullRank, updateFullRank } from "./full-rank";
import { accumulateLowRank, beginColumns, clearLowRank, contractLowRank, logLowRank, lowRankScratch, lowRankSd, placeLowRank, prepareLowRank, updateLowRank } from "./low-rank";
import { accumulateMeanField, clearMeanField, contractMeanField, logMeanField, MEAN_FIELD_SCRATCH, meanFieldSd, placeMeanField, prepareMeanField, updateMeanField } from "./mean-field";
import { accumulateObjective, clearObjective, OBJECTIVE_SCRATCH, placeObjective, updateObjective } from "./objective";
import { updateOnlineNewton } from "./online-newton";
import { FULL_RANK, LOW_RANK, ONLINE_NEWTON, PROGRAM, Run } from "./run";
import { reserveScratch } from "./scratch";

/** Make room for what the run's family works with, and give random parameters their first values. */
export function beginVariational(run: Run): void {
  reserveFamily(run);
  if (run.family == LOW_RANK) beginColumns(run);
}

export function reserveFamily(run: Run): void {
  if (run.family == FULL_RANK) reserveScratch(fullRankScratch(run.draws));
  else if (run.family == LOW_RANK) reserveScratch(lowRankScratch(run.rank));
  else if (run.family == PROGRAM) reserveScratch(OBJECTIVE_SCRATCH);
  else reserveScratch(MEAN_FIELD_SCRATCH);
}

/** Compute what all draws under these parameters share. */
export function prepare(run: Run, parameters: usize): void {
  if (run.family == FULL_RANK) prepareFullRank(run, parameters);
  else if (run.family == LOW_RANK) prepareLowRank(run, parameters);
  else if (run.family != PROGRAM) prepareMeanField(run, parameters);
}

/** Forget the gradients of the draws so far. */
export function clear(run: Run): void {
  if (run.family == FULL_RANK) clearFullRank();
  else if (run.family == LOW_RANK) clearLowRank(run);
  else if (run.family == PROGRAM) clearObjective();
  else clearMeanField();
}

/** Write a draw where the density is to be evaluated; returns the log density of the approximation there. */
export function place(run: Run, parameters: usize, random: usize, position: usize): f64 {
  if (run.family == FULL_RANK) return placeFullRank(run, parameters, random, position);
  if (run.family == LOW_RANK) return placeLowRank(run, parameters, random, position);
  if (run.family == PROGRAM) return placeObjective(run, parameters, random, position);
  return placeMeanField(run, parameters, random, position);
}

/** Add the gradient at the draw that was placed last. */
export function accumulate(run: Run, gradient: usize): void {
  if (run.family == FULL_RANK) accumulateFullRank(run, gradient);
  else if (run.family == LOW_RANK) accumulateLowRank(run, gradient);
  else if (run.family == PROGRAM) accumulateObjective(gradient);
  else accumulateMeanField(run, gradient);
}

/** Move the parameters by the gradients of `kept` draws. */
export function update(run: Run, kept: i32): void {
  if (run.family == FULL_RANK) updateFullRank(run);
  else if (run.family == LOW_RANK) updateLowRank(run, kept);
  else if (run.family == PROGRAM) updateObjective(run, kept);
  else if (run.family == ONLINE_NEWTON) updateOnlineNewton(run, kept);
  else updateMeanField(run, kept);
}

/** Narrow the approximation, all of whose draws fell where the density is not finite. */
export function contract(run: Run): void {
  if (run.family == FULL_RANK) contractFullRank(run);
  else if (run.family == LOW_RANK) contractLowRank(run);
  else if (run.family != PROGRAM) contractMeanField(run);
}

/** Units in which the parameters are measured, in the layout of the parameters: marginal standard deviations, or ones. */
export function unitsOf(run: Run, parameters: usize, units: usize): void {
  prepare(run, parameters);
  for (let at = units, end = units + run.blockBytes; at < end; at += 8) store<f64>(at, 1);
  if (run.family == PROGRAM) return;
  for (let i: usize = 0, count = <usize>dimension(); i < count; ++i) {
    const sd = marginal(run, parameters, i);
    store<f64>(units + (i << 3), sd);
    if (run.family == FULL_RANK) {
      const row = units + (1 + i) * run.vector;
      for (let at = row, end = row + run.vector; at < end; at += 8) store<f64>(at, sd);
    } else if (run.family == LOW_RANK) {
      for (let k = 0; k < run.rank; ++k) store<f64>(units + <usize>(2 + k) * run.vector + (i << 3), sd);
    }
  }
}

/** Standard deviation of one unknown. */
function marginal(run: Run, parameters: usize, i: usize): f64 {
  if (run.family == FULL_RANK) {
    const row = parameters + (1 + i) * run.vector;
    let squares: f64 = 0;
    for (let at = row, end = row + ((i + 1) << 3); at < end; at += 8) squares += load<f64>(at) * load<f64>(at);
    return sqrt<f64>(squares);
  }
  return run.family == LOW_RANK ? lowRankSd(i) : meanFieldSd(i);
}

/** Log density of a Gaussian approximation at a position. */
export function logApproximation(run: Run, parameters: usize, position: usize): f64 {
  reserveFamily(run);
  prepare(run, parameters);
  clear(run);
  if (run.family == FULL_RANK) return logFullRank(run, parameters, position);
  if (run.family == LOW_RANK) return logLowRank(run, parameters, position);
  return logMeanField(run, parameters, position);
}
