/**
 * Every distribution is drawn from according to its own distribution function or mass, by the largest distance between
 * distribution functions (Kolmogorov) at a level of 10⁻⁶ each, with fixed seeds.
 */
import { describe, expect, it } from 'vitest';
import * as credence from 'credence';
import type { AnyDistribution, Distribution } from '../../src/distributions/distribution';
import { Graph, withGraph, type Expression, type Shape } from '../../src/expr';
import { Leaves } from '../../src/simulation/leaves';
import { Simulator } from '../../src/simulation/simulator';

const DRAWS = 10_000;
/** P(√n·D > 2.7) ≈ 2·exp(−2·2.7²) < 10⁻⁶. */
const CRITICAL = 2.7 / Math.sqrt(DRAWS);

async function sample(make: () => AnyDistribution, shape: Shape = []): Promise<Float64Array> {
  const graph = new Graph();
  const leaves = new Leaves(graph);
  const value = withGraph(graph, () => make().variate(leaves.of('test', shape)));
  const simulator = await Simulator.create(leaves.all, [value], 17);
  const all = new Float64Array(DRAWS * value.size);
  for (let first = 0; first < DRAWS; first += simulator.block) {
    const count = Math.min(simulator.block, DRAWS - first);
    all.set(simulator.run(count, new Map())[0], first * value.size);
  }
  return all;
}

/** Largest distance of the sample from the distribution function given at its sorted values. */
function distance(sorted: Float64Array, cdf: ArrayLike<number>, cdfBefore: ArrayLike<number> = cdf): number {
  let largest = 0;
  sorted.forEach((value, i) => {
    if (i + 1 < sorted.length && sorted[i + 1] === value) return;
    let first = i;
    while (first > 0 && sorted[first - 1] === value) first--;
    largest = Math.max(largest, (i + 1) / sorted.length - cdf[i], cdfBefore[i] - first / sorted.length);
    largest = Math.max(largest, cdf[i] - (i + 1) / sorted.length);
  });
  return largest;
}

/** What an expression is at each number of x. */
async function valuesAt(x: ArrayLike<number>, of: (x: Expression) => Expression): Promise<Float64Array> {
  const graph = new Graph();
  const value = withGraph(graph, () => of(graph.constant(Float64Array.from(x), [x.length])));
  return (await Simulator.create([], [value], 0)).run(1, new Map())[0];
}

/** Probabilities of 0 … last. */
async function massesOf(make: () => Distribution, last: number): Promise<number[]> {
  const places = Array.from({ length: last + 1 }, (_, k) => k);
  return Array.from(await valuesAt(places, (x) => make().logDensity(x) as Expression), Math.exp);
}

async function expectLaw(make: () => Distribution, values?: Float64Array): Promise<void> {
  const sorted = (values ?? (await sample(make))).slice().sort();
  const at = (x: Float64Array): Promise<Float64Array> => valuesAt(x, (v) => make().cdf(v) as Expression);
  const { discrete } = withGraph(new Graph(), make);
  const cdf = await at(sorted);
  const before = discrete ? await at(sorted.map((x) => x - 1)) : cdf;
  expect(distance(sorted, cdf, before)).toBeLessThan(CRITICAL);
}

const {
  bernoulli,
  beta,
  betaBinomial,
  betaProportion,
  binomial,
  binomialLogit,
  categorical,
  categoricalLogit,
  cauchy,
  chiSquared,
  dirichlet,
  dirichletMultinomial,
  discreteUniform,
  exponential,
  exponentiallyModifiedNormal,
  frechet,
  gamma,
  gaussianRandomWalk,
  generalizedPareto,
  geometric,
  gumbel,
  halfCauchy,
  halfNormal,
  halfStudentT,
  hurdle,
  hypergeometric,
  inverseChiSquared,
  inverseGamma,
  inverseWishart,
  laplace,
  lkj,
  lkjCholesky,
  logistic,
  logNormal,
  mixture,
  multinomial,
  multivariateNormal,
  multivariateStudentT,
  negativeBinomial,
  negativeBinomialLog,
  negativeBinomialShapeRate,
  normal,
  orderedLogistic,
  orderedProbit,
  pareto,
  poisson,
  poissonLog,
  rayleigh,
  scaledInverseChiSquared,
  skewNormal,
  studentT,
  truncate,
  uniform,
  wald,
  weibull,
  wishart,
  zeroInflated,
} = credence;

