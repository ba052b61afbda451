/** Distributions made of others: truncated, censored, with more zeros, mixed. */
import { describe, expect, test } from 'vitest';
import {
  bernoulli,
  binomial,
  censored,
  exponential,
  gamma,
  halfCauchy,
  horseshoe,
  horseshoeScale,
  hurdle,
  intervalCensored,
  mixture,
  multivariateNormal,
  negativeBinomial,
  normal,
  poisson,
  regularizedHorseshoe,
  skewNormal,
  truncate,
  weibull,
  zeroInflated,
  type Distribution,
} from '../../src/distributions';
import { exp, sigmoid, type Expression } from '../../src/expr';
import { integers, model, vector } from '../../src/model';
import { evaluate } from './evaluate';

const logMass = (build: (x: Expression) => Distribution, from: number, to: number, parameter = 1): number[] =>
  evaluate(
    (p) => build(p).logDensity(p.graph.constant(Array.from({ length: to - from + 1 }, (_, k) => from + k))),
    [parameter],
  ).values;

const total = (logs: readonly number[]): number => logs.reduce((sum, log) => sum + Math.exp(log), 0);

/** Gradient against central differences of order four. */
function checkGradient(build: (...inputs: Expression[]) => Expression, at: readonly number[]): void {
  const found = evaluate(build, at).gradient();
  at.forEach((_, k) => {
    const moved = (by: number): number =>
      evaluate(
        build,
        at.map((v, j) => (j === k ? v + by : v)),
      ).values.reduce((a, b) => a + b);
    const h = 1e-3;
    const difference = (moved(-2 * h) - 8 * moved(-h) + 8 * moved(h) - moved(2 * h)) / (12 * h);
    expect(Math.abs(found[k] - difference), `∂${k}: ${found[k]}, ${difference}`).toBeLessThan(
      1e-7 * (1 + Math.abs(difference)),
    );
  });
}

