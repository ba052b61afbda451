/** Approximations of posteriors with discrete parameters, against enumeration and coordinate ascent. */
import { describe, expect, it } from 'vitest';
import {
  bernoulli,
  bernoulliLogit,
  binomial,
  categorical,
  discreteUniform,
  gamma,
  geometric,
  model,
  normal,
  poisson,
  scalar,
  truncate,
  variational,
  vector,
  type VariationalState,
} from 'credence';

const HALF_LOG_TAU = 0.5 * Math.log(2 * Math.PI);
const logFactorial = (n: number): number => (n < 2 ? 0 : Math.log(n) + logFactorial(n - 1));
const logSumExp = (values: readonly number[]): number => {
  const most = Math.max(...values);
  return most + Math.log(values.reduce((sum, value) => sum + Math.exp(value - most), 0));
};

describe('a pair of switches', () => {
  const pair = model({ y: scalar() })
    .param('a', bernoulli(0.3))
    .param('b', bernoulli(0.6))
    .observe('y', ({ a, b }) => normal(a.add(b.mul(2)), 1))
    .condition({ y: 1.4 });
  const joint = (a: number, b: number): number =>
    Math.log(a ? 0.3 : 0.7) + Math.log(b ? 0.6 : 0.4) - 0.5 * (1.4 - a - 2 * b) ** 2 - HALF_LOG_TAU;
  const states = [0, 1].flatMap((a) => [0, 1].map((b) => [a, b] as const));
  const logEvidence = logSumExp(states.map(([a, b]) => joint(a, b)));

  it('has the best independent probabilities, and the bound that they have', async () => {
    const fit = await variational(pair, { seed: 1, draws: 20_000 });
    expect(fit.converged).toBe(true);
    // Coordinate ascent: the logit of one is the mean difference that it makes over the other.
    let [p, q] = [0.5, 0.5];
    const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
    for (let round = 0; round < 100; round++) {
      p = sigmoid((1 - q) * (joint(1, 0) - joint(0, 0)) + q * (joint(1, 1) - joint(0, 1)));
      q = sigmoid((1 - p) * (joint(0, 1) - joint(0, 0)) + p * (joint(1, 1) - joint(1, 0)));
    }
    const logQ = (a: number, b: number): number => Math.log(a ? p : 1 - p) + Math.log(b ? q : 1 - q);
    const bound = states.reduce((sum, [a, b]) => sum + Math.exp(logQ(a, b)) * (joint(a, b) - logQ(a, b)), 0);
    expect(Math.abs(fit.elbo.value - bound)).toBeLessThan(4 * fit.elbo.error + 0.002);
    // The bound is flat near its top: a thousandth of a nat is some hundredths of a probability.
    const own = states.map(([a, b]) => Math.exp(fit.logDensity(Float64Array.of(a, b))));
    expect(own.reduce((sum, mass) => sum + mass, 0)).toBeCloseTo(1, 12);
    expect(Math.abs(own[2] + own[3] - p)).toBeLessThan(0.04);
    expect(Math.abs(own[1] + own[3] - q)).toBeLessThan(0.04);
    expect(Math.abs(fit.draws('a').mean()[0] - (own[2] + own[3]))).toBeLessThan(0.015);
    expect(fit.logDensity(Float64Array.of(0.5, 1))).toBe(-Infinity);

    // log p(D) = ELBO + KL(q ‖ posterior), the latter by enumeration.
    const divergence = states.reduce(
      (sum, [a, b], i) => sum + own[i] * (Math.log(own[i]) - (joint(a, b) - logEvidence)),
      0,
    );
    expect(divergence).toBeGreaterThan(0.05);
    expect(Math.abs(fit.elbo.value + divergence - logEvidence)).toBeLessThan(4 * fit.elbo.error);
    const { reconstruction, divergence: fromPrior } = fit.elbo;
    expect(reconstruction!.value - fromPrior!.value).toBeCloseTo(fit.elbo.value, 10);

    // Importance weights make up for the independence: the probability that both are on, and the correlation.
    const both = Math.exp(joint(1, 1) - logEvidence);
    const resampled = fit.resample({ seed: 2 });
    const [a, b] = ['a', 'b'].map((name) => resampled.draws(name as 'a').flat());
    const share = a.reduce((sum, on, i) => sum + on * b[i], 0) / a.length;
    expect(Math.abs(share - both)).toBeLessThan(0.02);
  });

  it('is exact by a guide that lets one depend on the other', async () => {
    const fit = await variational(pair, {
      guide: ({ real, draw }) => {
        const a = draw('a', bernoulliLogit(real('a')));
        draw('b', bernoulliLogit(a.mul(real('difference')).add(real('b'))));
      },
      seed: 1,
    });
    expect(Math.abs(fit.elbo.value - logEvidence)).toBeLessThan(0.003);
    expect(fit.warnings).toEqual([]);
  });

  it('gives the same draws for the same seed, also when taken up again', async () => {
    const saved: VariationalState[] = [];
    const options = { seed: 3, draws: 100 };
    const whole = await variational(pair, { ...options, onState: (state) => saved.push(state) });
    const resumed = await variational(pair, { ...options, resume: structuredClone(saved[0]) });
    expect(resumed.positions).toEqual(whole.positions);
    const other = await variational(pair, { ...options, seed: 4 });
    expect(other.positions).not.toEqual(whole.positions);
  });
});

