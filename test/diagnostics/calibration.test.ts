/** Further diagnostics against ArviZ (calibration.json, made by generate_calibration.py), closed forms and their own laws. */

import { readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import * as diagnostics from '../../src/diagnostics';
import { binomialDistribution, quantileOf } from '../../src/diagnostics/binomial';
import { simultaneousBand } from '../../src/diagnostics/ecdf-band';
import { hypergeometricDistribution } from '../../src/diagnostics/hypergeometric';
import { normalQuantile } from '../../src/diagnostics/normal-scores';
import { randomNumbers } from './random-numbers';

interface Reference {
  chains: {
    chains: number[][];
    autocorrelation: number[];
    essLocal: { from: number; to: number; ess: number }[];
    evolution: diagnostics.EssStage[];
    rankHistogram: number[][];
    hdi: [number, number];
  };
  nested: { chains: number[][]; superchains: number[]; rhat: number }[];
  density: { values: number[]; bandwidth: number; silverman: number; x: number[]; density: number[] };
  sensitivity: { draws: number[]; logPrior: number[]; sensitivity: number };
  bands: { n: number; points: number[]; probability: number; lower: number[]; upper: number[] }[];
}

const reference = JSON.parse(readFileSync(new URL('calibration.json', import.meta.url), 'utf8')) as Reference;
const asArrays = (rows: number[][]): Float64Array[] => rows.map((row) => Float64Array.from(row));

describe('of chains, as ArviZ', () => {
  const expected = reference.chains;
  const chains = asArrays(expected.chains);

  test('autocorrelation', () => {
    const lags = diagnostics.autocorrelation(chains[0]);
    expected.autocorrelation.forEach((value, lag) => expect(lags[lag]).toBeCloseTo(value, 10));
  });

  test.each(expected.essLocal)('essLocal from $from to $to', ({ from, to, ess }) => {
    expect(diagnostics.essLocal(chains, from, to) / ess).toBeCloseTo(1, 9);
  });

  test('essEvolution', () => {
    const stages = diagnostics.essEvolution(chains, 4);
    expected.evolution.forEach(({ draws, bulk, tail }, i) => {
      expect(stages[i].draws).toBe(draws);
      expect(stages[i].bulk / bulk).toBeCloseTo(1, 9);
      expect(stages[i].tail / tail).toBeCloseTo(1, 9);
    });
  });

  test('rankHistogram', () => {
    expect(diagnostics.rankHistogram(chains, 10)).toEqual(expected.rankHistogram);
  });

  test('highestDensityInterval', () => {
    expect(
      diagnostics.highestDensityInterval(
        chains.flatMap((chain) => [...chain]),
        0.9,
      ),
    ).toEqual(expected.hdi);
  });
});

it('gives ties their mean rank', () => {
  const [first, second] = diagnostics.ranks([Float64Array.of(3, 1), Float64Array.of(1, 2)]);
  expect([...first, ...second]).toEqual([4, 1.5, 1.5, 3]);
});

test.each(reference.nested)('nestedRhat of $superchains.length chains, as arviz-stats', (c) => {
  expect(diagnostics.nestedRhat(asArrays(c.chains), c.superchains)).toBeCloseTo(c.rhat, 10);
});

it('judges chains of a single draw', () => {
  // Means 1.5 and 5.5, of variance 8; within each, variance ½.
  const chains = [1, 2, 5, 6].map((x) => Float64Array.of(x));
  expect(diagnostics.nestedRhat(chains, [0, 0, 1, 1])).toBeCloseTo(Math.sqrt(17), 12);
});

it('refuses superchains that do not match', () => {
  const chains = [Float64Array.of(1, 2), Float64Array.of(2, 3), Float64Array.of(1, 5)];
  expect(() => diagnostics.nestedRhat(chains, [0, 1])).toThrow('a superchain for each of 3 chains, got 2');
  expect(() => diagnostics.nestedRhat(chains, [0, 0, 0])).toThrow('at least 2 superchains, got 1');
  expect(() => diagnostics.nestedRhat(chains, [0, 0, 1])).toThrow('equally many chains, got 2 and 1');
});

describe('kernelDensity', () => {
  const { values, bandwidth, silverman, x, density } = reference.density;

  it('is that of ArviZ, which bins the values first', () => {
    const estimate = diagnostics.kernelDensity(values, { bandwidth, points: 2 * x.length + 1 });
    const largest = Math.max(...density);
    // Its grid has the middles of the bins, ours their ends too.
    x.forEach((at, i) => {
      expect(estimate.x[2 * i + 1]).toBeCloseTo(at, 10);
      expect(Math.abs(estimate.density[2 * i + 1] - density[i])).toBeLessThan(0.02 * largest);
    });
  });

  it('chooses the bandwidth by the rule of thumb', () => {
    expect(diagnostics.kernelDensity(values).bandwidth / silverman).toBeCloseTo(1, 2);
  });

  it('integrates to 1, with half the mass of a kernel at each end reflected', () => {
    const { x: grid, density: heights } = diagnostics.kernelDensity(values, { points: 2000 });
    const step = grid[1] - grid[0];
    const ends = (heights[0] + heights[1999]) / 2;
    expect(step * (heights.reduce((a, b) => a + b) - ends)).toBeCloseTo(1, 3);
  });

  it('needs two different values', () => {
    expect(() => diagnostics.kernelDensity([1, 1, NaN])).toThrow('two different finite values');
  });
});

describe('priorPosteriorOverlap', () => {
  const normal = (mean: number): Float64Array =>
    Float64Array.from({ length: 4000 }, (_, i) => mean + normalQuantile((i + 0.5) / 4000));

  it('is twice the normal tail beyond half the distance', () => {
    // 2 Φ(−1/2), with the bias of smoothing.
    expect(diagnostics.priorPosteriorOverlap(normal(0), normal(1))).toBeCloseTo(0.617, 1);
    expect(diagnostics.priorPosteriorOverlap(normal(0), normal(0))).toBeGreaterThan(0.99);
    expect(diagnostics.priorPosteriorOverlap(normal(0), normal(20))).toBe(0);
  });

  it('does not mind heavy tails', () => {
    const cauchy = Float64Array.from({ length: 4000 }, (_, i) =>
      Math.tan(Math.PI * ((i + 0.5) / 4000 - 0.5)),
    );
    // ∫ min of the two densities, by quadrature: 0.7488.
    expect(diagnostics.priorPosteriorOverlap(cauchy, normal(0))).toBeCloseTo(0.7488, 1);
  });
});

describe('powerScaleSensitivity', () => {
  it('is that of ArviZ, which smooths only heavy tails', () => {
    const { draws, logPrior, sensitivity } = reference.sensitivity;
    const value = diagnostics.powerScaleSensitivity(Float64Array.from(draws), Float64Array.from(logPrior));
    expect(value / sensitivity).toBeCloseTo(1, 1);
  });

  it('is nothing where the component says nothing', () => {
    const draws = Float64Array.from({ length: 200 }, (_, i) => i);
    expect(diagnostics.powerScaleSensitivity(draws, new Float64Array(200).fill(-3))).toBeLessThan(1e-6);
  });
});

describe('looPit', () => {
  it('is the weighted share of predictions up to the observation', () => {
    const predictions = [Float64Array.of(1, 2, 3, 4), Float64Array.of(5, 5, 6, 7)];
    expect([...diagnostics.looPit([2.5, 5], predictions)]).toEqual([0.5, 0.5]);
    const weights = Float64Array.of(0.1, 0.2, 0.3, 0.4).map(Math.log);
    const weighted = diagnostics.looPit([2.5, 5], predictions, { logWeights: [weights, weights] });
    expect(weighted[0]).toBeCloseTo(0.3, 12);
    expect(weighted[1]).toBeCloseTo(0.3, 12);
    expect([...diagnostics.looPit([2.5, 5], predictions, { ties: [0.5, 0.25] })]).toEqual([0.5, 0.125]);
  });

  it('is uniform for observations from the predictive distribution, and not for others', () => {
    const next = randomNumbers(5);
    const predictions = Array.from({ length: 300 }, () => Float64Array.from({ length: 200 }, next));
    const honest = diagnostics.looPit(Float64Array.from(predictions, next), predictions);
    expect(diagnostics.ecdfDifference(honest, { probability: 0.999 }).inside).toBe(true);
    const shifted = diagnostics.looPit(
      Float64Array.from(predictions, () => 0.5 + 0.5 * next()),
      predictions,
    );
    expect(diagnostics.ecdfDifference(shifted, { probability: 0.999 }).inside).toBe(false);
  });
});

describe('the simultaneous band', () => {
  test.each(reference.bands)('of $n values is that of scipy', ({ n, points, probability, lower, upper }) => {
    const band = simultaneousBand(n, Float64Array.from(points), probability);
    expect([...band.lower]).toEqual(lower);
    expect([...band.upper]).toEqual(upper);
  });

  it('holds as many uniform samples as it says', () => {
    const next = randomNumbers(11);
    const points = Float64Array.of(0.25, 0.5, 0.75, 1);
    const { lower, upper } = simultaneousBand(40, points, 0.8);
    const trials = 2000;
    let inside = 0;
    for (let trial = 0; trial < trials; trial++) {
      const values = Float64Array.from({ length: 40 }, next);
      const counts = points.map((point) => values.filter((value) => value <= point).length);
      if (counts.every((count, i) => count >= lower[i] && count <= upper[i])) inside++;
    }
    // Counts are whole, so the band holds at least 0.8; five standard errors of 2000 trials are 0.045.
    expect(inside / trials).toBeGreaterThan(0.8 - 0.045);
    expect(inside / trials).toBeLessThan(0.93);
  });

  it('rests on binomial quantiles', () => {
    const cumulative = binomialDistribution(10, 0.5);
    expect(cumulative[10]).toBeCloseTo(1, 13);
    expect(cumulative[4]).toBeCloseTo(386 / 1024, 13);
    expect(quantileOf(cumulative, 0.5)).toBe(5);
  });
});

describe('rankEcdf', () => {
  const independent = (next: () => number): Float64Array[] =>
    Array.from({ length: 4 }, () => Float64Array.from({ length: 50 }, next));

  it('holds agreeing chains as often as it says', () => {
    const next = randomNumbers(17);
    const trials = 300;
    let inside = 0;
    for (let trial = 0; trial < trials; trial++) {
      if (diagnostics.rankEcdf(independent(next), { probability: 0.8, steps: 10 }).inside) inside++;
    }
    // Counts are whole, so the band holds at least 0.8; four standard errors of 300 trials are 0.09.
    expect(inside / trials).toBeGreaterThan(0.8 - 0.09);
    expect(inside / trials).toBeLessThan(0.95);
  });

  it('is left by a chain that lies elsewhere', () => {
    const chains = independent(randomNumbers(18)).map((draws, c) =>
      draws.map((x) => (c === 3 ? x + 0.4 : x)),
    );
    const { inside, differences, lower } = diagnostics.rankEcdf(chains);
    expect(inside).toBe(false);
    expect(differences[3].some((difference, i) => difference < lower[i])).toBe(true);
  });

  it('gives shares of each chain, which balance', () => {
    const { points, differences } = diagnostics.rankEcdf([
      Float64Array.of(1, 2, 5, 6),
      Float64Array.of(3, 4, 7, 8),
    ]);
    expect([...points]).toEqual([0.25, 0.5, 0.75]);
    expect(differences.map((row) => [...row])).toEqual([
      [0.25, 0, 0.25],
      [-0.25, 0, -0.25],
    ]);
  });

  it('rests on hypergeometric masses', () => {
    // Of 10 items 4 are marked; 5 are taken: C(4,k)·C(6,5−k)/C(10,5).
    const expected = [6, 66, 186, 246, 252].map((count) => count / 252);
    hypergeometricDistribution(10, 4, 5).forEach((value, k) => expect(value).toBeCloseTo(expected[k], 12));
  });

  it('wants several chains', () => {
    expect(() => diagnostics.rankEcdf([Float64Array.of(1, 2)])).toThrow('at least 2 chains, got 1');
  });
});

describe('simulation-based calibration', () => {
  it('ranks a value among draws', () => {
    expect(diagnostics.sbcRank(2, [1, 2, 3, 0])).toBe(2);
    expect(diagnostics.sbcHistogram([0, 1, 2, 3, 3], 3)).toEqual([1, 1, 1, 2]);
  });

  it('takes uniform ranks, and not those of an overconfident posterior', () => {
    const next = randomNumbers(3);
    const uniform = Float64Array.from({ length: 500 }, () => Math.floor(next() * 100));
    expect(diagnostics.sbcEcdf(uniform, 99, 0.999).inside).toBe(true);
    const extreme = uniform.map((rank) =>
      rank < 50 ? Math.floor(rank / 2) : 99 - Math.floor((99 - rank) / 2),
    );
    expect(diagnostics.sbcEcdf(extreme, 99, 0.999).inside).toBe(false);
  });
});

describe('predictive checks', () => {
  const observed = [0, 1, 1, 3];
  const replications = [
    [0, 0, 1, 2],
    [1, 1, 1, 2],
    [0, 2, 2, 5],
  ];
  const largest = (values: Float64Array): number => Math.max(...values);

  it('compare a statistic', () => {
    const check = diagnostics.predictiveCheck(observed, replications, largest);
    expect(check.observed).toBe(3);
    expect([...check.replicated]).toEqual([2, 2, 5]);
    expect(check.pValue).toBeCloseTo(1 / 3, 14);
  });

  it('count half of the ties', () => {
    expect(diagnostics.predictiveCheck([2], [[2], [3], [1], [2]], largest).pValue).toBe(0.5);
  });

  it('tally counts', () => {
    const bars = diagnostics.rootogram(observed, replications);
    expect(bars.map(({ observed: seen }) => seen)).toEqual([1, 2, 0, 1, 0, 0]);
    expect(bars[1].expected).toBeCloseTo(4 / 3, 14);
    expect(bars[0]).toMatchObject({ lower: expect.closeTo(0.1), upper: expect.closeTo(1.9) });
  });

  it('refuse data of another length, and what is not a count', () => {
    expect(() => diagnostics.predictiveCheck(observed, [[1]], largest)).toThrow(
      '4 values, but number 0 has 1',
    );
    expect(() => diagnostics.rootogram([1.5], [[1]])).toThrow('must be counts (0, 1, 2, …), got 1.5');
  });
});