describe('truncate', () => {
  test('far in a tail, from one side and from two', () => {
    const at = (x: number, bounds: { lower: number; upper?: number }) =>
      evaluate((location) => truncate(normal(location, 1), bounds).logDensity(x), [0]);
    expect(at(40.01, { lower: 40 }).values[0]).toBeCloseTo(3.289453480549115, 9);
    expect(at(38.5, { lower: 38, upper: 39 }).values[0]).toBeCloseTo(-15.486722514384542, 9);
    const mirrored = evaluate(
      (m) => truncate(normal(m, 1), { lower: -39, upper: -38 }).logDensity(-38.5),
      [0],
    );
    expect(mirrored.values[0]).toBeCloseTo(at(38.5, { lower: 38, upper: 39 }).values[0], 10);
    expect(at(39.9, { lower: 40 }).values[0]).toBe(-Infinity);
  });

  test('counts sum to one between the bounds, and to nothing beyond', () => {
    const cut = logMass((rate) => truncate(poisson(rate), { lower: 1, upper: 4 }), -1, 6, 2);
    expect(total(cut)).toBeCloseTo(1, 13);
    expect(cut.map((log) => log === -Infinity)).toEqual([true, true, false, false, false, false, true, true]);
    const one = logMass((rate) => truncate(poisson(rate), { lower: 1 }), 0, 60, 2);
    expect(total(one)).toBeCloseTo(1, 13);
    // Nothing but the lower bound is likely under a rate near 0.
    expect(logMass((rate) => truncate(poisson(rate), { lower: 3 }), 3, 3, 1e-150)[0]).toBeCloseTo(0, 12);
  });

  test('sums count the shared normaliser once for each observation', () => {
    const build = (x: Expression) => truncate(gamma(2, x), { upper: 5 });
    const y = [0.1, 2, 4.9];
    const elements = evaluate((r) => build(r).logDensity(r.graph.constant(y)), [0.7]).values;
    const sum = evaluate((r) => build(r).logDensitySum(r.graph.constant(y)), [0.7]).values[0];
    expect(sum).toBeCloseTo(
      elements.reduce((a, b) => a + b),
      13,
    );
  });

  test('has derivatives in parameters and bounds', () => {
    checkGradient(
      (x, m, s, a, b) => truncate(normal(m, s), { lower: a, upper: b }).logDensity(x),
      [1.3, 0.2, 0.9, 0.5, 2.5],
    );
    checkGradient((x, rate, a) => truncate(exponential(rate), { lower: a }).logDensity(x), [1.3, 0.9, 0.5]);
    checkGradient((rate) => truncate(poisson(rate), { lower: 2 }).logDensity(3), [1.4]);
  });

  test('has a distribution function of its own', () => {
    const cut = (m: Expression) => truncate(normal(m, 1), { lower: -1, upper: 3 });
    const { values } = evaluate((m) => cut(m).cdf(m.graph.constant([-2, -1, 0.5, 3, 4])), [0.5]);
    expect(values[0]).toBe(0);
    expect(values.slice(2).map((v) => Number(v.toFixed(12)))).toEqual([Number(values[2].toFixed(12)), 1, 1]);
    const both = evaluate((m) => exp(cut(m).logCdf(0.9)).add(exp(cut(m).logCcdf(0.9))), [0.5]);
    expect(both.values[0]).toBeCloseTo(1, 14);
    const counts = evaluate(
      (r) => truncate(poisson(r), { lower: 2, upper: 9 }).logCdf(r.graph.constant([1, 2, 9])),
      [3],
    );
    expect(counts.values[0]).toBe(-Infinity);
    expect(counts.values[1]).toBeCloseTo(
      logMass((r) => truncate(poisson(r), { lower: 2, upper: 9 }), 2, 2, 3)[0],
      12,
    );
    expect(counts.values[2]).toBe(0);
  });

  test('refuses what it cannot do', () => {
    expect(() => truncate(skewNormal(0, 1, 2), { lower: 0 })).toThrow(
      new TypeError('truncate: the distribution function of skewNormal has no closed form'),
    );
    expect(() => truncate(normal(0, 1), { lower: 2, upper: 1 })).toThrow(
      new RangeError('truncated normal: lower must be below upper, got lower 2 and upper 1'),
    );
    expect(() => truncate(poisson(1), { lower: 0.5 })).toThrow(
      new RangeError('truncated poisson: lower must be an integer or infinite, got 0.5'),
    );
    expect(() =>
      model({ y: vector('row') })
        .param('m', normal(0, 1))
        .observe('y', ({ m }) => truncate(normal(m, 1), { lower: 0 }))
        .condition({ y: [1, -0.5] }),
    ).toThrow(/element \[1\] is -0.5, but truncated normal expects a number ≥ 0/);
  });
});

