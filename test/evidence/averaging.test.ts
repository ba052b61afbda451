/** Models weighed by their evidence, and their predictions averaged: probabilities, errors by simulation, total variance. */
import { describe, expect, test } from 'vitest';
import {
  averagePredictions,
  compareEvidence,
  empiricalBayes,
  type LogEvidence,
  model,
  normal,
  nuts,
  predict,
  Predictions,
  random,
  vector,
} from '../../src';

const evidence = (estimate: number, standardError = 0): LogEvidence => ({
  ...{ estimate, standardError },
  method: 'bridge sampling',
  warnings: [],
});

describe('compareEvidence', () => {
  test('posterior odds are the Bayes factor times the prior odds', () => {
    const found = compareEvidence(
      { a: evidence(-10), b: evidence(-12), c: evidence(-11) },
      { priorProbabilities: { a: 1, b: 30, c: 2 } },
    );
    const [first, second, third] = found.rows;
    expect([first, second, third].map(({ name }) => name)).toEqual(['b', 'a', 'c']);
    expect(first.probability / second.probability).toBeCloseTo(30 * Math.exp(-2), 12);
    expect(second.probability / third.probability).toBeCloseTo(Math.exp(1) / 2, 12);
    expect(first.priorProbability).toBeCloseTo(30 / 33, 12);
    expect(found.rows.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 12);
    expect(found.logBayesFactor('a', 'c').estimate).toBe(1);
    expect(found.probabilities.b).toBe(first.probability);
  });

  test('log evidences far beyond the range of exp are no trouble', () => {
    const found = compareEvidence({ a: evidence(-123456), b: evidence(-123457) });
    expect(found.rows[0].probability).toBeCloseTo(1 / (1 + Math.exp(-1)), 12);
  });

  test('standard errors are those of a simulation', async () => {
    const estimates = [-3, -3.5, -5];
    const errors = [0.02, 0.05, 0.04];
    const stream = await random(1);
    const runs = 4000;
    const probabilities: number[][] = [[], [], []];
    const factors: number[] = [];
    for (let run = 0; run < runs; run++) {
      const noise = stream.normal(3);
      const models = Object.fromEntries(
        estimates.map((value, i) => [i, evidence(value + errors[i] * noise[i])]),
      );
      const found = compareEvidence(models);
      probabilities.forEach((values, i) => values.push(found.probabilities[i]));
      factors.push(found.logBayesFactor('0', '1').estimate);
    }
    const sd = (values: readonly number[]): number => {
      const mean = values.reduce((sum, x) => sum + x, 0) / runs;
      return Math.sqrt(values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (runs - 1));
    };
    const found = compareEvidence(Object.fromEntries(estimates.map((x, i) => [i, evidence(x, errors[i])])));
    for (const { name, probabilityError } of found.rows) {
      // A standard deviation of 4000 draws is known to 1.1 %; beyond first order the errors differ by less than 1 %.
      expect(probabilityError / sd(probabilities[Number(name)])).toBeCloseTo(1, 1);
    }
    expect(found.logBayesFactor('0', '1').standardError / sd(factors)).toBeCloseTo(1, 1);
  });

  test('prints a table with its warnings', () => {
    const text = String(
      compareEvidence({ a: evidence(-10, 0.1), b: { ...evidence(-12), warnings: ['Doubtful.'] } }),
    );
    expect(text).toMatch(/log evidence +se +log BF +se +probability/);
    expect(text).toMatch(/^b +-12\.00/m);
    expect(text).toContain('Warning: b: Doubtful.');
  });

  test('refuses what makes no sense', () => {
    const two = { a: evidence(-1), b: evidence(-2) };
    expect(() => compareEvidence({})).toThrow('compareEvidence: there are no models');
    expect(() => compareEvidence(two, { priorProbabilities: { a: 1 } })).toThrow(
      "'b' has no prior probability",
    );
    expect(() => compareEvidence(two, { priorProbabilities: { a: 1, b: 0 } })).toThrow('must be > 0, got 0');
    expect(() => compareEvidence(two, { priorProbabilities: { a: 1, b: 1, z: 1 } })).toThrow("no model 'z'");
    expect(() => compareEvidence(two).logBayesFactor('a', 'z')).toThrow("there is no model 'z'");
  });
});

