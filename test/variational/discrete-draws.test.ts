/** Whole numbers by inversion: quantiles of counts in both backends, and the frequencies that guides draw. */
import { describe, expect, it } from 'vitest';
import {
  bernoulli,
  binomial,
  categorical,
  discreteUniform,
  geometric,
  model,
  negativeBinomial,
  normal,
  poisson,
  scalar,
  truncate,
  variational,
} from 'credence';
import { Graph } from '../../src/expr';
import { apply } from '../../src/expr/operations/elementwise';
import { countQuantiles } from '../../src/expr/operations/count-quantiles';
import { evaluate } from '../compile/evaluate';

type Kind = keyof typeof countQuantiles;

async function quantiles(kind: Kind, points: readonly (readonly number[])[]) {
  const graph = new Graph();
  const columns = points[0].map((_, k) => graph.input(`x${k}`, [points.length]));
  const at = points[0].flatMap((_, k) => points.map((point) => point[k]));
  return evaluate([apply(countQuantiles[kind], columns)], columns, at);
}

/** Masses of 0, 1, … by their ratios; `first` is that of 0. */
function masses(first: number, ratio: (k: number) => number, count: number): number[] {
  const result = [first];
  for (let k = 0; k < count; k++) result.push(result[k] * ratio(k));
  return result;
}

describe('quantiles', () => {
  const probabilities = [1e-9, 0.001, 0.03, 0.2, 0.4999, 0.5, 0.7, 0.95, 0.999, 1 - 1e-9];
  const cases: readonly [Kind, readonly number[], () => number[]][] = [
    ...[0.02, 0.9, 7, 300].map((mean): [Kind, number[], () => number[]] => [
      'poisson',
      [mean],
      () => masses(Math.exp(-mean), (k) => mean / (k + 1), 1200),
    ]),
    ...[
      [1, 0.3],
      [12, 0.05],
      [40, 0.5],
      [500, 0.97],
    ].map(([n, p]): [Kind, number[], () => number[]] => [
      'binomial',
      [n, p],
      () => masses((1 - p) ** n, (k) => ((n - k) / (k + 1)) * (p / (1 - p)), n),
    ]),
    ...[
      [3, 0.2],
      [0.5, 8],
      [60, 2],
      [20, 1e6],
    ].map(([mean, dispersion]): [Kind, number[], () => number[]] => [
      'negativeBinomial',
      [mean, dispersion],
      () => {
        const stays = mean / (mean + dispersion);
        const none = Math.exp(-dispersion * Math.log1p(mean / dispersion));
        return masses(none, (k) => ((dispersion + k) / (k + 1)) * stays, 3000);
      },
    ]),
  ];
  it.each(cases)('%s %j', async (kind, parameters, massesOf) => {
    const { wasm, baseline } = await quantiles(
      kind,
      probabilities.map((u) => [u, ...parameters]),
    );
    expect(baseline).toEqual(wasm);
    const all = massesOf();
    probabilities.forEach((u, i) => {
      // From the smaller tail: the least k with P(X ≤ k) ≥ u, up to the rounding of these sums.
      const k = wasm[i];
      const below = all.slice(0, k).reduce((sum, mass) => sum + mass, 0);
      const above = all.slice(k + 1).reduce((sum, mass) => sum + mass, 0);
      expect(below).toBeLessThanOrEqual(u * (1 + 1e-10) + 1e-15);
      expect(above).toBeLessThanOrEqual((1 - u) * (1 + 1e-10) + 1e-15);
    });
  });

  it('of large counts', async () => {
    // By scipy.stats 1.17: poisson.ppf, binom.ppf and nbinom.ppf.
    const large: [Kind, number[], number][] = [
      ['poisson', [0.3, 1e6], 999475],
      ['poisson', [0.999, 12345.6], 12690],
      ['binomial', [0.01, 1e6, 0.25], 248993],
      ['negativeBinomial', [0.9, 1e5, 3], 177412],
    ];
    for (const [kind, point, expected] of large) {
      const { wasm, baseline } = await quantiles(kind, [point, point]);
      expect(wasm[0]).toBe(expected);
      expect(baseline[0]).toBe(expected);
    }
  });

  it('at the ends', async () => {
    const ends: [Kind, number[], number][] = [
      ['poisson', [0, 3], 0],
      ['poisson', [0.5, 0], 0],
      ['poisson', [0.5, -1], NaN],
      ['poisson', [0.5, Infinity], NaN],
      ['poisson', [1.5, 2], NaN],
      ['poisson', [NaN, 2], NaN],
      ['binomial', [0.3, 0, 0.5], 0],
      ['binomial', [0.3, 5, 0], 0],
      ['binomial', [0.3, 5, 1], 5],
      ['binomial', [1, 5, 0.5], 5],
      ['binomial', [0.3, 5, 1.1], NaN],
      ['negativeBinomial', [0.3, 0, 1], 0],
      ['negativeBinomial', [0.3, 2, 0], NaN],
      ['negativeBinomial', [0.5, 7, Infinity], 7],
    ];
    for (const [kind, point, expected] of ends) {
      const { wasm, baseline } = await quantiles(kind, [point]);
      expect(wasm[0]).toBe(expected);
      expect(baseline[0]).toBe(expected);
    }
  });
});

