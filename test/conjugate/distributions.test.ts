/** Exact distributions against tables of high precision (generate.py), and against their own draws. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { random } from '../../src/random';
import { Beta } from '../../src/conjugate/distributions/beta';
import { BetaBinomial } from '../../src/conjugate/distributions/beta-binomial';
import { BetaNegativeBinomial } from '../../src/conjugate/distributions/beta-negative-binomial';
import { BetaPrime } from '../../src/conjugate/distributions/beta-prime';
import { Categorical } from '../../src/conjugate/distributions/categorical';
import { Dirichlet } from '../../src/conjugate/distributions/dirichlet';
import { DirichletMultinomial } from '../../src/conjugate/distributions/dirichlet-multinomial';
import { Gamma } from '../../src/conjugate/distributions/gamma';
import { InverseGamma } from '../../src/conjugate/distributions/inverse-gamma';
import { NegativeBinomial } from '../../src/conjugate/distributions/negative-binomial';
import { Normal } from '../../src/conjugate/distributions/normal';
import { Pareto } from '../../src/conjugate/distributions/pareto';
import { ParetoUniform } from '../../src/conjugate/distributions/pareto-uniform';
import { StudentT } from '../../src/conjugate/distributions/student-t';
import type { UnivariateDistribution } from '../../src/conjugate';
import { relativeError } from './relative-error';

type Row = [name: string, parameters: number[], x: number, log: number, below: number, above: number];

const makers: Record<string, (...parameters: number[]) => UnivariateDistribution> = {
  betaPrime: (...p) => new BetaPrime(p[0], p[1], p[2]),
  studentT: (...p) => new StudentT(p[0], p[1], p[2]),
  paretoUniform: (...p) => new ParetoUniform(p[0], p[1]),
  betaBinomial: (...p) => new BetaBinomial(p[0], p[1], p[2]),
  betaNegativeBinomial: (...p) => new BetaNegativeBinomial(p[0], p[1], p[2]),
  negativeBinomial: (...p) => new NegativeBinomial(p[0], p[1]),
};
const rows = JSON.parse(readFileSync(new URL('./distributions.json', import.meta.url), 'utf8')) as Row[];

it.each(rows)('%s(%j) at %d: density and both tails', (name, parameters, x, log, below, above) => {
  const distribution = makers[name](...parameters);
  expect(relativeError(distribution.logDensity(x), log)).toBeLessThan(1e-12);
  expect(relativeError(distribution.cdf(x), below)).toBeLessThan(2e-12);
  expect(relativeError(distribution.ccdf(x), above)).toBeLessThan(2e-12);
});

const all: UnivariateDistribution[] = [
  new Beta(2.5, 4),
  new Beta(0.3, 1.2),
  new Beta(1, 1),
  new Gamma(0.6, 3),
  new Gamma(12, 0.2),
  new InverseGamma(4.5, 2),
  new Normal(3, 2),
  new StudentT(5.5, 1, 2),
  new Pareto(1.5, 5),
  new ParetoUniform(2, 5),
  new BetaPrime(2.5, 6, 2),
  new BetaBinomial(12, 2, 3),
  new BetaBinomial(1, 2, 3),
  new BetaNegativeBinomial(2.5, 8, 3),
  new BetaNegativeBinomial(1, 8, 3),
  new NegativeBinomial(3.5, 0.7),
  new Categorical(Float64Array.of(0.2, 0.5, 0.3)),
];

describe.each(all.map((distribution) => ({ distribution, title: title(distribution) })))(
  '$title',
  ({ distribution }) => {
    it('inverts its distribution function', () => {
      for (const p of [1e-9, 0.01, 0.3, 0.5, 0.9, 0.999999]) {
        const x = distribution.quantile(p);
        if (distribution.discrete) {
          expect(distribution.cdf(x)).toBeGreaterThanOrEqual(p * (1 - 1e-12));
          expect(x === distribution.support[0] || distribution.cdf(x - 1) < p).toBe(true);
        } else {
          const spacing = Math.abs(x) * Number.EPSILON * distribution.density(x);
          expect(Math.abs(distribution.cdf(x) - p)).toBeLessThan(1e-11 * p + spacing);
        }
      }
      expect(distribution.quantile(0)).toBe(distribution.support[0]);
      expect(distribution.quantile(1)).toBe(distribution.support[1]);
      expect(() => distribution.quantile(1.5)).toThrow(/between 0 and 1/);
    });

    it('is densest at its mode', () => {
      const { mode, discrete } = distribution;
      for (const step of discrete ? [1, 2] : [1e-3, 0.1]) {
        for (const x of [mode - step, mode + step]) {
          expect(distribution.logDensity(x)).toBeLessThanOrEqual(distribution.logDensity(mode));
        }
      }
    });

    // Six standard errors: one wrong alarm in 10⁸ of these.
    it('draws what its moments and its distribution function say', async () => {
      const count = 40_000;
      const draws = distribution.draws(await random(11), count);
      const mean = draws.reduce((a, b) => a + b, 0) / count;
      expect(Math.abs(mean - distribution.mean)).toBeLessThan((6 * distribution.sd) / Math.sqrt(count));
      for (const p of [0.1, 0.5, 0.9]) {
        const x = distribution.quantile(p);
        const below = draws.filter((draw) => draw <= x).length / count;
        expect(Math.abs(below - distribution.cdf(x))).toBeLessThan(3 / Math.sqrt(count));
      }
      const spread = draws.reduce((sum, draw) => sum + (draw - mean) ** 2, 0) / count;
      expect(Math.abs(spread / distribution.variance - 1)).toBeLessThan(0.15);
    });

    it('sums to one', () => {
      const { discrete, support } = distribution;
      if (discrete) {
        let sum = 0;
        for (let x = support[0]; x <= Math.min(support[1], 20_000); x++) sum += distribution.density(x);
        expect(Math.abs(sum - 1)).toBeLessThan(1e-12);
      } else {
        // Gauss–Legendre between quantiles, against the distribution function.
        for (const [p, q] of [
          [0.1, 0.3],
          [0.3, 0.6],
          [0.6, 0.95],
        ]) {
          const [a, b] = [distribution.quantile(p), distribution.quantile(q)];
          const mass = simpson((x) => distribution.density(x), a, b);
          expect(Math.abs(mass - (q - p))).toBeLessThan(1e-7);
        }
      }
    });
  },
);

it('has no highest-density interval where the density has two peaks', () => {
  expect(() => new Beta(0.5, 0.5).highestDensityInterval()).toThrow(/densest at both ends/);
  expect(new Beta(1, 3).highestDensityInterval(0.5)[0]).toBe(0);
  expect(new Beta(3, 1).highestDensityInterval(0.5)[1]).toBeCloseTo(1, 14);
});

it('finds quantiles that are hardly there', () => {
  const tiny = new Beta(0.001, 0.001);
  expect(relativeError(tiny.cdf(tiny.quantile(0.3)), 0.3)).toBeLessThan(1e-10);
  expect(tiny.quantile(0.3)).toBeLessThan(1e-200);
  expect(new BetaNegativeBinomial(1, 0.01, 1).quantile(0.9)).toBe(Infinity);
});

it('has probabilities of vectors that sum to one, and marginals of their own', () => {
  const counts = new DirichletMultinomial(6, Float64Array.of(0.5, 2, 1));
  let sum = 0;
  const marginal = new Float64Array(7);
  for (let i = 0; i <= 6; i++) {
    for (let j = 0; i + j <= 6; j++) {
      const p = counts.density([i, j, 6 - i - j]);
      sum += p;
      marginal[j] += p;
    }
  }
  expect(sum).toBeCloseTo(1, 13);
  marginal.forEach((p, j) => expect(p).toBeCloseTo(counts.marginal(1).density(j), 13));
  const probabilities = new Dirichlet(Float64Array.of(1.5, 2, 3));
  // Of two categories it is the beta distribution, divergence included.
  const two = new Dirichlet(Float64Array.of(1.5, 2));
  expect(two.logDensity([0.3, 0.7])).toBeCloseTo(new Beta(1.5, 2).logDensity(0.3), 13);
  expect(two.klDivergence(new Dirichlet(Float64Array.of(3, 0.5)))).toBeCloseTo(
    new Beta(1.5, 2).klDivergence(new Beta(3, 0.5)),
    12,
  );
  expect(probabilities.mode).toEqual(Float64Array.of(0.5 / 3.5, 1 / 3.5, 2 / 3.5));
  expect(probabilities.marginal(2)).toEqual(new Beta(3, 3.5));
});

function title(distribution: UnivariateDistribution): string {
  return `${distribution.name}(${Object.values(distribution.parameters).join(', ')})`;
}

function simpson(f: (x: number) => number, a: number, b: number): number {
  const steps = 4000;
  const h = (b - a) / steps;
  let sum = f(a) + f(b);
  for (let i = 1; i < steps; i++) sum += f(a + i * h) * (i % 2 === 1 ? 4 : 2);
  return (sum * h) / 3;
}
