/**
 * Batches of rows for the steps of a run: the program's slot 0 holds the positions of the rows that its density sees, and
 * procedure `batch` fetches them. Rows are drawn without replacement within an epoch; what is left of an epoch when a
 * batch no longer fits is dropped, so that every batch is a uniform sample.
 *
 * The density of a batch is corrected by what it misses at an anchor θ̂, where that of all rows is known:
 * f_b(θ) + [f(θ̂) − f_b(θ̂)] + [∇f(θ̂) − ∇f_b(θ̂)]·(θ − θ̂), unbiased as f_b is, with a noise that shrinks with the distance
 * from θ̂ (Johnson & Zhang 2013; for posteriors Baker, Fearnhead, Fox & Nemeth 2019).
 */

import { evaluateDensity, evaluationGradient, evaluationPosition } from "../dynamics/evaluation";
import { copyVector, vectorBytes, vectorEnd } from "../dynamics/space";
import { allocate } from "../memory";
import { slotAddress } from "../program/image";
import { call } from "../program/target";
import { mix, nextU64, seed, STATE_BYTES } from "../random/xoshiro";
import { Run } from "./run";

const BATCH: i32 = 8;
/** Keeps the order of rows apart from other uses of the run's key. */
const ORDER: u64 = 0x6f72646572;
/** Epochs of the draws by which stages are compared start here. */
const COMPARISON: i32 = 1 << 30;

let rows: i32 = 0;
let size: i32 = 0;
let key: u64 = 0;
let state: usize = 0;
/** Positions of all rows (i32); those of the epoch that have been drawn come first. */
let order: usize = 0;

let isAnchored: bool = false;
/** Vectors: the anchor, the gradient of all rows there, and what a batch's gradient misses of it. */
let anchor: usize = 0;
let level: f64 = 0;
let missing: f64 = 0;

/** Let the steps of a run see batches of `size` of the `rows` rows, in an order that the key decides. */
export function createBatches(run: Run, rowCount: i32, batchSize: i32, batchKey: u64): void {
  rows = rowCount;
  size = batchSize;
  key = batchKey;
  state = allocate(STATE_BYTES);
  order = allocate(<usize>rows << 2);
  anchor = allocate(3 * vectorBytes());
  beforeEpoch(run, 0);
}

// @ts-ignore: decorator
@inline
export function hasBatches(): bool {
  return size > 0;
}

/** Where the host writes an anchor. */
export function anchorPosition(): usize {
  return anchor;
}

/** And where the gradient of all rows there. */
export function anchorGradient(): usize {
  return anchor + vectorBytes();
}

/** Correct batches by the anchor that was written, where all rows have log density `value`; not at all if it is not finite. */
export function anchorBatches(value: f64): void {
  level = value;
  isAnchored = isFinite(value);
}

/** Fetch the next batch of a run. */
export function drawBatch(run: Run): void {
  if (run.place + size > rows) {
    run.epoch++;
    run.place = 0;
    beginEpoch(run.epoch);
  }
  shuffle(run.place, size);
  const slot = slotAddress(0);
  memory.copy(slot, order + (<usize>run.place << 2), <usize>size << 2);
  run.place += size;
  call(BATCH, slot, slot);
  if (!isAnchored) return;
  copyVector(anchor, evaluationPosition());
  missing = level - evaluateDensity();
  const gradient = evaluationGradient();
  const miss = anchor + 2 * vectorBytes();
  for (let at: usize = 0, end = vectorEnd(0); at < end; at += 16) {
    v128.store(miss + at, f64x2.sub(v128.load(anchorGradient() + at), v128.load(gradient + at)));
  }
}

/** Log density at `evaluationPosition()` and its gradient at `evaluationGradient()`, as the batch estimates them. */
export function evaluateBatch(): f64 {
  const value = evaluateDensity();
  if (!isAnchored) return value;
  const position = evaluationPosition();
  const gradient = evaluationGradient();
  const miss = anchor + 2 * vectorBytes();
  let slope = f64x2.splat(0);
  for (let at: usize = 0, end = vectorEnd(0); at < end; at += 16) {
    const m = v128.load(miss + at);
    const away = f64x2.sub(v128.load(position + at), v128.load(anchor + at));
    slope = f64x2.add(slope, f64x2.mul(m, away));
    v128.store(gradient + at, f64x2.add(v128.load(gradient + at), m));
  }
  return value + missing + f64x2.extract_lane(slope, 0) + f64x2.extract_lane(slope, 1);
}

/** Go to the batches by which stages are compared, the same ones every time. */
export function beginComparison(run: Run): void {
  beforeEpoch(run, COMPARISON);
}

/** Bring the rows into the order that they have at the run's place in its epoch. */
export function resumeBatches(run: Run): void {
  if (run.place == rows) return;
  beginEpoch(run.epoch);
  shuffle(0, run.place);
}

/** Let the next batch be the first of an epoch. */
function beforeEpoch(run: Run, epoch: i32): void {
  run.epoch = epoch - 1;
  run.place = rows;
}

function beginEpoch(epoch: i32): void {
  seed(state, mix(key ^ ORDER) + <u64>epoch, 0);
  for (let i = 0; i < rows; ++i) store<i32>(order + (<usize>i << 2), i);
}

/** Draw the rows at some places from those not drawn before (Fisher & Yates). */
function shuffle(from: i32, count: i32): void {
  for (let i = from, end = from + count; i < end; ++i) {
    const here = order + (<usize>i << 2);
    const there = order + (<usize>(i + <i32>below(<u32>(rows - i))) << 2);
    const row = load<i32>(here);
    store<i32>(here, load<i32>(there));
    store<i32>(there, row);
  }
}

/** A whole number below a bound, all equally likely (Lemire 2019, "Fast random integer generation in an interval"). */
function below(bound: u32): u32 {
  let product = (nextU64(state) >> 32) * <u64>bound;
  if (<u32>product < bound) {
    const least: u32 = (<u32>0 - bound) % bound;
    while (<u32>product < least) product = (nextU64(state) >> 32) * <u64>bound;
  }
  return <u32>(product >> 32);
}