describe('averagePredictions', () => {
  const predictions = (values: Float64Array, name = 'y'): Predictions =>
    new Predictions(
      { quantities: [{ name, kind: 'derived', shape: [], dims: [], offset: 0 }], size: 1, coords: {} },
      [[values]],
      values.length,
      0,
    );

  test('mean and variance are those of the mixture, within four standard errors', async () => {
    const stream = await random(2);
    const models = {
      a: predictions(stream.normal(50_000, -1, 1)),
      b: predictions(stream.normal(20_000, 3, 0.5)),
      c: predictions(stream.normal(50_000, 100, 1)),
    };
    const draws = 100_000;
    const mixed = await averagePredictions(models, { a: 3, b: 1, c: 0 }, { draws, seed: 4 });
    expect(mixed.drawsPerChain).toBe(draws);
    const [mean] = mixed.mean();
    const [variance] = mixed.covariance();
    // The law of total variance: within the models 0.75·1 + 0.25·0.25, between them 0.75·0.25·4².
    const [expected, within, between] = [0, 0.8125, 3];
    expect(Math.abs(mean - expected)).toBeLessThan(4 * Math.sqrt((within + between) / 20_000));
    expect(Math.abs(variance - within - between)).toBeLessThan(0.1);
    const values = mixed.draws('y').chain(0);
    const upper = values.filter((value) => value > 1).length / draws;
    expect(Math.abs(upper - (0.75 * 0.0228 + 0.25))).toBeLessThan(0.01);
    expect(values.every((value) => value < 50)).toBe(true);
  });

  test('draws of a vector stay together, and the same seed gives them again', async () => {
    const layout = {
      quantities: [{ name: 'y', kind: 'derived' as const, shape: [2], dims: [undefined], offset: 0 }],
      ...{ size: 2, coords: {} },
    };
    const two = (sign: number): Predictions => {
      const first = Float64Array.from({ length: 500 }, (_, i) => sign * (i + 1));
      return new Predictions(
        layout,
        // Two chains, so that draws are looked up across them.
        [0, 1].map((c) => [
          first.map((x) => x + 1000 * c * sign),
          first.map((x) => 2 * (x + 1000 * c * sign)),
        ]),
        500,
        0,
      );
    };
    const models = { up: two(1), down: two(-1) };
    const mixed = await averagePredictions(models, { up: 1, down: 1 }, { seed: 7 });
    expect(mixed.drawsPerChain).toBe(1000);
    const [a, b] = [0, 1].map((i) => mixed.quantityDraws(i)[0]);
    a.forEach((value, i) => expect(b[i]).toBe(2 * value));
    expect(a.some((value) => value > 1000) && a.some((value) => value < -1000)).toBe(true);
    const again = await averagePredictions(models, { up: 1, down: 1 }, { seed: 7 });
    expect(again.quantityDraws(0)).toEqual(mixed.quantityDraws(0));
  });

  test('takes what predict gives, of models with different parameters', async () => {
    const y = [1.2, 0.7, 1.9];
    const centred = model({ y: vector('row') })
      .param('mu', normal(0, 10))
      .observe('y', ({ mu }) => normal(mu, 1))
      .condition({ y });
    const fixed = model({ y: vector('row') })
      .param('unused', normal(0, 1))
      .observe('y', normal(0, 1))
      .condition({ y });
    const names = ['y'];
    const models = {
      centred: await predict(centred, await nuts(centred, { seed: 1 }), { seed: 1, names }),
      fixed: await predict(fixed, await nuts(fixed, { seed: 1 }), { seed: 2, names }),
    };
    const mixed = await averagePredictions(models, { centred: 0.5, fixed: 0.5 }, { draws: 20_000 });
    const means = [models.centred.mean(), models.fixed.mean(), mixed.mean()];
    means[2].forEach((mean, i) => expect(mean).toBeCloseTo((means[0][i] + means[1][i]) / 2, 1));
  });

  test('refuses what makes no sense', async () => {
    const models = { a: predictions(Float64Array.of(1)), b: predictions(Float64Array.of(2)) };
    const refused = (weights: Record<string, number>, message: string): Promise<void> =>
      expect(averagePredictions(models, weights)).rejects.toThrow(message);
    await refused({ a: 1, b: -1 }, "the weight of 'b' must be a number ≥ 0, got -1");
    await refused({ a: 1 }, "the weight of 'b' must be a number ≥ 0, got undefined");
    await refused({ a: 1, b: 1, z: 1 }, "there are no predictions of 'z'");
    await refused({ a: 0, b: 0 }, 'all weights are 0');
    await expect(averagePredictions({}, {})).rejects.toThrow('there are no models');
    await expect(averagePredictions(models, { a: 1, b: 1 }, { draws: 0 })).rejects.toThrow('draws must be');
    const other = { a: models.a, b: predictions(Float64Array.of(2), 'z') };
    await expect(averagePredictions(other, { a: 1, b: 1 })).rejects.toThrow('different quantities');
  });
});

test('misspelt options are refused with a suggestion', async () => {
  expect(() => compareEvidence({ a: evidence(0) }, { priorProbabilites: { a: 1 } } as never)).toThrow(
    "compareEvidence: there is no option 'priorProbabilites'; did you mean 'priorProbabilities'?",
  );
  await expect(empiricalBayes({ scale: [0.1, 10] }, () => 0, { tolerence: 1 } as never)).rejects.toThrow(
    "did you mean 'tolerance'?",
  );
});
