/** Densities with closed forms for samplers of every kind, and the distance of draws from them in standard errors. */
import { mcseMean } from '../../src/diagnostics';
import { fromFunction } from '../../src/inference';

/** Distance of the mean of f over draws from its expectation, in Monte Carlo standard errors. */
export function standardErrors(
  chains: readonly Float64Array[],
  expectation: number,
  f: (x: number) => number = (x) => x,
): number {
  const values = chains.map((chain) => chain.map(f));
  const all = values.flatMap((chain) => [...chain]);
  return Math.abs(all.reduce((a, b) => a + b) / all.length - expectation) / mcseMean(values);
}

/** Gamma(shape 3, rate 2) of exp(x): mean 3/2, variance 3/4. */
export const logGamma = fromFunction({
  parameters: { x: [] },
  density(x, gradient) {
    gradient[0] = 3 - 2 * Math.exp(x[0]);
    return 3 * x[0] - 2 * Math.exp(x[0]);
  },
});

/** Beta(2, 5) of the logistic of x: mean 2/7, variance 10/392. */
export const logitBeta = fromFunction({
  parameters: { x: [] },
  density(x, gradient) {
    const p = 1 / (1 + Math.exp(-x[0]));
    gradient[0] = 2 - 7 * p;
    return 2 * Math.log(p) + 5 * Math.log1p(-p);
  },
});

/** ¼ N(−2, 1) + ¾ N(2, 1): mean 1, second moment 5. */
export const mixture = fromFunction({
  parameters: { x: [] },
  density(x, gradient) {
    const a = 0.25 * Math.exp(-((x[0] + 2) ** 2) / 2);
    const b = 0.75 * Math.exp(-((x[0] - 2) ** 2) / 2);
    gradient[0] = -(a * (x[0] + 2) + b * (x[0] - 2)) / (a + b);
    return Math.log(a + b);
  },
});

/** Poisson(4) truncated to 1, 2, …, beside a fair coin that adds nothing. */
export const count = fromFunction({
  parameters: { k: [], coin: [] },
  density([k, coin]) {
    if (!(Number.isInteger(k) && k >= 1 && (coin === 0 || coin === 1))) return -Infinity;
    let value = k * Math.log(4);
    for (let i = 2; i <= k; i++) value -= Math.log(i);
    return value;
  },
});

export const logistic = (x: number): number => 1 / (1 + Math.exp(-x));
