/**
 * Evidence by every method against closed forms on conjugate models of different kind and dimension. Seeds are fixed; a bound of
 * four standard errors fails by chance once in 16,000 checks.
 */
import { beforeAll, describe, expect, test } from 'vitest';
import {
  bernoulli,
  beta,
  bridgeSampling,
  elboEvidence,
  exactEvidence,
  flat,
  gamma,
  halfNormal,
  importanceSampling,
  laplaceApproximation,
  laplaceEvidence,
  type LogEvidence,
  matmul,
  matrix,
  model,
  normal,
  nuts,
  parallelTempering,
  particleEvidence,
  poisson,
  type Posterior,
  lower,
  random,
  sequentialMonteCarlo,
  steppingStones,
  thermodynamicIntegration,
  variational,
  vector,
} from '../../src';

interface Case {
  readonly name: string;
  readonly posterior: Posterior;
  readonly exact: number;
}

const logGamma = (x: number): number => {
  // Stirling's series far enough out.
  let shift = 0;
  for (; x < 30; x++) shift -= Math.log(x);
  return (
    shift +
    (x - 0.5) * Math.log(x) -
    x +
    Math.log(2 * Math.PI) / 2 +
    1 / (12 * x) -
    1 / (360 * x ** 3) +
    1 / (1260 * x ** 5)
  );
};

/** log N(y; 0, noise² I + scale² X Xᵀ). */
function linearEvidence(
  x: Float64Array,
  y: Float64Array,
  columns: number,
  noise: number,
  scale: number,
): number {
  const n = y.length;
  const a = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      let sum = i === j ? noise ** 2 : 0;
      for (let k = 0; k < columns; k++) sum += scale ** 2 * x[i * columns + k] * x[j * columns + k];
      a[i * n + j] = sum;
    }
  }
  let value = (-n / 2) * Math.log(2 * Math.PI);
  const z = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = a[i * n + j];
      for (let k = 0; k < j; k++) sum -= a[i * n + k] * a[j * n + k];
      a[i * n + j] = i === j ? Math.sqrt(sum) : sum / a[j * n + j];
    }
    let rest = y[i];
    for (let k = 0; k < i; k++) rest -= a[i * n + k] * z[k];
    z[i] = rest / a[i * n + i];
    value -= Math.log(a[i * n + i]) + z[i] ** 2 / 2;
  }
  return value;
}

async function regression(columns: number): Promise<Case> {
  const stream = await random(columns);
  const rows = 2 * columns;
  const x = stream.normal(rows * columns);
  const truth = stream.normal(columns);
  const y = stream.normal(rows).map((e, i) => {
    let sum = 0.5 * e;
    for (let k = 0; k < columns; k++) sum += x[i * columns + k] * truth[k];
    return sum;
  });
  const data = Array.from({ length: rows }, (_, i) => [...x.subarray(i * columns, (i + 1) * columns)]);
  const posterior = model({ x: matrix('row', 'column'), y: vector('row') })
    .param('b', normal(0, 1), { dims: ['column'] })
    .observe('y', ({ x, b }) => normal(matmul(x, b), 0.5))
    .condition({ x: data, y });
  return {
    name: `linear regression in ${columns} dimensions`,
    posterior: posterior as unknown as Posterior,
    exact: linearEvidence(x, y, columns, 0.5, 1),
  };
}

const cases: Case[] = [];
beforeAll(async () => {
  const counts = [1, 0, 3, 2, 3];
  const waits = [0.4, 1.2, 0.3, 2.2, 0.9, 0.1];
  cases.push(
    {
      name: 'a coin',
      posterior: model({ y: vector('row') })
        .param('p', beta(2, 3))
        .observe('y', ({ p }) => bernoulli(p))
        .condition({ y: [1, 0, 1, 1, 0, 1, 1, 1] }) as unknown as Posterior,
      exact: logGamma(8) + logGamma(5) - logGamma(13) - (logGamma(2) + logGamma(3) - logGamma(5)),
    },
    {
      name: 'counts',
      posterior: model({ y: vector('row') })
        .param('rate', gamma(3, 2))
        .observe('y', ({ rate }) => poisson(rate))
        .condition({ y: counts }) as unknown as Posterior,
      exact:
        3 * Math.log(2) -
        logGamma(3) +
        logGamma(12) -
        12 * Math.log(7) -
        counts.reduce((sum, k) => sum + logGamma(k + 1), 0),
    },
    {
      name: 'a normal mean',
      posterior: model({ y: vector('row') })
        .param('mu', normal(1, 2))
        .observe('y', ({ mu }) => normal(mu, 1.5))
        .condition({ y: waits }) as unknown as Posterior,
      exact: linearEvidence(
        new Float64Array(6).fill(1),
        Float64Array.from(waits, (w) => w - 1),
        1,
        1.5,
        2,
      ),
    },
    await regression(10),
    await regression(50),
  );
});