it('assigns the rows of a mixture as coordinate ascent does', async () => {
  const y = Array.from({ length: 50 }, (_, i) => (i % 3 === 0 ? 4 : 0) + 1.2 * Math.sin(7.3 * i));
  const mixture = model({ y: vector('row') })
    .param('low', normal(0, 5))
    .param('high', normal(0, 5))
    .param('z', bernoulli(0.5), { dims: ['row'] })
    .observe('y', ({ low, high, z }) => normal(low.add(high.sub(low).mul(z)), 1))
    .condition({ y });
  const fit = await variational(mixture, { seed: 1, draws: 10_000, initial: { low: -1, high: 5 } });
  expect(fit.converged).toBe(true);

  // Blei, Kucukelbir & McAuliffe 2017, "Variational inference: a review for statisticians", section 3.
  const mean = [-1, 5];
  const variance = [1, 1];
  let on = y.map(() => 0.5);
  for (let round = 0; round < 500; round++) {
    on = y.map((value) => {
      const [off, yes] = [0, 1].map((k) => mean[k] * value - 0.5 * (mean[k] ** 2 + variance[k]));
      return 1 / (1 + Math.exp(off - yes));
    });
    for (const k of [0, 1]) {
      const weights = on.map((r) => (k ? r : 1 - r));
      variance[k] = 1 / (1 / 25 + weights.reduce((sum, w) => sum + w, 0));
      mean[k] = variance[k] * weights.reduce((sum, w, i) => sum + w * y[i], 0);
    }
  }
  const entropy = (p: number): number => (p > 0 && p < 1 ? -p * Math.log(p) - (1 - p) * Math.log(1 - p) : 0);
  let bound = 0;
  for (const k of [0, 1]) {
    bound += -HALF_LOG_TAU - Math.log(5) - (mean[k] ** 2 + variance[k]) / 50;
    bound += HALF_LOG_TAU + 0.5 + 0.5 * Math.log(variance[k]);
  }
  y.forEach((value, i) => {
    bound += Math.log(0.5) + entropy(on[i]);
    for (const k of [0, 1]) {
      const share = k ? on[i] : 1 - on[i];
      bound += share * (-HALF_LOG_TAU - 0.5 * ((value - mean[k]) ** 2 + variance[k]));
    }
  });
  expect(Math.abs(fit.elbo.value - bound)).toBeLessThan(4 * fit.elbo.error + 0.03);
  const drawn = fit.draws('z').mean();
  on.forEach((p, i) => expect(Math.abs(drawn[i] - p)).toBeLessThan(0.06));
  expect(Math.abs(fit.draws('low').mean()[0] - mean[0]) / Math.sqrt(variance[0])).toBeLessThan(0.1);
  expect(Math.abs(fit.draws('high').sd()[0] / Math.sqrt(variance[1]) - 1)).toBeLessThan(0.1);
});