const withCdf: Record<string, () => Distribution> = {
  beta: () => beta(2, 0.7),
  betaProportion: () => betaProportion(0.3, 4),
  binomial: () => binomial(12, 0.3),
  cauchy: () => cauchy(-1, 2),
  chiSquared: () => chiSquared(3),
  discreteUniform: () => discreteUniform(-3, 5),
  exponential: () => exponential(2.5),
  exponentiallyModifiedNormal: () => exponentiallyModifiedNormal(1, 0.5, 0.8),
  frechet: () => frechet(2, 3),
  gamma: () => gamma(0.4, 3),
  generalizedPareto: () => generalizedPareto(1, 2, 0.3),
  'generalizedPareto that ends': () => generalizedPareto(1, 2, -0.4),
  'generalizedPareto without a shape': () => generalizedPareto(1, 2, 0),
  geometric: () => geometric(0.3),
  gumbel: () => gumbel(2, 3),
  halfCauchy: () => halfCauchy(2),
  halfNormal: () => halfNormal(3),
  halfStudentT: () => halfStudentT(3, 2),
  inverseChiSquared: () => inverseChiSquared(4),
  inverseGamma: () => inverseGamma(3, 2),
  laplace: () => laplace(1, 2),
  logistic: () => logistic(1, 2),
  logNormal: () => logNormal(0.5, 0.8),
  negativeBinomial: () => negativeBinomial(4, 1.5),
  negativeBinomialLog: () => negativeBinomialLog(1.2, 2),
  negativeBinomialShapeRate: () => negativeBinomialShapeRate(3, 0.5),
  normal: () => normal(1, 2),
  pareto: () => pareto(2, 3),
  poisson: () => poisson(3.5),
  poissonLog: () => poissonLog(2.5),
  rayleigh: () => rayleigh(2),
  scaledInverseChiSquared: () => scaledInverseChiSquared(5, 2),
  studentT: () => studentT(4, 1, 2),
  uniform: () => uniform(-2, 5),
  wald: () => wald(2, 3),
  weibull: () => weibull(1.7, 2),
  'truncated normal': () => truncate(normal(0, 1), { lower: 2 }),
  'truncated normal, on both sides': () => truncate(normal(3, 2), { lower: -1, upper: 4 }),
  'truncated Poisson': () => truncate(poisson(4), { lower: 1, upper: 9 }),
  'truncated Cauchy': () => truncate(cauchy(0, 1), { upper: 3 }),
  'mixture of normals': () => mixture([0.3, 0.7], [normal(-2, 1), normal(3, 0.5)]),
  'zero-inflated Poisson': () => zeroInflated(0.3, poisson(2)),
};

/** Discrete, by masses on 0 … last. */
const withMass: Record<string, [() => Distribution, number]> = {
  bernoulli: [() => bernoulli(0.3), 1],
  betaBinomial: [() => betaBinomial(9, 0.6, 2), 9],
  binomialLogit: [() => binomialLogit(7, -0.4), 7],
  categorical: [() => categorical([0.2, 0.5, 0.3]), 2],
  categoricalLogit: [() => categoricalLogit([0.5, -1, 2, 0]), 3],
  hypergeometric: [() => hypergeometric(6, 5, 9), 5],
  orderedLogistic: [() => orderedLogistic(0.7, [-1, 0.5, 2]), 3],
  orderedProbit: [() => orderedProbit(-0.3, [-1, 0.5, 2]), 3],
  'hurdle of a Poisson': [() => hurdle(0.4, poisson(2)), 30],
};

describe('draws have the distribution function of', () => {
  for (const [name, make] of Object.entries(withCdf)) it(name, () => expectLaw(make));

  for (const [name, [make, last]] of Object.entries(withMass)) {
    it(name, async () => {
      const masses = await massesOf(make, last);
      const cumulative = masses.map((_, k) => masses.slice(0, k + 1).reduce((a, b) => a + b, 0));
      expect(cumulative[last]).toBeCloseTo(1, 10);
      const sorted = (await sample(make)).sort();
      const cdf = Array.from(sorted, (k) => cumulative[k]);
      const before = Array.from(sorted, (k) => cumulative[k] - masses[k]);
      expect(distance(sorted, cdf, before)).toBeLessThan(CRITICAL);
    });
  }
});

/** Every `size`-th number from `first` on. */
function column(values: Float64Array, size: number, first: number): Float64Array {
  return Float64Array.from({ length: values.length / size }, (_, i) => values[i * size + first]);
}

