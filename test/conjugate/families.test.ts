/** Every family against numerical integration (generate.py), whichever way its data come. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as conjugate from '../../src/conjugate';
import type { UnivariatePosterior } from '../../src/conjugate';
import type { UnivariateDistribution } from '../../src/conjugate';
import { relativeError } from './relative-error';

interface Case {
  readonly name: string;
  readonly prior: object;
  readonly data: number[] | { successes: number[]; trials: number[] };
  readonly logEvidence: number;
  readonly mean: number;
  readonly variance: number;
  readonly klFromPrior: number;
  readonly predictive: [number | [number, number], number][];
  readonly quantiles: [number, number][];
  readonly interval: [number, number];
}

type Any = UnivariatePosterior<
  object,
  unknown,
  unknown,
  UnivariateDistribution & { klDivergence(other: never): number },
  [number?],
  UnivariateDistribution
>;

const cases = JSON.parse(readFileSync(new URL('./families.json', import.meta.url), 'utf8')) as Case[];
const make = conjugate as unknown as Record<string, (prior: object) => Any>;

/** The data in two parts. */
function split(data: Case['data'], at: number): [unknown, unknown] {
  if (Array.isArray(data)) return [data.slice(0, at), data.slice(at)];
  const { successes, trials } = data;
  return [
    { successes: successes.slice(0, at), trials: trials.slice(0, at) },
    { successes: successes.slice(at), trials: trials.slice(at) },
  ];
}

describe.each(cases)('$name', (given) => {
  const prior = make[given.name](given.prior);
  const posterior = prior.update(given.data);

  it('has the moments, quantiles and intervals of prior times likelihood', () => {
    expect(relativeError(posterior.mean, given.mean)).toBeLessThan(1e-13);
    expect(relativeError(posterior.variance, given.variance)).toBeLessThan(1e-12);
    for (const [p, x] of given.quantiles) expect(relativeError(posterior.quantile(p), x)).toBeLessThan(1e-9);
    const [lower, upper] = posterior.interval(0.9);
    expect(relativeError(lower, given.interval[0])).toBeLessThan(1e-9);
    expect(relativeError(upper, given.interval[1])).toBeLessThan(1e-9);
  });

  it('has their integral as its evidence', () => {
    expect(relativeError(posterior.logEvidence, given.logEvidence)).toBeLessThan(1e-13);
    expect(prior.logEvidence).toBe(0);
  });

  it('predicts by the mean of the likelihood', () => {
    for (const [x, expected] of given.predictive) {
      const [at, trials] = Array.isArray(x) ? x : [x, undefined];
      expect(relativeError(posterior.predictive(trials).logDensity(at), expected)).toBeLessThan(1e-12);
    }
  });

  it('diverges from its prior as the integral says', () => {
    expect(relativeError(posterior.klDivergence(prior), given.klFromPrior)).toBeLessThan(1e-11);
    expect(posterior.klDivergence(posterior)).toBeCloseTo(0, 14);
  });

  it('is the same after its data in parts, in another order, merged or streamed', async () => {
    const [first, second] = split(given.data, 2);
    async function* chunks() {
      yield second;
      yield first;
    }
    const ways = [
      prior.update(first).update(second),
      prior.update(second).update(first),
      prior.update(first).merge(prior.update(second)),
      await prior.updateFrom([first, second]),
      await prior.updateFrom(chunks()),
    ];
    for (const way of ways) {
      expect(way.observations).toBe(posterior.observations);
      for (const [name, value] of Object.entries(posterior.hyperparameters)) {
        expect(relativeError((way.hyperparameters as never)[name], value as number)).toBeLessThan(1e-15);
      }
      expect(relativeError(way.logEvidence, posterior.logEvidence)).toBeLessThan(1e-14);
    }
  });

  it('gives evidence by the chain rule when it becomes a prior', () => {
    const [first, second] = split(given.data, 2);
    const halfway = prior.update(first);
    const sum = halfway.logEvidence + halfway.asPrior().update(second).logEvidence;
    expect(relativeError(sum, posterior.logEvidence)).toBeLessThan(1e-13);
    expect(posterior.logBayesFactor(posterior)).toBe(0);
    expect(() => posterior.logBayesFactor(halfway)).toThrow(/must have seen the same data/);
  });

  it('changes nothing in place, and merges only with its own kind', () => {
    expect(prior.hyperparameters).toEqual(given.prior);
    const changed = Object.fromEntries(Object.entries(given.prior).map(([key, value]) => [key, value + 1]));
    expect(() => posterior.merge(make[given.name](changed))).toThrow(/the same prior/);
  });

  it('has a shortest interval of its mass, with equal densities at ends inside the support', () => {
    const [lower, upper] = posterior.highestDensityInterval(0.8);
    expect(posterior.cdf(upper) - posterior.cdf(lower)).toBeCloseTo(0.8, 9);
    const [left, right] = posterior.interval(0.8);
    expect(upper - lower).toBeLessThanOrEqual((right - left) * (1 + 1e-12));
    if (lower > posterior.distribution.support[0]) {
      expect(relativeError(posterior.density(lower), posterior.density(upper))).toBeLessThan(1e-6);
    }
  });
});

it('of binomial counts, successes and trials come together', () => {
  const posterior = conjugate.betaBinomialCounts({ alpha: 1, beta: 1 });
  for (const data of [[1, 0], { successes: 1 }, undefined]) {
    expect(() => posterior.update(data as never)).toThrow(
      /betaBinomialCounts: update needs { successes, trials }/,
    );
  }
});