it('starts where whole numbers and what is beside them agree, however far that is', async () => {
  const y = Array.from({ length: 40 }, (_, i) => 1000 + (i % 3 === 0 ? 9 : 0) + Math.sin(7.3 * i));
  const far = model({ y: vector('row') })
    .param('low', normal(0, 1000))
    .param('high', normal(0, 1000))
    .param('z', bernoulli(0.5), { dims: ['row'] })
    .observe('y', ({ low, high, z }) => normal(low.add(high.sub(low).mul(z)), 1))
    .condition({ y });
  const fit = await variational(far, { seed: 5, draws: 1000 });
  const share = fit.draws('z').mean();
  // Nothing says which of the two is which.
  const flipped = share[0] < 0.5;
  y.forEach((_, i) => expect(share[i] > 0.5).toBe((i % 3 === 0) !== flipped));
  const of = (kept: (i: number) => boolean): number => {
    const own = y.filter((_, i) => kept(i));
    return own.reduce((sum, value) => sum + value, 0) / own.length;
  };
  const expected = [of((i) => i % 3 !== 0), of((i) => i % 3 === 0)];
  if (flipped) expected.reverse();
  expect(Math.abs(fit.draws('low').mean()[0] - expected[0])).toBeLessThan(0.1);
  expect(Math.abs(fit.draws('high').mean()[0] - expected[1])).toBeLessThan(0.1);
});

it('judges by Pareto k what lies above the commonest states', async () => {
  const readings = model({ y: vector('row') })
    .param('level', normal(0, 100))
    .param('faulty', bernoulli(0.1), { dims: ['row'] })
    .observe('y', ({ level, faulty }) => normal(level, faulty.mul(9).add(1)))
    .condition({ y: [54.1, 53.7, 54.4, 69, 53.9, 54.2] });
  const fit = await variational(readings, { seed: 1 });
  // All but some draws are of one state, and none counts more than twice as much: the weights are nearly even.
  const effective = 1 / fit.logWeights.reduce((sum, weight) => sum + Math.exp(2 * weight), 0);
  expect(effective).toBeGreaterThan(0.95 * fit.drawsPerChain);
  expect(fit.paretoK).toBeLessThan(0.7);
  expect(fit.warnings).toEqual([]);
});

it('does not blame the number of draws where a handful of many stand apart', async () => {
  const sum = model({ y: scalar() })
    .param('k', geometric(0.2))
    .param('j', truncate(poisson(5), { upper: 6 }))
    .observe('y', ({ k, j }) => normal(k.add(j), 1))
    .condition({ y: 8.2 });
  const fit = await variational(sum, { seed: 1 });
  expect(fit.paretoK).toBe(Infinity);
  expect(fit.warnings).toEqual([expect.stringMatching(/^Pareto k is infinite, above 0.7: /)]);
});

it('says when a count reaches where data make it impossible, so that there is no bound', async () => {
  const seen = [7, 5, 8];
  const animals = model({ y: vector('visit') })
    .param('n', poisson(20))
    .logDensity('seen', ({ y, n }) => binomial(n, 0.4).logDensity(y), { role: 'likelihood' })
    .condition({ y: seen });
  const fit = await variational(animals, { seed: 1 });
  const outside = fit
    .draws('n')
    .flat()
    .filter((n) => n < Math.max(...seen)).length;
  expect(outside).toBeGreaterThan(0);
  expect(fit.elbo.value).toBe(-Infinity);
  expect(fit.warnings[0]).toMatch(
    new RegExp(`^${outside} of 4000 draws lie where the posterior has no density`),
  );
  const inside = fit.resample({ seed: 1 });
  expect(Math.min(...inside.draws('n').flat())).toBeGreaterThanOrEqual(8);
});

