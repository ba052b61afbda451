/** Densities where naive formulae fail: links seen through, impossible values, sums that share terms. */
import { expect, test } from 'vitest';
import {
  bernoulli,
  beta,
  binomial,
  exponential,
  flat,
  gamma,
  negativeBinomialLog,
  orderedLogistic,
  poisson,
  uniform,
} from '../../src/distributions';
import { exp, logSumExp, sigmoid, stack, type Expression } from '../../src/expr';
import { interval } from '../../src/transforms';
import { evaluate } from './evaluate';

test('bernoulli(sigmoid(eta)) does not saturate', () => {
  const eta = [-800, -40, 40, 800];
  const at = (y: number) => evaluate((x) => bernoulli(sigmoid(x)).logDensity(y), [eta]);
  expect(at(1).values).toEqual([-800, -40, expect.closeTo(0, 13), 0]);
  expect(at(0).values).toEqual([-0, expect.closeTo(0, 13), -40, -800]);
  expect(at(1).gradient().slice(0, 2)).toEqual([1, 1]);
  const shared = evaluate((x) => bernoulli(sigmoid(x)).logDensitySum(x.graph.constant([1, 0, 1])), [800]);
  expect(shared.values).toEqual([-800]);
});

test('binomial(n, sigmoid(eta)) and poisson(exp(eta)) keep their derivatives far out', () => {
  const counts = (build: (x: Expression) => Expression) => evaluate(build, [-750]);
  expect(counts((x) => binomial(3, sigmoid(x)).logDensitySum(x.graph.constant([2, 3]))).gradient()).toEqual([
    5,
  ]);
  expect(counts((x) => poisson(exp(x)).logDensitySum(x.graph.constant([2, 3]))).gradient()).toEqual([5]);
});

test('a probability near 1 keeps its distance from it under a beta prior', () => {
  const density = (u: number) =>
    evaluate((x) => beta(2, 3).logDensitySum(interval(0, 1).constrain(x), { inside: true }), [u]);
  expect(density(60).values[0]).toBeCloseTo(Math.log(12) - 120, 10);
  expect(density(60).gradient()).toEqual([expect.closeTo(-2, 12)]);
  expect(density(-800).values[0]).toBeCloseTo(Math.log(12) - 800, 10);
});

test('outside its support a density is −∞ and its neighbours in a mixture keep their derivatives', () => {
  const mixture = evaluate(
    (rate, x) => logSumExp(stack([gamma(2, rate).logDensity(x), exponential(rate).logDensity(x.neg())])),
    [3, -1],
  );
  expect(mixture.values[0]).toBeCloseTo(Math.log(3) - 3, 12);
  expect(mixture.gradient()[0]).toBeCloseTo(1 / 3 - 1, 12);
  expect(mixture.gradient()[1]).toBeCloseTo(3, 12);
});

test('bounds that depend on parameters cut the density', () => {
  const density = (a: number) =>
    evaluate((lower) => uniform(lower, 10).logDensitySum(lower.graph.constant([3, 4])), [a]).values[0];
  expect(density(2)).toBeCloseTo(-2 * Math.log(8), 12);
  expect(density(3.5)).toBe(-Infinity);
});

test('a count of zero under a rate or probability of zero is certain', () => {
  const rates = evaluate((rate) => poisson(rate).logDensity(rate.graph.constant([0, 1])), [[0, 0]]);
  expect(rates.values).toEqual([expect.closeTo(0, 14), -Infinity]);
  const zero = evaluate((p) => binomial(4, p).logDensity(p.graph.constant([0])), [[0]]);
  expect(zero.values[0]).toBeCloseTo(0, 14);
  expect(zero.gradient()).toEqual([-4]);
});

test('a flat density is 0 in every element, −∞ beyond its bounds', () => {
  expect(evaluate((x) => flat({ lower: 0 }).logDensity(x), [[-1, 0, 2]]).values).toEqual([-Infinity, 0, 0]);
  expect(evaluate((x) => flat().logDensity(x), [[-1, 0, 2]]).values).toEqual([0, 0, 0]);
});

test('one count against many parameters is counted for each of them', () => {
  const etas = [-1, 0, 2];
  const elements = (build: (eta: Expression) => Expression): number =>
    evaluate(build, [etas]).values.reduce((a, b) => a + b);
  const ordered = (eta: Expression) => orderedLogistic(eta, [-1, 0.5, 2]);
  const counts = (eta: Expression) => negativeBinomialLog(eta, 3);
  for (const build of [ordered, counts]) {
    const one = (eta: Expression) => eta.graph.constant([1], []);
    expect(evaluate((eta) => build(eta).logDensitySum(one(eta)), [etas]).values[0]).toBeCloseTo(
      elements((eta) => build(eta).logDensity(one(eta))),
      12,
    );
  }
});

test('repeated counts add up as they do one by one', () => {
  const y = [3, 0, 3, 7, 0, 1e6];
  const of = (x: Expression) => negativeBinomialLog(x, x.mul(x));
  const sum = evaluate((x) => of(x).logDensitySum(x.graph.constant(y)), [1.3]);
  const each = evaluate((x) => of(x).logDensity(x.graph.constant(y)), [1.3]);
  expect(sum.values[0] / each.values.reduce((a, b) => a + b)).toBeCloseTo(1, 13);
  expect(sum.gradient()[0] / each.gradient()[0]).toBeCloseTo(1, 11);
});
