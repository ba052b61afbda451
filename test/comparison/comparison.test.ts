/** Predictive comparison against the R package loo, exact refits, and closed forms. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  brierScore,
  compare,
  coverage,
  crps,
  expectedCalibrationError,
  gaussianRandomWalk,
  halfNormal,
  kFold,
  leaveFutureOut,
  logLikelihood,
  logScore,
  loo,
  model,
  normal,
  nuts,
  poissonLog,
  type Posterior,
  random,
  studentT,
  vector,
  waic,
} from '../../src';
import { LogLikelihood } from '../../src/comparison/log-likelihood';
import { looOf } from '../../src/comparison/loo';
import { waicOf } from '../../src/comparison/waic';

interface Fixture {
  readonly draws: readonly (readonly (readonly number[])[])[];
  readonly models: Readonly<
    Record<
      string,
      {
        readonly elpd: readonly number[];
        readonly p: readonly number[];
        readonly pointwise: readonly number[];
        readonly k: readonly number[];
        readonly waic: readonly number[];
        readonly pWaic: readonly number[];
      }
    >
  >;
  readonly order: readonly string[];
  readonly difference: readonly number[];
  readonly standardError: readonly number[];
  readonly stacking: Readonly<Record<string, number>>;
  readonly pseudoBma: Readonly<Record<string, number>>;
}

const published = JSON.parse(readFileSync(new URL('loo.json', import.meta.url), 'utf8')) as Fixture;

/** The fixture's log likelihoods, observation i changed by f. */
function likelihood(f: (value: number, i: number) => number): LogLikelihood {
  const { draws } = published;
  const shape = [draws.length];
  const layout = {
    quantities: [{ name: 'y', shape, dims: [undefined], offset: 0, kind: 'derived' as const }],
    size: draws.length,
    coords: {},
  };
  const values = draws.map((chains, i) => Float64Array.from(chains.flat(), (value) => f(value, i + 1)));
  return new LogLikelihood(layout, values, 300);
}

const variants = {
  a: likelihood((value) => value),
  b: likelihood((value, i) => value + 0.4 * Math.sin(2 * i) - 0.02),
  c: likelihood((value, i) => 1.1 * value + 0.3 * Math.cos(i) + 0.1),
};

describe('the R package loo', () => {
  test.each(['a', 'b', 'c'] as const)('gives the same estimates of model %s, to four digits', (name) => {
    const expected = published.models[name];
    const estimate = looOf(variants[name]);
    expect(estimate.elpd).toBeCloseTo(expected.elpd[0], 3);
    expect(estimate.standardError).toBeCloseTo(expected.elpd[1], 3);
    expect(estimate.p).toBeCloseTo(expected.p[0], 3);
    expected.pointwise.forEach((value, i) => expect(estimate.pointwise.elpd[i]).toBeCloseTo(value, 4));
    expected.k.forEach((value, i) => expect(estimate.pointwise.paretoK![i]).toBeCloseTo(value, 3));
    const other = waicOf(variants[name]);
    expect(other.elpd).toBeCloseTo(expected.waic[0], 6);
    expect(other.standardError).toBeCloseTo(expected.waic[1], 6);
    expect(other.p).toBeCloseTo(expected.pWaic[0], 6);
  });

  test('gives the same differences and weights', async () => {
    const comparison = await compare({ a: looOf(variants.a), b: looOf(variants.b), c: looOf(variants.c) });
    comparison.rows.forEach((row, k) => {
      expect(row.difference).toBeCloseTo(published.difference[k], 3);
      expect(row.standardError).toBeCloseTo(published.standardError[k], 3);
      expect(row.stacking).toBeCloseTo(published.stacking[row.name], 3);
      expect(row.pseudoBma).toBeCloseTo(published.pseudoBma[row.name], 4);
    });
    expect(comparison.toString()).toMatch(/stacking/);
    const total = comparison.rows.reduce((sum, { pseudoBmaPlus }) => sum + pseudoBmaPlus, 0);
    expect(total).toBeCloseTo(1, 10);
  });
});

const y = [1.2, 0.3, 2.2, 1.9, -0.4, 1.1, 0.7, 1.6, 0.2, 1.4, 2.5, 0.9];
const x = y.map((_, i) => i / 6 - 1);

/** Known noise, so that everything left out has a closed form. */
const line = model({ x: vector('row'), y: vector('row') })
  .param('a', normal(0, 2))
  .param('b', normal(0, 2))
  .observe('y', ({ a, b, x }) => normal(a.add(b.mul(x)), 0.8))
  .condition({ x, y }) as unknown as Posterior;

/** log p(y_i | others) of the line. */
function exactLeftOut(i: number): number {
  let [s0, s1, s2, t0, t1] = [1 / 4, 0, 1 / 4, 0, 0];
  y.forEach((value, j) => {
    if (j === i) return;
    s0 += 1 / 0.64;
    s1 += x[j] / 0.64;
    s2 += (x[j] * x[j]) / 0.64;
    t0 += value / 0.64;
    t1 += (x[j] * value) / 0.64;
  });
  const det = s0 * s2 - s1 * s1;
  const mean = (s2 * t0 - s1 * t1 + x[i] * (s0 * t1 - s1 * t0)) / det;
  const variance = 0.64 + (s2 - 2 * x[i] * s1 + x[i] * x[i] * s0) / det;
  return -(Math.log(2 * Math.PI * variance) + (y[i] - mean) ** 2 / variance) / 2;
}