it('draws from each distribution as often as its masses say', async () => {
  const many = model({ one: scalar() })
    .param('level', normal(0, 1))
    .param('flag', bernoulli(0.5))
    .param('hits', binomial(9, 0.5))
    .param('kind', categorical([0.2, 0.3, 0.5]))
    .param(
      'rows',
      categorical([
        [0.2, 0.8],
        [0.5, 0.5],
      ]),
    )
    .param('face', discreteUniform(1, 6))
    .param('wait', geometric(0.4))
    .param('spread', negativeBinomial(3, 2))
    .param('events', poisson(4))
    .param('least', truncate(poisson(4), { lower: 2 }))
    .condition({ one: 1 });
  const draws = 20_000;
  const fit = await variational(many, {
    guide: ({ real, positive, draw }) => {
      draw('level', normal(real('m'), positive('s')));
      const flag = draw('flag', bernoulli(0.3));
      draw('hits', binomial(9, flag.mul(0.4).add(0.2)));
      draw('kind', categorical([0.5, 0.1, 0.4]));
      draw(
        'rows',
        categorical([
          [0.9, 0.1],
          [0.25, 0.75],
        ]),
      );
      draw('face', discreteUniform(1, 6));
      draw('wait', geometric(0.25));
      draw('spread', negativeBinomial(5, 0.7));
      draw('events', poisson(2.5));
      draw('least', truncate(poisson(3), { lower: 2 }));
    },
    seed: 1,
    draws,
    maxIterations: 100,
  });
  const geometricMasses = masses(0.25, () => 0.75, 80);
  const binomialMasses = (p: number): number[] =>
    masses((1 - p) ** 9, (k) => ((9 - k) / (k + 1)) * (p / (1 - p)), 9);
  const poissonMasses = (mean: number): number[] => masses(Math.exp(-mean), (k) => mean / (k + 1), 60);
  const stays = 5 / 5.7;
  const cut = poissonMasses(3).map((mass, k) => (k < 2 ? 0 : mass));
  const kept = cut.reduce((sum, mass) => sum + mass, 0);
  const [low, high] = [binomialMasses(0.2), binomialMasses(0.6)];
  const expected: Record<string, number[]> = {
    flag: [0.7, 0.3],
    hits: low.map((mass, k) => 0.7 * mass + 0.3 * high[k]),
    kind: [0.5, 0.1, 0.4],
    face: [0, ...new Array<number>(6).fill(1 / 6)],
    wait: geometricMasses,
    spread: masses((0.7 / 5.7) ** 0.7, (k) => ((0.7 + k) / (k + 1)) * stays, 400),
    events: poissonMasses(2.5),
    least: cut.map((mass) => mass / kept),
  };
  const check = (found: Float64Array, all: readonly number[]): void => {
    // Pearson's statistic over values expected five times or more, the others together, within 4.5 of its deviations.
    const counts = new Map<number, number>();
    for (const value of found) counts.set(value, (counts.get(value) ?? 0) + 1);
    let [statistic, cells, seen, mass] = [0, 0, 0, 0];
    all.forEach((share, value) => {
      if (share * draws < 5) return;
      const here = counts.get(value) ?? 0;
      statistic += (here - share * draws) ** 2 / (share * draws);
      cells++;
      seen += here;
      mass += share;
    });
    const [others, rest] = [draws - seen, draws * (1 - mass)];
    if (rest > 1e-6) {
      statistic += (others - rest) ** 2 / Math.max(rest, 1);
      cells++;
    } else expect(others).toBe(0);
    expect(statistic).toBeLessThan(cells - 1 + 4.5 * Math.sqrt(2 * (cells - 1)));
  };
  for (const [name, all] of Object.entries(expected)) check(fit.draws(name as 'flag').flat(), all);
  const rows = fit.draws('rows').mean();
  expect(Math.abs(rows[0] - 0.1)).toBeLessThan(0.01);
  expect(Math.abs(rows[1] - 0.75)).toBeLessThan(0.015);
  // The density of the draws is that of the masses.
  const width = fit.positions.length / draws;
  for (let draw = 0; draw < 50; draw++) {
    const position = fit.positions.slice(draw * width, (draw + 1) * width);
    expect(Math.abs(fit.logDensity(position) - fit.logApproximations[draw])).toBeLessThan(1e-9);
  }
});