describe('draws have the marginals of', () => {
  it('dirichlet, and of counts made of it', async () => {
    const shares = await sample(() => dirichlet([0.5, 1, 2]), [3]);
    await expectLaw(() => beta(0.5, 3), column(shares, 3, 0));
    for (let i = 0; i < 30; i += 3) expect(shares[i] + shares[i + 1] + shares[i + 2]).toBeCloseTo(1, 12);
    const counts = await sample(() => dirichletMultinomial(8, [0.5, 1, 2]), [3]);
    const masses = await massesOf(() => betaBinomial(8, 1, 2.5), 8);
    const cumulative = masses.map((_, k) => masses.slice(0, k + 1).reduce((a, b) => a + b, 0));
    const sorted = column(counts, 3, 1).sort();
    const before = Array.from(sorted, (k) => cumulative[k] - masses[k]);
    expect(
      distance(
        sorted,
        Array.from(sorted, (k) => cumulative[k]),
        before,
      ),
    ).toBeLessThan(CRITICAL);
  });

  it('multinomial', async () => {
    const counts = await sample(() => multinomial(8, [0.5, 0.2, 0.3]), [3]);
    await expectLaw(() => binomial(8, 0.2), column(counts, 3, 1));
    for (let i = 0; i < 30; i += 3) expect(counts[i] + counts[i + 1] + counts[i + 2]).toBe(8);
  });

  it('multivariate normal and Student-t, of sums of elements too', async () => {
    const covariance = [
      [4, 1],
      [1, 2],
    ];
    const normals = await sample(() => multivariateNormal([1, 2], { covariance }), [2]);
    await expectLaw(() => normal(2, Math.SQRT2), column(normals, 2, 1));
    const sums = column(normals, 2, 0).map((x, i) => x + normals[2 * i + 1]);
    await expectLaw(() => normal(3, Math.sqrt(8)), sums);
    const heavy = await sample(() => multivariateStudentT(4, [1, 2], { scale: covariance }), [2]);
    await expectLaw(
      () => studentT(4, 3, Math.sqrt(8)),
      column(heavy, 2, 0).map((x, i) => x + heavy[2 * i + 1]),
    );
  });

  it('random walk', async () => {
    const walks = await sample(() => gaussianRandomWalk(0.5, { initial: normal(1, 2), drift: 0.3 }), [4]);
    await expectLaw(() => normal(1.9, Math.sqrt(4 + 0.75)), column(walks, 4, 3));
  });

  it('LKJ, by matrix and by factor', async () => {
    const matrices = await sample(() => lkj(1.5), [3, 3]);
    const half = (r: number): number => (1 + r) / 2;
    await expectLaw(() => beta(2, 2), column(matrices, 9, 1).map(half));
    await expectLaw(() => beta(2, 2), column(matrices, 9, 5).map(half));
    const factors = await sample(() => lkjCholesky(1.5), [3, 3]);
    await expectLaw(() => beta(2, 2), column(factors, 9, 3).map(half));
    await expectLaw(() => beta(2, 2), column(factors, 9, 6).map(half));
  });

  it('Wishart and its inverse, on the diagonal', async () => {
    const scale = [
      [2, 0.5],
      [0.5, 1],
    ];
    const matrices = await sample(() => wishart(5, scale), [2, 2]);
    await expectLaw(() => gamma(2.5, 0.25), column(matrices, 4, 0));
    await expectLaw(() => gamma(2.5, 0.5), column(matrices, 4, 3));
    const inverses = await sample(() => inverseWishart(5, scale), [2, 2]);
    // A diagonal element of K×K has an inverse gamma distribution of shape (df − K + 1)/2.
    await expectLaw(() => inverseGamma(2, 1), column(inverses, 4, 0));
    await expectLaw(() => inverseGamma(2, 0.5), column(inverses, 4, 3));
  });

  it('skew normal, whose square is that of a normal', async () => {
    const values = await sample(() => skewNormal(0, 2, 3));
    await expectLaw(() => halfNormal(2), values.map(Math.abs));
    // P(X < 0) = ½ − atan(shape)/π.
    const below = values.filter((x) => x < 0).length / DRAWS;
    expect(Math.abs(below - (0.5 - Math.atan(3) / Math.PI))).toBeLessThan(5 * Math.sqrt(0.1 / DRAWS));
  });
});