describe('censored', () => {
  test('counts tails at the bounds and densities between', () => {
    const y = [-1, 0.3, 2];
    const { values } = evaluate(
      (m) => censored(normal(m, 1), { lower: -1, upper: 2 }).logDensity(m.graph.constant(y)),
      [0.2],
    );
    const plain = evaluate((m) => normal(m, 1).logDensity(0.3), [0.2]).values[0];
    const low = evaluate((m) => normal(m, 1).logCdf(-1), [0.2]).values[0];
    const high = evaluate((m) => normal(m, 1).logCcdf(2), [0.2]).values[0];
    expect(values).toEqual([low, plain, high].map((v) => expect.closeTo(v, 14)));
  });

  test('takes a bound for each observation, infinite where nothing was cut short', () => {
    const time = [1.5, 4, 2.5];
    const limit = [Infinity, 4, Infinity];
    const of = (k: Expression, s: Expression): Expression =>
      censored(weibull(k, s), { upper: k.graph.constant(limit) }).logDensitySum(k.graph.constant(time));
    const expected = evaluate(
      (k, s) =>
        weibull(k, s)
          .logDensitySum(k.graph.constant([1.5, 2.5]))
          .add(weibull(k, s).logCcdf(4)),
      [1.4, 3],
    );
    const found = evaluate(of, [1.4, 3]);
    expect(found.values[0]).toBeCloseTo(expected.values[0], 13);
    expect(found.gradient()).toEqual(expected.gradient().map((slope) => expect.closeTo(slope, 12)));
  });

  test('counts at a bound are counted with those beyond', () => {
    const logs = logMass((rate) => censored(poisson(rate), { upper: 5 }), 0, 5, 4);
    expect(total(logs)).toBeCloseTo(1, 13);
  });

  test('is for data, within the bounds', () => {
    expect(() =>
      model()
        .param('x', censored(normal(0, 1), { upper: 2 }))
        .condition(),
    ).toThrow(/parameter 'x': censored normal puts mass on single values/);
    expect(() =>
      model({ y: vector('row') })
        .param('m', normal(0, 1))
        .observe('y', ({ m }) => censored(normal(m, 1), { upper: 2 }))
        .condition({ y: [1, 2, 2.5] }),
    ).toThrow(/element \[2\] is 2.5, but censored normal expects a number ≤ 2/);
  });
});

describe('intervalCensored', () => {
  test('is the probability of the interval, from whichever tail', () => {
    const between = (lower: number, upper: number) =>
      evaluate((m) => intervalCensored(normal(m, 1), { lower, upper }).logDensity(upper), [0]).values[0];
    expect(between(38, 39)).toBeCloseTo(-726.5572160188201, 9);
    expect(between(-39, -38)).toBeCloseTo(between(38, 39), 10);
    expect(between(-1, 1)).toBeCloseTo(Math.log(0.6826894921370859), 13);
  });

  test('of rounded data', () => {
    checkGradient(
      (m, s) => {
        const y = m.graph.constant([1, 2, -3]);
        return intervalCensored(normal(m, s), { lower: y.sub(0.5), upper: y.add(0.5) }).logDensitySum(y);
      },
      [0.3, 1.2],
    );
    const halves = evaluate(
      (m) => {
        const ends = { lower: m.graph.constant([-Infinity, 0]), upper: m.graph.constant([0, Infinity]) };
        return intervalCensored(normal(m, 1), ends).logDensity(m.graph.constant([-1, 1]));
      },
      [0],
    );
    expect(halves.values).toEqual([1, 2].map(() => expect.closeTo(Math.log(0.5), 14)));
    expect(halves.gradient()[0]).toBeCloseTo(0, 12);
  });
});