describe('a count', () => {
  const count = model({ y: scalar() })
    .param('n', poisson(6))
    .observe('y', ({ n }) => normal(n, 1.5))
    .condition({ y: 9 });
  const joint = (n: number): number =>
    n * Math.log(6) - 6 - logFactorial(n) - 0.5 * ((9 - n) / 1.5) ** 2 - Math.log(1.5) - HALF_LOG_TAU;
  const numbers = Array.from({ length: 60 }, (_, n) => n);
  const logEvidence = logSumExp(numbers.map(joint));

  it('by a Poisson distribution has the best rate', async () => {
    const fit = await variational(count, {
      guide: ({ positive, draw }) => void draw('n', poisson(positive('rate', 3))),
      seed: 1,
    });
    const bound = (rate: number): number =>
      numbers.reduce((sum, n) => {
        const logQ = n * Math.log(rate) - rate - logFactorial(n);
        return sum + Math.exp(logQ) * (joint(n) - logQ);
      }, 0);
    const rates = Array.from({ length: 2000 }, (_, i) => 4 + i / 200);
    const best = rates.reduce((a, b) => (bound(b) > bound(a) ? b : a));
    expect(Math.abs(fit.elbo.value - bound(best))).toBeLessThan(4 * fit.elbo.error + 0.005);
    expect(Math.abs(fit.draws('n').mean()[0] - best)).toBeLessThan(0.35);
    for (const n of fit.draws('n').flat()) expect(Number.isInteger(n)).toBe(true);
    // log p(D) = ELBO + KL(q ‖ posterior).
    const divergence = numbers.reduce((sum, n) => {
      const logQ = fit.logDensity(Float64Array.of(n));
      return sum + Math.exp(logQ) * (logQ - (joint(n) - logEvidence));
    }, 0);
    expect(divergence).toBeGreaterThan(0.01);
    expect(Math.abs(fit.elbo.value + divergence - logEvidence)).toBeLessThan(4 * fit.elbo.error + 1e-9);
  });

  it('without a guide is negative binomial, and exact where the posterior is', async () => {
    // With no successes among n of probability ½, n is Poisson of half the rate, and the evidence exp(−3).
    const none = model({ y: scalar() })
      .param('n', poisson(6))
      .observe('y', ({ n }) => binomial(n, 0.5))
      .condition({ y: 0 });
    const fit = await variational(none, { seed: 1 });
    expect(fit.converged).toBe(true);
    expect(Math.abs(fit.elbo.value + 3)).toBeLessThan(0.002);
    expect(Math.abs(fit.draws('n').mean()[0] - 3)).toBeLessThan(0.15);
    expect(Math.abs(fit.draws('n').sd()[0] - Math.sqrt(3))).toBeLessThan(0.1);
  });
});

it('has a probability for each of few values, from their least one on', async () => {
  // There is one unknown, so the family holds the posterior itself.
  const dice = model({ y: scalar() })
    .param('face', discreteUniform(2, 7))
    .observe('y', ({ face }) => normal(face, 0.8))
    .condition({ y: 5.1 });
  const fit = await variational(dice, { seed: 1, draws: 10_000 });
  const faces = [2, 3, 4, 5, 6, 7];
  const joint = faces.map(
    (face) => -Math.log(6) - 0.5 * ((5.1 - face) / 0.8) ** 2 - Math.log(0.8) - HALF_LOG_TAU,
  );
  const logEvidence = logSumExp(joint);
  expect(Math.abs(fit.elbo.value - logEvidence)).toBeLessThan(0.01);
  faces.forEach((face, i) => {
    const mass = Math.exp(fit.logDensity(Float64Array.of(face)));
    expect(Math.abs(mass - Math.exp(joint[i] - logEvidence))).toBeLessThan(0.02);
  });
});

it('says what does not go with discrete parameters', async () => {
  const posterior = model({ y: scalar() })
    .param('mu', normal(0, 1))
    .param('z', categorical([0.2, 0.3, 0.5]))
    .observe('y', ({ mu, z }) => normal(mu.add(z), 1))
    .condition({ y: 1 });
  for (const family of ['full-rank', 'low-rank', 'flow'] as const) {
    await expect(variational(posterior, { family })).rejects.toThrow(
      `variational: family '${family}' is continuous, and 'z' is discrete; take family 'mean-field' or a guide`,
    );
  }
  await expect(variational(posterior, { update: 'online-newton' })).rejects.toThrow(
    /update 'online-newton' is for Gaussians, and 'z' is discrete/,
  );
  await expect(variational(posterior, { minibatch: { dimension: 'row', size: 1 } })).rejects.toThrow(
    /minibatch is for Gaussians, and 'z' is discrete/,
  );
  await expect(variational(posterior, { drawsPerStep: 1 })).rejects.toThrow(
    /drawsPerStep must be at least 2/,
  );
  const guided = (draw: (scope: never) => void, message: RegExp) =>
    expect(variational(posterior, { guide: draw as never })).rejects.toThrow(message);
  type Scope = { draw: (name: string, distribution: unknown) => unknown };
  await guided(({ draw }: Scope) => draw('z', normal(0, 1)), /'z' is discrete, and normal is a continuous/);
  await guided(({ draw }: Scope) => draw('mu', poisson(1)), /'mu' is continuous, and poisson is a discrete/);
  await guided(({ draw }: Scope) => draw('mu', gamma(2, 1)), /draws of 'mu' have no derivative/);
});
