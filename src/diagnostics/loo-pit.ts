/** Calibration of predictions: where each observation lies in its leave-one-out predictive distribution. */

export interface LooPitOptions {
  /**
   * Log weights of the draws for each observation, normalised, as `paretoSmooth(−logLikelihood)` gives them; equal
   * weights by default.
   */
  readonly logWeights?: readonly Float64Array[];
  /**
   * Where in (0, 1) each observation shall lie among predictions equal to it: uniform random numbers make the values of
   * counts uniform too. By default it lies above all of them.
   */
  readonly ties?: ArrayLike<number>;
}

/**
 * Probability integral transform of each observation under its predictive distribution: uniform between 0 and 1 where the
 * model predicts as it should.
 *
 * @param observed n observations
 * @param predictions for each observation, its predictive draws
 * @returns n values between 0 and 1
 * @throws RangeError when the lengths do not match
 */
export function looPit(
  observed: ArrayLike<number>,
  predictions: readonly ArrayLike<number>[],
  { logWeights, ties }: LooPitOptions = {},
): Float64Array {
  if (predictions.length !== observed.length) {
    throw new RangeError(
      `looPit: expected predictions of each of ${observed.length} observations, got ${predictions.length}`,
    );
  }
  return Float64Array.from(predictions, (draws, i) => {
    const weights = logWeights?.[i];
    if (weights !== undefined && weights.length !== draws.length) {
      throw new RangeError(
        `looPit: expected a weight for each of ${draws.length} draws of observation ${i}, got ${weights.length}`,
      );
    }
    let below = 0;
    let equal = 0;
    for (let s = 0; s < draws.length; s++) {
      const weight = weights === undefined ? 1 / draws.length : Math.exp(weights[s]);
      if (draws[s] < observed[i]) below += weight;
      else if (draws[s] === observed[i]) equal += weight;
    }
    return Math.min(1, below + equal * (ties?.[i] ?? 1));
  });
}
