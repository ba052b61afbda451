/**
 * Targets that samplers fail on: Neal's funnel, and Gaussians of condition number 10⁶. Seeds are fixed; a bound of four standard
 * errors fails by chance once in 16,000 checks.
 */
import { expect, test } from 'vitest';
import { model, multivariateNormal, normal, nuts, random, sliceSampling } from '../../src';
import { funnel } from '../inference/targets';
import { standardErrors } from './targets';

test('slice sampling finds the marginals of the funnel, where NUTS says that it does not', async () => {
  const slices = await sliceSampling(funnel, { seed: 1, draws: 4000, thin: 5, workers: 0 });
  expect(standardErrors(slices.draws('v').at(), 0)).toBeLessThan(4);
  expect(standardErrors(slices.draws('v').at(), 9, (v) => v * v)).toBeLessThan(4);
  const trajectories = await nuts(funnel, { seed: 1, workers: 0 });
  const { warnings, converged } = trajectories.summary();
  expect(converged).toBe(false);
  expect(warnings.length).toBeGreaterThan(0);
});

test('NUTS finds the marginals of a funnel that is written without its centre', async () => {
  const posterior = model({})
    .param('v', normal(0, 3))
    .param('x', ({ v }) => normal(0, v.div(2).exp()), { dims: [9], noncentered: true })
    .condition({});
  const fit = await nuts(posterior, { seed: 1, draws: 2000, workers: 0 });
  expect(standardErrors(fit.draws('v').at(), 0)).toBeLessThan(4);
  expect(standardErrors(fit.draws('v').at(), 9, (v) => v * v)).toBeLessThan(4);
  expect(fit.summary().warnings).toEqual([]);
});

/** Scales from 10^−1.5 to 10^1.5: variances differ by 10⁶. */
const scales = Float64Array.from({ length: 100 }, (_, i) => 10 ** (-1.5 + (3 * i) / 99));

test('a Gaussian of condition number 10⁶ along the axes', async () => {
  const posterior = model({})
    .param('x', normal(new Float64Array(100), scales))
    .condition({});
  const fit = await nuts(posterior, { seed: 2, workers: 0 });
  const { rows, warnings } = fit.summary();
  expect(warnings).toEqual([]);
  scales.forEach((scale, i) => {
    expect(rows[i].rhat).toBeLessThan(1.02);
    expect(standardErrors(fit.draws('x').at(i), scale * scale, (x) => x * x)).toBeLessThan(4);
  });
});

test('a Gaussian of condition number 10⁶ in any direction, with a dense metric', async () => {
  // A random rotation, by Gram and Schmidt.
  const q = (await random(7)).normal(100 * 100);
  for (let i = 0; i < 100; i++) {
    for (let j = 0; j <= i; j++) {
      let product = 0;
      for (let k = 0; k < 100; k++) product += q[i * 100 + k] * q[j * 100 + k];
      if (j < i) for (let k = 0; k < 100; k++) q[i * 100 + k] -= product * q[j * 100 + k];
      else for (let k = 0; k < 100; k++) q[i * 100 + k] /= Math.sqrt(product);
    }
  }
  const covariance = Array.from({ length: 100 }, (_, a) =>
    Array.from({ length: 100 }, (_, b) => {
      let sum = 0;
      for (let k = 0; k < 100; k++) sum += q[k * 100 + a] * q[k * 100 + b] * scales[k] ** 2;
      return sum;
    }),
  );
  const posterior = model({})
    .param('x', multivariateNormal(new Array(100).fill(0), { covariance }))
    .condition({});
  const fit = await nuts(posterior, { seed: 3, metric: 'dense', warmup: 1000, workers: 0 });
  const columns = covariance.map((_, i) => fit.draws('x').at(i));
  // Along the principal directions, from the narrowest to the widest.
  for (const k of [0, 25, 50, 75, 99]) {
    const along = columns[0].map((chain, c) =>
      chain.map((_, t) => columns.reduce((sum, column, i) => sum + q[k * 100 + i] * column[c][t], 0)),
    );
    expect(standardErrors(along, 0)).toBeLessThan(4);
    expect(standardErrors(along, scales[k] ** 2, (x) => x * x)).toBeLessThan(4);
  }
});