/** Whether an estimate lies within four of its errors of the truth, and claims something. */
function agrees(evidence: LogEvidence, exact: number, most: number): void {
  expect(evidence.warnings).toEqual([]);
  expect(evidence.standardError).toBeLessThan(most);
  expect(Math.abs(evidence.estimate - exact)).toBeLessThan(4 * evidence.standardError + 1e-9);
}

describe.each([0, 1, 2, 3, 4])('conjugate model %i', (index) => {
  test.runIf(index < 3)('has the evidence that its conjugate family gives', () => {
    const { posterior, exact } = cases[index];
    expect(exactEvidence(posterior).estimate).toBeCloseTo(exact, 8);
  });

  test('is found by bridge sampling', async () => {
    const { posterior, exact } = cases[index];
    const fit = await nuts(posterior, { seed: 41, draws: 2000, workers: 0 });
    agrees(await bridgeSampling(posterior, fit, { seed: 1 }), exact, 0.1);
  });

  test('is found by particles', async () => {
    const { posterior, exact } = cases[index];
    const fit = await sequentialMonteCarlo(posterior, {
      seed: 42,
      particles: index === 4 ? 500 : 1000,
      chains: index === 4 ? 4 : 6,
    });
    agrees(particleEvidence(posterior, fit), exact, 0.3);
  });

  test('is found by importance sampling and bounded by the Laplace approximation’s own', async () => {
    const { posterior, exact } = cases[index];
    const approximation = await laplaceApproximation(posterior, { draws: 4000, seed: 43 });
    const sampled = importanceSampling(posterior, approximation);
    agrees(sampled, exact, 0.1);
    // Gaussian posteriors are met exactly; the others are skewed a little.
    expect(Math.abs(laplaceEvidence(posterior, approximation).estimate - exact)).toBeLessThan(
      index < 2 ? 0.1 : 1e-6,
    );
  });

  test('is met by the full-rank bound where the posterior is Gaussian, and above it otherwise', async () => {
    const { posterior, exact } = cases[index];
    const evidence = elboEvidence(posterior, await variational(posterior, { family: 'full-rank', seed: 44 }));
    expect(evidence.estimate).toBeLessThan(exact + 4 * evidence.standardError + 0.01);
    expect(evidence.estimate).toBeGreaterThan(exact - 0.2);
    expect(evidence.warnings[0]).toMatch('lower bound');
  });
});

describe.each([0, 1, 2, 3, 4])('levels between prior and posterior of model %i', (index) => {
  test('give the evidence', async () => {
    const { posterior, exact } = cases[index];
    const large = { levels: 40, warmup: 400, draws: 600, chains: 2 };
    const small = { levels: 16, warmup: 500, draws: 1000 };
    const fit = await parallelTempering(posterior, { seed: 45, ...(index === 4 ? large : small) });
    agrees(steppingStones(posterior, fit), exact, 0.3);
    const integral = thermodynamicIntegration(posterior, fit);
    // The rule's own error, which no standard error tells, is below 0.1 with sixteen levels.
    expect(Math.abs(integral.estimate - exact)).toBeLessThan(4 * integral.standardError + 0.1);
  });
});

