/**
 * Dirichlet draws: gamma draws over their sum. The factors of small concentrations are compared as logarithms
 * first, so that the greatest is 1 and the sum never underflows.
 */
import { exp, log } from "../math/scalar";
import { StandardGamma, UNIT } from "./gamma";

/** Bytes of workspace for `size` components: a gamma distribution and a decay for each. */
export function dirichletBytes(size: i32): usize {
  return <usize>size * (offsetof<StandardGamma>() + 8);
}

/**
 * Writes `count` vectors of `size` components, or their logarithms. The concentrations are those at
 * `concentration` for all vectors (`step` 0), or for each the next `step` bytes.
 */
export function fillDirichlet(
  state: usize,
  out: usize,
  count: i32,
  size: i32,
  concentration: usize,
  step: usize,
  logarithm: bool,
  workspace: usize,
): void {
  const decays = workspace + <usize>size * offsetof<StandardGamma>();
  for (let i = 0; i < count; i++) {
    if (i === 0 || step !== 0) prepare(size, concentration, workspace);
    const least = drawParts(state, out, size, workspace, decays);
    if (logarithm) logNormalise(out, size, decays, least);
    else normalise(out, size, decays, least);
    out += <usize>size << 3;
    concentration += step;
  }
}

function prepare(size: i32, concentration: usize, gammas: usize): void {
  for (let i: usize = 0; i < <usize>size; i++) {
    const gamma = changetype<StandardGamma>(gammas + i * offsetof<StandardGamma>());
    gamma.prepare(load<f64>(concentration + (i << 3)));
  }
}

/** Draws significands and decays; returns the least decay. */
function drawParts(state: usize, out: usize, size: i32, gammas: usize, decays: usize): f64 {
  let least: f64 = Infinity;
  for (let i: usize = 0; i < <usize>size; i++) {
    const gamma = changetype<StandardGamma>(gammas + i * offsetof<StandardGamma>());
    store<f64>(out + (i << 3), gamma.significand(state));
    const decay = gamma.decay(state);
    store<f64>(decays + (i << 3), decay);
    least = min(least, decay);
  }
  return least;
}

function normalise(out: usize, size: i32, decays: usize, least: f64): void {
  let sum: f64 = 0;
  for (let i: usize = 0, end = <usize>size << 3; i < end; i += 8) {
    const excess = load<f64>(decays + i) - least;
    let value = load<f64>(out + i);
    if (excess !== 0) value *= exp(-excess * UNIT);
    store<f64>(out + i, value);
    sum += value;
  }
  for (let i: usize = 0, end = <usize>size << 3; i < end; i += 8) {
    store<f64>(out + i, load<f64>(out + i) / sum);
  }
}

function logNormalise(out: usize, size: i32, decays: usize, least: f64): void {
  let sum: f64 = 0;
  for (let i: usize = 0, end = <usize>size << 3; i < end; i += 8) {
    const excess = (load<f64>(decays + i) - least) * UNIT;
    const value = load<f64>(out + i);
    sum += value * exp(-excess);
    store<f64>(out + i, log(value) - excess);
  }
  const logSum = log(sum);
  for (let i: usize = 0, end = <usize>size << 3; i < end; i += 8) {
    store<f64>(out + i, load<f64>(out + i) - logSum);
  }
}
