/**
 * Simulation-based calibration of NUTS on six models of different kinds, and of samplers that are wrong. Seeds are fixed; the bands
 * of each model hold with probability 0.95 for another seed.
 */
import { describe, expect, test } from 'vitest';
import {
  bernoulliLogit,
  beta,
  binomial,
  exponential,
  gamma,
  halfNormal,
  index,
  matmul,
  matrix,
  model,
  normal,
  nuts,
  poisson,
  type Posterior,
  scalar,
  simulationBasedCalibration,
  studentT,
  vector,
} from '../../src';

const x = [-1.5, -1, -0.5, 0, 0.5, 1, 1.5, 2];
const rows = x.map((value) => [1, value]);

const sample = <Q extends Readonly<Record<string, number>>>(posterior: Posterior<Q>, simulation: number) =>
  nuts(posterior, {
    chains: 1,
    warmup: 300,
    draws: 252,
    seed: simulation,
    workers: 0,
    targetAcceptance: 0.9,
  });

const options = { simulations: 150, seed: 2026 };

describe('NUTS is calibrated on', () => {
  test('a normal mean and scale', async () => {
    const made = model({ y: vector(6) })
      .param('mu', normal(0, 2))
      .param('sigma', halfNormal(1.5))
      .observe('y', ({ mu, sigma }) => normal(mu, sigma));
    const found = await simulationBasedCalibration(made, {}, { ...options, sample });
    expect(found.suspects).toEqual([]);
    expect([...found.ranks.keys()]).toEqual(['mu', 'sigma']);
    expect(found.toString()).toMatch(/mu +0\.\d+ +\d\.\d+ +yes/);
  });

  test('a hierarchy', async () => {
    const made = model({ sigma: vector('school'), y: vector('school') })
      .param('mu', normal(0, 2))
      .param('tau', halfNormal(1))
      .param('effect', ({ mu, tau }) => normal(mu, tau), { dims: ['school'], noncentered: true })
      .observe('y', ({ effect, sigma }) => normal(effect, sigma));
    const found = await simulationBasedCalibration(made, { sigma: [1, 1.5, 0.5, 2] }, { ...options, sample });
    expect(found.suspects).toEqual([]);
    expect(found.ranks.size).toBe(6);
  });

  test('a logistic regression', async () => {
    const made = model({ x: matrix('row', 'column'), y: vector('row') })
      .param('b', normal(0, 1.5), { dims: ['column'] })
      .observe('y', ({ x, b }) => bernoulliLogit(matmul(x, b)));
    const found = await simulationBasedCalibration(made, { x: rows }, { ...options, sample });
    expect(found.suspects).toEqual([]);
  });

  test('counts with a gamma rate', async () => {
    const made = model({ y: vector(5) })
      .param('rate', gamma(3, 0.5))
      .observe('y', ({ rate }) => poisson(rate));
    expect((await simulationBasedCalibration(made, {}, { ...options, sample })).suspects).toEqual([]);
  });

  test('a heavy-tailed regression', async () => {
    const made = model({ x: vector('row'), y: vector('row') })
      .param('a', normal(0, 1))
      .param('b', normal(0, 1))
      .param('scale', exponential(1))
      .observe('y', ({ a, b, scale, x }) => studentT(4, a.add(b.mul(x)), scale));
    expect((await simulationBasedCalibration(made, { x }, { ...options, sample })).suspects).toEqual([]);
  });

  test('shares by group', async () => {
    const made = model({ group: index('row', 'group'), n: scalar(), y: vector('row') })
      .param('p', beta(2, 2), { dims: ['group'] })
      .observe('y', ({ p, group, n }) => binomial(n, p.gather(group)));
    const found = await simulationBasedCalibration(
      made,
      { group: [0, 0, 1, 2, 2, 2], n: 12 },
      { ...options, sample },
    );
    expect(found.suspects).toEqual([]);
  });
});

describe('a wrong sampler is found out:', () => {
  const made = model({ y: vector(6) })
    .param('mu', normal(0, 2))
    .observe('y', ({ mu }) => normal(mu, 1));

  test('another prior', async () => {
    const other = model({ y: vector(6) })
      .param('mu', normal(2, 0.5))
      .observe('y', ({ mu }) => normal(mu, 1));
    const found = await simulationBasedCalibration(
      made,
      {},
      {
        ...options,
        sample: (posterior, i) => sample(other.condition(posterior.origin.data as { y: number[] }), i),
      },
    );
    expect(found.suspects).toEqual(['mu']);
  });

  test('another scale of the noise', async () => {
    const other = model({ y: vector(6) })
      .param('mu', normal(0, 2))
      .observe('y', ({ mu }) => normal(mu, 0.5));
    const found = await simulationBasedCalibration(
      made,
      {},
      {
        ...options,
        sample: (posterior, i) => sample(other.condition(posterior.origin.data as { y: number[] }), i),
      },
    );
    expect(found.suspects).toEqual(['mu']);
  });
});

test('what cannot be calibrated is refused', async () => {
  const made = model({ y: vector(6) })
    .param('mu', normal(0, 2))
    .observe('y', ({ mu }) => normal(mu, 1));
  await expect(
    simulationBasedCalibration(
      made,
      {},
      { simulations: 2, sample: (p) => nuts(p, { chains: 1, draws: 10, seed: 1 }) },
    ),
  ).rejects.toThrow('sample must give at least 63 draws');
  await expect(simulationBasedCalibration(made, {}, { simulations: 0, sample })).rejects.toThrow(
    'simulations must be an integer ≥ 1, got 0',
  );
});