describe('without a closed form', () => {
  const schools = model({ y: vector('school'), sigma: vector('school') })
    .param('mu', normal(0, 5))
    .param('tau', halfNormal(5))
    .param('effect', ({ mu, tau }) => normal(mu, tau), { dims: ['school'], noncentered: true })
    .observe('y', ({ effect, sigma }) => normal(effect, sigma))
    .condition({ y: [28, 8, -3, 7, -1, 1, 18, 12], sigma: [15, 10, 16, 11, 9, 11, 10, 18] });
  const scale = model({ y: vector('row') })
    .param('mu', normal(0, 3))
    .param('sigma', halfNormal(2))
    .observe('y', ({ mu, sigma }) => normal(mu, sigma))
    .condition({ y: [1.2, 0.3, 2.2, 1.9, -0.4, 1.1] });
  const doses = model({ dose: vector('row'), dead: vector('row') })
    .param('a', normal(0, 2))
    .param('b', normal(0, 2))
    .observe('dead', ({ a, b, dose }) => poisson(a.add(b.mul(dose)).exp()))
    .condition({ dose: [-1, -0.5, 0, 0.5, 1], dead: [0, 2, 3, 6, 9] });

  test.each([
    ['eight schools', schools],
    ['a normal sample', scale],
    ['doses', doses],
  ] as unknown as [string, Posterior][])(
    '%s: bridge, particles and stepping stones agree',
    async (_, posterior) => {
      const bridge = await bridgeSampling(
        posterior,
        await nuts(posterior, { seed: 46, draws: 3000, workers: 0 }),
      );
      const particles = particleEvidence(
        posterior,
        await sequentialMonteCarlo(posterior, { seed: 47, chains: 6 }),
      );
      const stones = steppingStones(
        posterior,
        await parallelTempering(posterior, { seed: 48, levels: 12, warmup: 500 }),
      );
      for (const [a, b] of [
        [bridge, particles],
        [bridge, stones],
        [particles, stones],
      ]) {
        const error = Math.hypot(a.standardError, b.standardError);
        expect(Math.abs(a.estimate - b.estimate)).toBeLessThan(4 * error);
        expect(error).toBeLessThan(0.3);
      }
    },
  );
});

describe('what has no evidence', () => {
  const improper = model({ y: vector('row') })
    .param('mu', flat())
    .param('sigma', halfNormal(1))
    .observe('y', ({ mu, sigma }) => normal(mu, sigma))
    .condition({ y: [1, 2, 3] }) as unknown as Posterior;
  const cut = model({ y: vector('row') })
    .param('mu', normal(0, 1), { constraint: lower(0) })
    .observe('y', ({ mu }) => normal(mu, 1))
    .condition({ y: [1, 2, 3] }) as unknown as Posterior;

  test('names the improper prior', async () => {
    const fit = await nuts(improper, { seed: 1, draws: 100, workers: 0 });
    await expect(bridgeSampling(improper, fit)).rejects.toThrow(
      "undefined under the improper flat prior of 'mu'",
    );
    expect(() => exactEvidence(improper)).toThrow("improper flat prior of 'mu'");
  });

  test('names the prior that a constraint cuts off', async () => {
    const fit = await nuts(cut, { seed: 1, draws: 100, workers: 0 });
    await expect(bridgeSampling(cut, fit)).rejects.toThrow(
      "the constraint of parameter 'mu' cuts its prior off",
    );
  });

  test.each([
    [8, 7, 8],
    [1, 30, 44],
  ])('wants more than a handful of draws: %i chains of %i', async (chains, draws, least) => {
    const wide = model({ y: vector('row') })
      .param('mu', normal(0, 1), { dims: ['row'] })
      .observe('y', ({ mu }) => normal(mu, 1))
      .condition({ y: Array(10).fill(1) }) as unknown as Posterior;
    const fit = await nuts(wide, { seed: 1, chains, draws, warmup: 100, workers: 0 });
    await expect(bridgeSampling(wide, fit)).rejects.toThrow(
      `bridgeSampling: needs at least ${least} draws of each of the ${chains} chains in 10 dimensions, got ${draws}`,
    );
    const enough = await nuts(wide, { seed: 1, chains, draws: least, warmup: 100, workers: 0 });
    expect((await bridgeSampling(wide, enough)).standardError).toBeGreaterThan(0);
  });

  test('wants the draws of the model itself', async () => {
    const fit = await nuts(improper, { seed: 1, draws: 100, workers: 0 });
    await expect(bridgeSampling(cases[3].posterior, fit)).rejects.toThrow("or 'b' was not kept");
  });
});