const exact = y.map((_, i) => exactLeftOut(i));
const sample = (posterior: Posterior) => nuts(posterior, { seed: 3, draws: 2000, workers: 0 });

describe('a regression whose answers are known', () => {
  test('pointwise log likelihoods are those of the draws', async () => {
    const fit = await nuts(line, { seed: 1, draws: 50, chains: 2, workers: 0 });
    const found = await logLikelihood(line, fit);
    const [a, b] = ['a', 'b'].map((name) => fit.draws(name).at());
    y.forEach((value, i) => {
      found
        .draws('y')
        .at(i)
        .forEach((chain, c) =>
          chain.forEach((log, d) => {
            const residual = (value - a[c][d] - b[c][d] * x[i]) / 0.8;
            expect(log).toBeCloseTo(-(residual ** 2) / 2 - Math.log(0.8) - Math.log(2 * Math.PI) / 2, 10);
          }),
        );
    });
    await expect(logLikelihood(line, fit, { names: ['z'] })).rejects.toThrow(
      "nothing called 'z' is observed",
    );
  });

  test('PSIS-LOO and WAIC meet them', async () => {
    const fit = await sample(line);
    const estimate = await loo(line, fit);
    expect(estimate.warnings).toEqual([]);
    // 8,000 draws: Monte Carlo errors of some 0.01 an observation.
    exact.forEach((value, i) => expect(estimate.pointwise.elpd[i]).toBeCloseTo(value, 1));
    const total = exact.reduce((a, b) => a + b);
    expect(Math.abs(estimate.elpd - total)).toBeLessThan(0.12);
    expect(Math.abs((await waic(line, fit)).elpd - total)).toBeLessThan(0.2);
    expect(estimate.p).toBeGreaterThan(1);
    expect(estimate.p).toBeLessThan(3);
  });

  test('K-fold with a fold for each row meets them', async () => {
    const estimate = await kFold(line, { sample, folds: y.length, seed: 4 });
    exact.forEach((value, i) => expect(Math.abs(estimate.pointwise.elpd[i] - value)).toBeLessThan(0.04));
  });

  test('groups stay together in folds', async () => {
    const seen: number[] = [];
    const groups = y.map((_, i) => (i < 6 ? 'first' : 'second'));
    await kFold(line, {
      sample: (posterior) => {
        seen.push((posterior.origin.data.y as number[]).length);
        return nuts(posterior, { seed: 1, draws: 50, chains: 1, warmup: 100, workers: 0 });
      },
      folds: 2,
      groups,
    });
    expect(seen).toEqual([6, 6]);
    await expect(kFold(line, { sample, folds: 3, groups })).rejects.toThrow(
      'folds must be an integer from 2 to 2',
    );
  });
});

describe('observations that change the posterior much', () => {
  // One count far from the others, and few rows for each parameter.
  const counts = [3, 2, 4, 3, 60, 2];
  const dose = [-1, -0.6, -0.2, 0.2, 0.6, 1];
  const doses = model({ dose: vector('row'), dead: vector('row') })
    .param('a', normal(0, 3))
    .param('b', normal(0, 3))
    .observe('dead', ({ a, b, dose }) => poissonLog(a.add(b.mul(dose))))
    .condition({ dose, dead: counts }) as unknown as Posterior;

  test('are found, moved to by moments, and met by refits', async () => {
    const fit = await nuts(doses, { seed: 7, draws: 2000, workers: 0 });
    const plain = await loo(doses, fit);
    const bad = [...plain.pointwise.paretoK!.keys()].filter((i) => plain.pointwise.paretoK![i] > 0.7);
    expect(bad.length).toBeGreaterThan(0);
    expect(plain.warnings[0]).toMatch(`Pareto k of ${bad.length} of 6`);
    const refitted = await loo(doses, fit, {
      refit: (posterior) => nuts(posterior, { seed: 8, draws: 2000, workers: 0 }),
    });
    expect(refitted.warnings).toEqual([]);
    const moved = await loo(doses, fit, { momentMatching: true });
    for (const i of bad) {
      expect(moved.pointwise.paretoK![i]).toBeLessThan(plain.pointwise.paretoK![i]);
      // Nearer to the exact answer than before.
      const distance = (elpd: number): number => Math.abs(elpd - refitted.pointwise.elpd[i]);
      expect(distance(moved.pointwise.elpd[i])).toBeLessThan(distance(plain.pointwise.elpd[i]));
    }
  });
});

