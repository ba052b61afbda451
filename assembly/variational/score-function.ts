/**
 * Whole numbers among the draws of a program: their part of the gradient is Σ w·∇ log q(z), with the weight of each the
 * signal of its draw less the mean signal of the step's other draws, which leaves the mean of the gradient as it is
 * (Mnih & Rezende 2016; Kool, van Hoof & Welling 2019). So a step passes its draws twice: once for the signals, without
 * derivatives, and once with the weights in slot 1.
 */

import { evaluationPosition } from "../dynamics/evaluation";
import { allocate } from "../memory";
import { slotAddress } from "../program/image";
import { call } from "../program/target";
import { place } from "./family";
import { Run } from "./run";

const SIGNALS: i32 = 2;

let count: usize = 0;
let noise: usize = 0;
let noiseBytes: usize = 0;
let signalBytes: usize = 0;
/** Of each draw of a step. */
let noises: usize = 0;
let signals: usize = 0;
let logNoises: usize = 0;
/** Sums over the draws. */
let sums: usize = 0;

// @ts-ignore: decorator
@inline
function padded(length: usize): usize {
  return ((length + 3) & ~3) << 3;
}

/** Let the program of a run draw `choices` whole numbers. */
export function configureChoices(run: Run, choices: i32): void {
  count = <usize>choices;
  noise = <usize>run.noise;
  noiseBytes = padded(noise);
  // A procedure may write a vector beyond its end.
  signalBytes = padded(count + 2);
  const draws = <usize>run.draws;
  noises = allocate(draws * noiseBytes);
  signals = allocate(draws * signalBytes);
  logNoises = allocate(draws << 3);
  sums = allocate(signalBytes);
}

// @ts-ignore: decorator
@inline
export function hasChoices(): bool {
  return count > 0;
}

/** First pass: noise and signals of the draws of a step, and from these the weights. */
export function weighChoices(run: Run): void {
  const position = evaluationPosition();
  memory.fill(sums, 0, signalBytes);
  let kept = 0;
  for (let draw: usize = 0; draw < <usize>run.draws; ++draw) {
    store<f64>(logNoises + (draw << 3), place(run, run.parameters, run.random, position));
    memory.copy(noises + draw * noiseBytes, slotAddress(0), noise << 3);
    const signal = signals + draw * signalBytes;
    memory.fill(signal, 0, signalBytes);
    const value = call(SIGNALS, position, signal);
    memory.fill(signal + (count << 3), 0, signalBytes - (count << 3));
    if (!isFinite(value)) continue;
    for (let at: usize = 0; at < signalBytes; at += 16) {
      v128.store(sums + at, f64x2.add(v128.load(sums + at), v128.load(signal + at)));
    }
    kept++;
  }
  // r − (Σr − r)/(n − 1) = (r − r̄)·n/(n − 1); a draw alone has nothing to be compared with.
  const share = f64x2.splat(kept > 1 ? 1 / <f64>kept : 0);
  const scale = f64x2.splat(kept > 1 ? <f64>kept / <f64>(kept - 1) : 1);
  for (let signal = signals, end = signals + <usize>run.draws * signalBytes; signal < end; signal += signalBytes) {
    for (let at: usize = 0; at < signalBytes; at += 16) {
      const own = f64x2.sub(v128.load(signal + at), f64x2.mul(share, v128.load(sums + at)));
      v128.store(signal + at, f64x2.mul(scale, own));
    }
  }
}

/** Second pass: the noise and the weights of a draw; returns the log density of the noise. */
export function takeUpChoices(draw: i32): f64 {
  const at = <usize>draw;
  fillSlot(0, noises + at * noiseBytes, noise);
  fillSlot(1, signals + at * signalBytes, count);
  return load<f64>(logNoises + (at << 3));
}

/** A slot of one element holds it in both lanes. */
function fillSlot(slot: i32, values: usize, length: usize): void {
  const address = slotAddress(slot);
  memory.copy(address, values, length << 3);
  if (length == 1) store<f64>(address, load<f64>(values), 8);
}
