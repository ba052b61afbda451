/** What surrounds sampling takes discrete parameters as well: workers, files, summaries, predictions, comparisons, calibration. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import {
  bernoulli,
  binomial,
  integers,
  loo,
  metropolis,
  model,
  mixture,
  normal,
  nuts,
  poisson,
  type Posterior,
  predict,
  priorPredictive,
  sbcRank,
  sequentialMonteCarlo,
  sigmoid,
  simulationBasedCalibration,
  vector,
  waic,
} from '../../src';
import { readRun } from '../../src/io/read-run';
import { runDirectory } from '../../src/io/run-directory';
import { changePoint, drawsOf, latentCount } from './problems';

const root = mkdtempSync(join(tmpdir(), 'credence-discrete-'));
afterAll(() => rmSync(root, { recursive: true }));

const { posterior, known } = changePoint();
const options = { seed: 4, chains: 3, warmup: 500, draws: 2000 };
const fit = await metropolis(posterior, { ...options, workers: 0 });

test('draws are the same bits with workers', async () => {
  const spread = await metropolis(posterior, { ...options, workers: 2 });
  for (let i = 0; i < fit.layout.size; i++) expect(spread.quantityDraws(i)).toEqual(fit.quantityDraws(i));
  const serial = await sequentialMonteCarlo(posterior, {
    kernel: 'metropolis',
    seed: 1,
    chains: 2,
    particles: 50,
    workers: 0,
  });
  const parallel = await sequentialMonteCarlo(posterior, {
    kernel: 'metropolis',
    seed: 1,
    chains: 2,
    particles: 50,
    workers: 2,
  });
  expect(parallel.quantityDraws(0)).toEqual(serial.quantityDraws(0));
});

test('a run goes on, and is kept in a directory', async () => {
  const directory = join(root, 'run');
  const kept = await metropolis(posterior, { ...options, draws: 800, checkpoint: runDirectory(directory) });
  const read = await readRun(directory);
  expect(read.layout.quantities[0]).toMatchObject({ name: 'change', discrete: true });
  expect(read.draws('change').flat()).toEqual(kept.draws('change').flat());
  const more = await kept.continue({ draws: 1200 });
  expect(more.draws('change').flat()).toEqual(fit.draws('change').flat());
});

test('a summary has their moments, and an r-hat', () => {
  const summary = fit.summary();
  const row = summary.rows.find(({ name }) => name === 'change')!;
  expect(row.mean).toBeGreaterThan(38);
  expect(row.mean).toBeLessThan(42);
  expect(row.rhat).toBeLessThan(1.05);
  expect(summary.toString()).not.toMatch(/NaN|undefined/);
});

test("blocks, and a proposal of one's own", async () => {
  const blocked = await metropolis(posterior, {
    ...options,
    blocks: [['early'], ['late', 'change']],
    draws: 2000,
  });
  const change = drawsOf(blocked, known[5]);
  expect(
    Math.abs(change.flatMap((c) => [...c]).reduce((a, b) => a + b, 0) / 6000 - known[5].exact),
  ).toBeLessThan(0.5);
  const count = latentCount();
  const own = await metropolis(count.posterior, {
    seed: 1,
    draws: 4000,
    proposal: {
      propose: ([k], random) => ({ position: Float64Array.of(k + (random.uniform() < 0.5 ? 1 : -1)) }),
    },
  });
  const mean = own.mean()[0];
  expect(Math.abs(mean - count.known[3].exact)).toBeLessThan(0.15);
});

test("what does not go with a model's discrete parameters is refused", async () => {
  await expect(metropolis(posterior, { integers: ['change'] })).rejects.toThrow(
    "metropolis: integers is for a density of one's own; a model says by its distributions what is discrete",
  );
  await expect(
    metropolis(posterior, { proposal: { mean: [0, 0, 0], covariance: [1, 0, 0, 0, 1, 0, 0, 0, 1] } }),
  ).rejects.toThrow(
    'metropolis: an independence proposal goes without blocks, discrete parameters, metric and stepSize',
  );
});

const hidden = model({ y: vector('row') })
  .param('z', bernoulli(0.4), { dims: ['row'] })
  .param('shift', normal(3, 0.5))
  .derive('ones', ({ z }) => z.sum())
  .observe('y', ({ z, shift }) => normal(z.mul(shift), 1));
const y = [0.2, 3.1, -0.7, 2.6, 1.4];

describe('a mixture by its assignments and without', () => {
  const assigned = hidden.condition({ y });
  const summed = model({ y: vector('row') })
    .param('shift', normal(3, 0.5))
    .observe('y', ({ shift }) => mixture([0.6, 0.4], [normal(0, 1), normal(shift, 1)]))
    .condition({ y });

  test('has the same posterior of what is continuous', async () => {
    const [a, b] = await Promise.all([
      metropolis(assigned, { seed: 1, draws: 8000, workers: 0 }),
      nuts(summed, { seed: 2, draws: 4000, workers: 0 }),
    ]);
    const [one, other] = [a.summary(), b.summary()].map(({ rows }) =>
      rows.find(({ name }) => name === 'shift')!,
    );
    const error = Math.hypot(one.mcseMean, other.mcseMean);
    expect(Math.abs(one.mean - other.mean)).toBeLessThan(4.5 * error);
    expect(Math.abs(one.sd - other.sd)).toBeLessThan(0.03);
  });

  test('is predicted, derived from, and compared', async () => {
    const draws = await metropolis(assigned, { seed: 1, draws: 2000, workers: 0 });
    const ones = draws.draws('ones').flat();
    expect(ones.every(Number.isInteger)).toBe(true);
    const predictions = await predict(assigned, draws, { seed: 1 });
    const [first] = predictions.quantityDraws(1);
    expect(first.every(Number.isFinite)).toBe(true);
    // Its own assignment is known well: y[1] comes from the shifted component.
    expect(predictions.mean()[1 + 1]).toBeGreaterThan(2);
    const [exactly, widely] = [await loo(assigned, draws), await waic(assigned, draws)];
    expect(exactly.elpd).toBeLessThan(0);
    expect(Math.abs(exactly.elpd - widely.elpd)).toBeLessThan(1.5);
    await expect(loo(assigned, draws, { momentMatching: true })).rejects.toThrow("'z' is discrete");
  });

  test('is drawn from the prior', async () => {
    const draws = await priorPredictive(hidden, { y }, { seed: 1, draws: 4000 });
    const z = draws.draws('z').flat();
    const share = z.reduce((sum, value) => sum + value, 0) / z.length;
    expect(Math.abs(share - 0.4)).toBeLessThan(4.5 * Math.sqrt(0.24 / z.length));
  });

  test('is explained', () => {
    expect(assigned.explain().toString()).toMatch(/6 unconstrained parameters has 3 terms/);
  });
});

describe('simulation-based calibration', () => {
  test('breaks ties at random', () => {
    expect([0, 0.3, 0.6, 0.99].map((share) => sbcRank(2, [1, 2, 2, 3], share))).toEqual([1, 1, 2, 3]);
  });

  const catches = model({ y: integers('visit') })
    .param('size', poisson(12))
    .param('chance', normal(0, 0.5))
    .observe('y', ({ size, chance }) => binomial(size, sigmoid(chance)));
  const sample = (simulated: Posterior<{ size: 0; chance: 0 }>, simulation: number) =>
    metropolis(simulated, { chains: 1, warmup: 500, draws: 2520, seed: simulation, workers: 0 });

  test('passes for a count and a chance', async () => {
    const found = await simulationBasedCalibration(
      catches,
      { y: [0, 0, 0] },
      { simulations: 150, seed: 1, sample },
    );
    expect([...found.ranks.keys()]).toEqual(['size', 'chance']);
    expect(found.suspects).toEqual([]);
  });
});
