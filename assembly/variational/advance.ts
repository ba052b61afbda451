/** Steps of a variational optimisation, and what the host needs of them. */

import { evaluateDensity, evaluationGradient, evaluationPosition } from "../dynamics/evaluation";
import { vectorEnd } from "../dynamics/space";
import { drawBatch, evaluateBatch, hasBatches } from "./batches";
import { accumulate, clear, contract, place, prepare, update } from "./family";
import { Run } from "./run";
import { hasChoices, takeUpChoices, weighChoices } from "./score-function";

/** One step: draws, gradients, and a move of the parameters. */
function step(run: Run): void {
  const position = evaluationPosition();
  const gradient = evaluationGradient();
  if (hasBatches()) drawBatch(run);
  prepare(run, run.parameters);
  clear(run);
  if (hasChoices()) weighChoices(run);
  let kept = 0;
  let sum: f64 = 0;
  for (let draw = 0; draw < run.draws; ++draw) {
    const logApproximation = hasChoices() ? takeUpChoices(draw) : place(run, run.parameters, run.random, position);
    const logDensity = hasBatches() ? evaluateBatch() : evaluateDensity();
    if (!allFinite(logDensity, gradient)) {
      run.failures += 1;
      continue;
    }
    accumulate(run, gradient);
    sum += logDensity - logApproximation;
    kept++;
  }
  run.evaluations += <f64>run.draws;
  run.iteration++;
  run.recorded++;
  if (kept > 0) {
    update(run, kept);
    run.elboSum += sum / <f64>kept;
    run.barren = 0;
  } else {
    contract(run);
    run.elboSum = -Infinity;
    run.barren++;
  }
  if (run.averaged >= 0) average(run);
}

/** x − x is 0 for finite x only. */
function allFinite(value: f64, gradient: usize): bool {
  let defect = f64x2.splat(value - value);
  for (let at: usize = 0, end = vectorEnd(0); at < end; at += 16) {
    const g = v128.load(gradient + at);
    defect = f64x2.add(defect, f64x2.sub(g, g));
  }
  return f64x2.extract_lane(defect, 0) + f64x2.extract_lane(defect, 1) == 0;
}

/** Bring the running average up to date. */
function average(run: Run): void {
  const weight = f64x2.splat(1 / <f64>++run.averaged);
  const mean = run.average;
  const iterate = run.parameters;
  if (run.averaged == 1) {
    memory.copy(mean, iterate, run.blockBytes);
    return;
  }
  for (let at: usize = 0; at < run.blockBytes; at += 16) {
    const old = v128.load(mean + at);
    v128.store(mean + at, f64x2.add(old, f64x2.mul(weight, f64x2.sub(v128.load(iterate + at), old))));
  }
}

/**
 * Make at most `steps` steps, fewer once `evaluations` gradients are spent. After every `every`-th iteration a record is
 * written: the mean estimate of the evidence lower bound since the last one, then the parameters at the `count` byte
 * offsets (u32) behind `monitored`. Returns the number of steps made. How a run is cut into batches does not change it.
 */
export function advanceVariational(
  run: Run,
  steps: i32,
  evaluations: f64,
  every: i32,
  monitored: usize,
  count: i32,
  records: usize,
): i32 {
  const limit = run.evaluations + evaluations;
  let made = 0;
  while (made < steps) {
    step(run);
    made++;
    if (run.iteration % every == 0) {
      store<f64>(records, run.elboSum / <f64>run.recorded);
      run.elboSum = 0;
      run.recorded = 0;
      records += 8;
      for (let i: usize = 0; i < <usize>count; ++i, records += 8) {
        store<f64>(records, load<f64>(run.parameters + <usize>load<u32>(monitored + (i << 2))));
      }
    }
    if (run.evaluations >= limit) break;
  }
  return made;
}
