/**
 * Occam's razor: polynomials of degree 0 to 9 on thirty points of a noisy cubic. Each degree fits better than the one before;
 * the evidence prefers the degree that made the data, for a richer polynomial spreads its probability over more data sets.
 */
import {
  compareEvidence,
  exactEvidence,
  inverseGamma,
  matmul,
  matrix,
  maximumLikelihood,
  model,
  normal,
  random,
  sqrt,
  vector,
} from 'credence';

export const TRUE_DEGREE = 3;
const DEGREES = Array.from({ length: 10 }, (_, degree) => degree);
const NOISE = 0.3;

/** Legendre polynomials of degree 0, 1, … at x: as good as powers, and far less alike. */
export function legendre(x: number, degree: number): number[] {
  const values = [1, x];
  for (let n = 1; n < degree; n++) values.push(((2 * n + 1) * x * values[n] - n * values[n - 1]) / (n + 1));
  return values.slice(0, degree + 1);
}

// One model for all degrees, which is as many coefficients as `x` has columns. Its prior is conjugate.
const polynomial = model({ x: matrix('point', 'term'), y: vector('point') })
  .param('variance', inverseGamma(2, 0.1))
  .param('coefficient', ({ variance }) => normal(0, sqrt(variance).mul(3)), { dims: ['term'] })
  .observe('y', ({ x, coefficient, variance }) => normal(matmul(x, coefficient), sqrt(variance)));

const stream = await random(3);
export const at = stream.uniform(30, -1, 1);
const errors = stream.normal(30, 0, NOISE);
export const y = at.map((x, i) => 0.5 - 0.8 * x + 2 * x ** 3 + errors[i]);
export const given = (degree: number) =>
  polynomial.condition({ x: Array.from(at, (x) => legendre(x, degree)), y });

/** Of each degree the log likelihood at its highest, and the log evidence. */
export const degrees = await Promise.all(
  DEGREES.map(async (degree) => {
    const posterior = given(degree);
    const { logDensity } = await maximumLikelihood(posterior, { seed: 1, standardErrors: false });
    return { degree, fit: logDensity, logEvidence: exactEvidence(posterior) };
  }),
);

export const comparison = compareEvidence(
  Object.fromEntries(degrees.map(({ degree, logEvidence }) => [`degree ${degree}`, logEvidence])),
);

console.log('degree   max log likelihood   log evidence   probability');
for (const { degree, fit, logEvidence } of degrees) {
  const probability = comparison.probabilities[`degree ${degree}`];
  console.log(
    `${degree}${fit.toFixed(2).padStart(26)}${logEvidence.estimate.toFixed(2).padStart(15)}${probability.toFixed(3).padStart(14)}`,
  );
}
