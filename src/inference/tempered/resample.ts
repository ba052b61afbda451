/** Weights of particles: how many they are worth, where the next temperature lies, and who has offspring. */

/** Exponential and logarithm of the module: the same bits on every engine. */
export interface Scalars {
  exp(x: number): number;
  log(x: number): number;
}

/** Normalised weights ∝ exp(step · gain), and the log of their unnormalised mean. */
export function weigh(
  gains: Float64Array,
  step: number,
  { exp, log }: Scalars,
): { readonly weights: Float64Array; readonly logMean: number } {
  let largest = -Infinity;
  for (const gain of gains) largest = Math.max(largest, gain);
  if (largest === -Infinity) return { weights: new Float64Array(gains.length), logMean: -Infinity };
  const weights = gains.map((gain) => exp(step * (gain - largest)));
  let sum = 0;
  for (const weight of weights) sum += weight;
  return {
    weights: weights.map((weight) => weight / sum),
    logMean: step * largest + log(sum / gains.length),
  };
}

/** Effective number of weighted particles (Kong, Liu & Wong 1994). */
export function effectiveCount(weights: Float64Array): number {
  let squares = 0;
  for (const weight of weights) squares += weight * weight;
  return squares > 0 ? 1 / squares : 0;
}

/** The largest step, up to `most`, that leaves as many effective particles as wanted; by bisection. */
export function nextStep(gains: Float64Array, most: number, wanted: number, scalars: Scalars): number {
  const worth = (step: number): number => effectiveCount(weigh(gains, step, scalars).weights);
  if (worth(most) >= wanted) return most;
  let low = 0;
  let high = most;
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (worth(middle) >= wanted) low = middle;
    else high = middle;
  }
  return low > 0 ? low : high;
}

/** Systematic resampling (Carpenter, Clifford & Fearnhead 1999): parents in order. */
export function systematic(weights: Float64Array, uniform: number): Int32Array {
  const count = weights.length;
  const parents = new Int32Array(count);
  let sum = weights[0];
  let parent = 0;
  for (let i = 0; i < count; i++) {
    const point = (i + uniform) / count;
    while (sum < point && parent < count - 1) sum += weights[++parent];
    parents[i] = parent;
  }
  return parents;
}
