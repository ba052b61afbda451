/** Multinomial counts: each category's binomial share of the trials and the weight that are left. */
import { Binomial } from "./binomial";

const COUNT = changetype<Binomial>(memory.data(offsetof<Binomial>(), 16));

/**
 * Writes `count` vectors of `size` counts. Trials and weights are shared (`trialsStep`, `weightsStep` 0) or
 * follow each other by so many bytes; `tails` has room for `size` sums.
 */
export function fillMultinomial(
  state: usize,
  out: usize,
  count: i32,
  size: i32,
  trials: usize,
  trialsStep: usize,
  weights: usize,
  weightsStep: usize,
  tails: usize,
): void {
  for (let i = 0; i < count; i++) {
    if (i === 0 || weightsStep !== 0) sumTails(weights, size, tails);
    let left = load<f64>(trials);
    for (let at: usize = 0, end = <usize>size << 3; at < end; at += 8) {
      const weight = load<f64>(weights + at);
      let drawn: f64 = 0;
      if (left > 0 && weight > 0) {
        COUNT.prepare(left, weight / load<f64>(tails + at), 0, 1);
        drawn = COUNT.draw(state);
      }
      store<f64>(out + at, drawn);
      left -= drawn;
    }
    out += <usize>size << 3;
    trials += trialsStep;
    weights += weightsStep;
  }
}

/** Sums from each weight to the last: a category without successors gets the share 1, without rounding. */
function sumTails(weights: usize, size: i32, tails: usize): void {
  let sum: f64 = 0;
  for (let at = <usize>size << 3; at > 0; at -= 8) {
    sum += load<f64>(weights + at - 8);
    store<f64>(tails + at - 8, sum);
  }
}
