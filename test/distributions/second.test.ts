/** Second derivatives of log densities and of log tails: derivatives of gradients against differences of gradients. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import * as distributions from '../../src/distributions';
import type { Distribution } from '../../src/distributions';
import { gradient, type Expression, type Operand } from '../../src/expr';
import { evaluate } from './evaluate';

type Constructor = (...parameters: Operand[]) => Distribution;
const constructors = distributions as unknown as Record<string, Constructor>;

/** A point inside the support of each family, and how many of its arguments, the value first, are whole numbers. */
const points: Readonly<Record<string, readonly [whole: number, ...at: number[]]>> = {
  normal: [0, 0.3, 0.1, 1.2],
  halfNormal: [0, 0.7, 1.3],
  cauchy: [0, 0.9, 0.2, 0.7],
  halfCauchy: [0, 0.7, 1.3],
  laplace: [0, 0.9, 0.2, 0.7],
  logistic: [0, 0.9, 0.2, 0.7],
  gumbel: [0, 0.9, 0.2, 0.7],
  skewNormal: [0, 0.9, 0.2, 0.7, -1.5],
  exponentiallyModifiedNormal: [0, 0.9, 0.2, 0.7, 1.1],
  uniform: [0, 0.9, 0.2, 1.7],
  exponential: [0, 0.9, 1.7],
  logNormal: [0, 0.9, 0.2, 0.7],
  weibull: [0, 0.9, 1.4, 0.7],
  frechet: [0, 0.9, 1.4, 0.7],
  rayleigh: [0, 0.9, 0.7],
  pareto: [0, 0.9, 0.4, 1.7],
  wald: [0, 0.9, 1.4, 0.7],
  generalizedPareto: [0, 0.9, 0.2, 0.7, 0.3],
  vonMises: [0, 0.9, 0.2, 1.7],
  geometric: [1, 3, 0.4],
  bernoulliLogit: [1, 0, 0.4],
  studentT: [0, 0.9, 3.2, 0.2, 0.7],
  gamma: [0, 0.9, 2.2, 1.4],
  inverseGamma: [0, 0.9, 2.2, 1.4],
  chiSquared: [0, 0.9, 2.2],
  inverseChiSquared: [0, 0.9, 2.2],
  scaledInverseChiSquared: [0, 0.9, 2.2, 1.3],
  beta: [0, 0.3, 2.2, 1.4],
  betaProportion: [0, 0.3, 0.4, 3.1],
  poisson: [1, 3, 1.7],
  poissonLog: [1, 3, 0.4],
  binomial: [2, 3, 7, 0.4],
  binomialLogit: [2, 3, 7, 0.4],
  betaBinomial: [2, 3, 7, 1.4, 2.2],
  negativeBinomial: [1, 3, 1.7, 2.2],
  negativeBinomialLog: [1, 3, 0.4, 2.2],
  negativeBinomialShapeRate: [1, 3, 1.7, 2.2],
};

/** The derivatives of the gradient along fixed directions, and their differences. */
function check(of: (...at: Expression[]) => Expression, whole: number, at: readonly number[]): void {
  const inputs = at.slice(whole);
  const value = (...nodes: Expression[]): Expression =>
    of(...at.slice(0, whole).map((v) => nodes[0].graph.scalar(v) as Expression), ...nodes);
  const along = inputs.map((_, k) => 1 - 0.3 * k);
  const slope = (...nodes: Expression[]): Expression =>
    gradient(value(...nodes), nodes).reduce<Expression>(
      (sum, g, k) => sum.add(g.mul(along[k])),
      nodes[0].graph.scalar(0),
    );
  const found = evaluate(slope, inputs).gradient();
  inputs.forEach((_, k) => {
    const h = 1e-3;
    const moved = (by: number): number =>
      evaluate(
        slope,
        inputs.map((v, j) => (j === k ? v + by : v)),
      ).values[0];
    const difference = (moved(-2 * h) - 8 * moved(-h) + 8 * moved(h) - moved(2 * h)) / (12 * h);
    expect(Math.abs(found[k] - difference), `∂${k}: ${found[k]}, ${difference}`).toBeLessThan(
      1e-7 * (1 + Math.abs(difference)),
    );
  });
}

describe('log densities', () => {
  test.each(Object.entries(points))('%s', (name, [whole, ...at]) =>
    check((x, ...given) => constructors[name](...given).logDensity(x), whole, at),
  );
});

/** Tails by incomplete gamma and beta functions have second derivatives in the value, not in the shapes. */
const incomplete = /tudentT|amma|hiSquared|beta|poisson|inomial/;

describe('log tails', () => {
  const closed = Object.entries(points).filter(
    ([name]) => !incomplete.test(name) && !['skewNormal', 'vonMises'].includes(name),
  );
  test.each(closed)('%s', (name, [whole, ...at]) => {
    check((x, ...given) => constructors[name](...given).logCdf(x), whole, at);
    check((x, ...given) => constructors[name](...given).logCcdf(x), whole, at);
  });
});

test('every family of the table of densities that has derivatives is here', () => {
  const table = JSON.parse(readFileSync(new URL('./densities.json', import.meta.url), 'utf8')) as object;
  const others = ['halfStudentT', 'bernoulli', 'hypergeometric', 'discreteUniform'];
  expect(Object.keys(points).sort()).toEqual(
    Object.keys(table)
      .filter((name) => !others.includes(name))
      .sort(),
  );
});