describe('zeroInflated and hurdle', () => {
  test.each<[string, (p: Expression) => Distribution]>([
    ['zero-inflated poisson', (p) => zeroInflated(p, poisson(2.5))],
    ['zero-inflated negativeBinomial', (p) => zeroInflated(p, negativeBinomial(2, 3))],
    ['hurdle poisson', (p) => hurdle(p, poisson(2.5))],
    ['hurdle binomial', (p) => hurdle(p, binomial(30, 0.2))],
  ])('%s sums to one', (name, build) => {
    const logs = logMass(build, 0, 100, 0.3);
    expect(total(logs)).toBeCloseTo(1, 13);
    const zero = Math.exp(logs[0]);
    if (name.startsWith('hurdle')) expect(zero).toBeCloseTo(0.3, 14);
    else expect(zero).toBeGreaterThan(0.3);
    expect(evaluate((p) => build(p).logDensity(0), [0.3]).values[0]).toBeCloseTo(logs[0], 13);
  });

  test('probabilities by a sigmoid do not saturate, rates near 0 do not cancel', () => {
    const at = (eta: number, y: number) =>
      evaluate((x) => zeroInflated(sigmoid(x), poisson(2)).logDensity(y), [eta]);
    expect(at(-800, 0).values[0]).toBeCloseTo(-2, 13);
    expect(at(800, 1).values[0]).toBeCloseTo(-800 + Math.log(2) - 2, 10);
    expect(at(800, 1).gradient()).toEqual([-1]);
    const rare = evaluate((x) => hurdle(0.5, poisson(exp(x))).logDensity(1), [-700]);
    expect(rare.values[0]).toBeCloseTo(Math.log(0.5), 12);
    expect(rare.gradient()[0]).toBeCloseTo(0, 12);
  });

  test('have derivatives', () => {
    checkGradient(
      (p, rate) => zeroInflated(p, poisson(rate)).logDensitySum(p.graph.constant([0, 0, 3, 1])),
      [0.3, 1.7],
    );
    checkGradient(
      (p, rate) => hurdle(p, poisson(rate)).logDensitySum(p.graph.constant([0, 0, 3, 1])),
      [0.3, 1.7],
    );
  });

  test('amounts with a point at zero', () => {
    const { values } = evaluate(
      (p) => hurdle(p, gamma(2, 3)).logDensity(p.graph.constant([0, 0.5, -1])),
      [0.3],
    );
    const density = evaluate((r) => gamma(2, r).logDensity(0.5), [3]).values[0];
    expect(values).toEqual([
      expect.closeTo(Math.log(0.3), 14),
      expect.closeTo(Math.log(0.7) + density, 13),
      -Infinity,
    ]);
  });

  test('inflating needs counts', () => {
    expect(() => zeroInflated(0.5, normal(0, 1))).toThrow(
      new TypeError(
        'zeroInflated: expected a discrete distribution, got normal; see hurdle for continuous ones',
      ),
    );
    expect(() => hurdle(1.5, poisson(1))).toThrow(
      new RangeError('hurdle poisson: probability must be between 0 and 1, got 1.5'),
    );
    expect(() =>
      model({ y: integers('row') })
        .param('p', truncate(normal(0.5, 1), { lower: 0, upper: 1 }))
        .observe('y', ({ p }) => zeroInflated(p, binomial(3, 0.5)))
        .condition({ y: [0, 4] }),
    ).toThrow(/element \[1\] is 4, but zero-inflated binomial expects an integer from 0 to 3/);
  });
});