test('the future is predicted from the past', async () => {
  const stream = await random(5);
  const noise = stream.normal(40);
  const series = new Float64Array(40);
  noise.forEach((e, t) => (series[t] = e + (t > 0 ? 0.7 * series[t - 1] : 0)));
  const lagged = model({ before: vector('time'), y: vector('time') })
    .param('phi', normal(0, 1))
    .observe('y', ({ phi, before }) => normal(phi.mul(before), 1))
    .condition({ before: [0, ...series.subarray(0, 39)], y: series }) as unknown as Posterior;
  const estimate = await leaveFutureOut(lagged, {
    start: 20,
    sample: (posterior) => nuts(posterior, { seed: 9, draws: 1000, workers: 0 }),
  });
  // Exact: phi | past is normal, so is the next value.
  let total = 0;
  for (let t = 20; t < 40; t++) {
    let [precision, weighted] = [1, 0];
    for (let s = 0; s < t; s++) {
      const before = s === 0 ? 0 : series[s - 1];
      precision += before * before;
      weighted += before * series[s];
    }
    const mean = (weighted / precision) * series[t - 1];
    const variance = 1 + series[t - 1] ** 2 / precision;
    total -= (Math.log(2 * Math.PI * variance) + (series[t] - mean) ** 2 / variance) / 2;
  }
  expect(Math.abs(estimate.elpd - total)).toBeLessThan(0.1);
  expect(estimate.refits).toBeLessThan(10);
  await expect(leaveFutureOut(lagged, { start: 40, sample })).rejects.toThrow(
    'start must be an integer from 1 to 39',
  );
});

test('the better model predicts better', async () => {
  const fit = (posterior: Posterior) => nuts(posterior, { seed: 11, draws: 1000, workers: 0 });
  const data = { y: [1.2, 0.3, 2.2, 1.9, -0.4, 1.1, 0.7, 1.6, 0.2, 14, 0.5, 1.0, 0.8] };
  const light = model({ y: vector('row') })
    .param('mu', normal(0, 5))
    .param('sigma', halfNormal(5))
    .observe('y', ({ mu, sigma }) => normal(mu, sigma))
    .condition(data) as unknown as Posterior;
  const heavy = model({ y: vector('row') })
    .param('mu', normal(0, 5))
    .param('sigma', halfNormal(5))
    .observe('y', ({ mu, sigma }) => studentT(3, mu, sigma))
    .condition(data) as unknown as Posterior;
  const comparison = await compare({
    light: await loo(light, await fit(light), { refit: fit }),
    heavy: await loo(heavy, await fit(heavy), { refit: fit }),
  });
  expect(comparison.rows[0].name).toBe('heavy');
  expect(comparison.weights().heavy).toBeGreaterThan(0.8);
  const other = await loo(line, await sample(line));
  await expect(compare({ light: comparison.rows[0].elpd, other })).rejects.toThrow(
    'must predict the same observations',
  );
});

test('rows of a model whose parameters lie along them cannot be left out', async () => {
  const series = model({ y: vector('time') })
    .param('level', gaussianRandomWalk(1), { dims: ['time'] })
    .observe('y', ({ level }) => normal(level, 1))
    .condition({ y: [1, 2, 3] }) as unknown as Posterior;
  await expect(kFold(series, { sample, folds: 3 })).rejects.toThrow(
    "parameter 'level' has an element for each position along 'time'",
  );
});

describe('scores', () => {
  test('CRPS of a normal sample is that of the normal', async () => {
    const draws = (await random(3)).normal(200_000);
    // σ (z (2Φ(z) − 1) + 2φ(z) − 1/√π) at z = 0 and z = 1.5.
    const [zero, far] = crps([0, 1.5], [draws, draws]);
    expect(zero).toBeCloseTo(0.233695, 2);
    expect(far).toBeCloseTo(1.5 * (2 * 0.9331928 - 1) + 2 * 0.1295176 - 0.5641896, 2);
    expect(crps([2], [[5]])[0]).toBe(3);
    // By its definition, on a few draws.
    const few = [1, 4, 6];
    const spread = few.flatMap((a) => few.map((b) => Math.abs(a - b))).reduce((a, b) => a + b) / 9;
    expect(crps([3], [few])[0]).toBeCloseTo((2 + 1 + 3) / 3 - spread / 2, 12);
  });

  test('log score, coverage, Brier score, calibration error', () => {
    expect([...logScore([[Math.log(0.2), Math.log(0.6)]])][0]).toBeCloseTo(Math.log(0.4), 12);
    const draws = Array.from({ length: 101 }, (_, i) => i);
    expect(coverage([5, 50, 97, 3], [draws, draws, draws, draws], 0.9)).toBe(0.5);
    expect(brierScore([1, 0, 1], [0.9, 0.2, 0.5])).toBeCloseTo((0.01 + 0.04 + 0.25) / 3, 12);
    expect(expectedCalibrationError([1, 1, 0, 0, 1], [0.95, 0.95, 0.05, 0.55, 0.55])).toBeCloseTo(
      (2 * 0.05 + 0.05 + 2 * Math.abs(0.55 - 0.5)) / 5,
      12,
    );
    expect(() => brierScore([2], [0.5])).toThrow('outcome 0 must be 0 or 1, got 2');
    expect(() => crps([1, 2], [[1]])).toThrow('expected predictions of each of 2 observations, got 1');
  });
});