describe('mixture', () => {
  const y = [-2, 0.1, 35];
  const direct = (w: number[], m: number[]): number[] =>
    y.map((x) =>
      Math.log(
        w.reduce(
          (sum, weight, k) => sum + (weight * Math.exp(-0.5 * (x - m[k]) ** 2)) / Math.sqrt(2 * Math.PI),
          0,
        ),
      ),
    );

  test('sums the components out', () => {
    const of = (w: Expression, m: Expression): Distribution =>
      mixture(w, [normal(m.at(0), 1), normal(m.at(1), 1), normal(m.at(2), 1)]);
    const [w, m] = [
      [0.2, 0.5, 0.3],
      [-1, 0, 30],
    ];
    const found = evaluate((a, b) => of(a, b).logDensity(a.graph.constant(y)), [w, m]).values;
    expect(found).toEqual(direct(w, m).map((v) => expect.closeTo(v, 12)));
    const sum = evaluate((a, b) => of(a, b).logDensitySum(a.graph.constant(y)), [w, m]).values[0];
    expect(sum).toBeCloseTo(
      found.reduce((a, b) => a + b),
      12,
    );
    const rows = evaluate(
      (a, b) => of(a.reshape([3, 3]), b).logDensity(a.graph.constant(y)),
      [[...w, ...w, ...w], m],
    );
    expect(rows.values).toEqual(found);
  });

  test('takes scalar weights, and components far apart', () => {
    checkGradient(
      (theta, a, b) =>
        mixture([theta, theta.neg().add(1)], [normal(a, 1), normal(b, 2)]).logDensitySum(
          theta.graph.constant([0.3, -1, 4]),
        ),
      [0.3, -0.5, 3],
    );
    const far = evaluate((m) => mixture([0.5, 0.5], [normal(m, 1), normal(0, 1)]).logDensity(0), [1e6]);
    expect(far.values[0]).toBeCloseTo(Math.log(0.5) - 0.9189385332046727, 13);
    expect(far.gradient()[0]).toBeCloseTo(0, 14);
  });

  test('supports unite, and counts sum to one', () => {
    const both = mixture([0.5, 0.5], [gamma(2, 1), normal(0, 1)]);
    expect(both.support.lower).toBeUndefined();
    const counts = logMass((p) => mixture([p, p.neg().add(1)], [poisson(3), binomial(5, 0.5)]), 0, 60, 0.25);
    expect(total(counts)).toBeCloseTo(1, 13);
  });

  test('has the distribution function of its components', () => {
    const { values } = evaluate(
      (m) => mixture([0.25, 0.75], [normal(m, 1), normal(0, 1)]).cdf(m.graph.constant([0, 50])),
      [0],
    );
    expect(values).toEqual([expect.closeTo(0.5, 14), expect.closeTo(1, 14)]);
  });

  test('of vectors', () => {
    const identity = [
      [1, 0],
      [0, 1],
    ];
    const { values } = evaluate(
      (m) =>
        mixture(
          [0.5, 0.5],
          [
            multivariateNormal([0, 0], { covariance: identity }),
            multivariateNormal(m, { covariance: identity }),
          ],
        ).logDensity(m.graph.constant([0, 0, 3, 3], [2, 2])),
      [[3, 3]],
    );
    const one = Math.log(0.5 / (2 * Math.PI)) + Math.log1p(Math.exp(-9));
    expect(values).toEqual([one, one].map((v) => expect.closeTo(v, 12)));
  });

  test('refuses what does not fit', () => {
    expect(() => mixture([0.5, 0.5], [normal(0, 1)])).toThrow(
      new RangeError('mixture: expected a weight for each of 1 components, got 2'),
    );
    expect(() => mixture([0.5, 0.5], [normal(0, 1), poisson(1)])).toThrow(
      new RangeError('mixture: poisson does not mix with normal'),
    );
    expect(() =>
      model({ y: vector('row') })
        .param('m', normal(0, 1))
        .observe('y', ({ m }) => mixture([0.5, 0.4], [normal(m, 1), normal(0, 1)]))
        .condition({ y: [1] }),
    ).toThrow(/weights must sum to 1/);
    expect(() =>
      model({ y: integers('row') })
        .param('p', normal(0, 1))
        .observe('y', ({ p }) => mixture([0.5, 0.5], [bernoulli(sigmoid(p)), binomial(2, 0.5)]))
        .condition({ y: [3] }),
    ).toThrow(/expects an integer from 0 to 2/);
  });
});

describe('horseshoe', () => {
  test('is a normal distribution of the product of scales', () => {
    const shape = model()
      .param('global', halfCauchy(0.1))
      .param('local', halfCauchy(1), { dims: [3] })
      .param('slope', ({ global, local }) => horseshoe(global, local), { noncentered: true });
    expect(shape.condition().dimension).toBe(7);
    const { values } = evaluate((g, l) => horseshoe(g, l).logDensity(0.2), [0.1, 3]);
    expect(values[0]).toBeCloseTo(evaluate((s) => normal(0, s).logDensity(0.2), [0.3]).values[0], 13);
  });

  test('the slab bounds the scale', () => {
    const scale = (global: number, local: number): number =>
      evaluate((g, l) => regularizedHorseshoe(g, l, 2).parameters.scale.value as Expression, [global, local])
        .values[0];
    expect(scale(1, 1e8)).toBeCloseTo(2, 12);
    expect(scale(1e-3, 1)).toBeCloseTo(1e-3, 9);
    expect(horseshoeScale(5, 105, 400, 2)).toBeCloseTo(0.005, 15);
    expect(() => horseshoeScale(5, 5, 10)).toThrow(
      /expected must be between 0 and the number of predictors 5/,
    );
  });
});
