/** No maximum, or none that can be relied on: poles are errors, the rest is flagged with its reason, by name. */
import { describe, expect, test } from 'vitest';
import {
  bernoulliLogit,
  exponential,
  flat,
  fromFunction,
  halfCauchy,
  horseshoe,
  matmul,
  matrix,
  maximumAPosteriori,
  maximumLikelihood,
  model,
  normal,
  PoleError,
  vector,
} from '../../src';

const X = Array.from({ length: 30 }, (_, i) => [0, 1, 2, 3].map((j) => Math.sin(1.3 * i * (j + 1) + j)));
const y = X.map((row, i) => 2 * row[0] + 0.3 * Math.cos(7 * i));

describe.each([false, true])('horseshoe prior, noncentered: %s', (noncentered) => {
  const posterior = model({ X: matrix('n', 'k'), y: vector('n') })
    .param('global', halfCauchy(0.1))
    .param('local', halfCauchy(1), { dims: ['k'] })
    .param('slope', ({ global, local }) => horseshoe(global, local), { noncentered })
    .observe('y', ({ X, slope }) => normal(matmul(X, slope), 1))
    .condition({ X, y });

  test.each([1, 2, 3])('seed %i: an error that names the pole at zero', async (seed) => {
    const error = await maximumAPosteriori(posterior, { seed }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(PoleError);
    expect((error as PoleError).message).toMatch(/pole at zero of '(local\[\d\]|global)'/);
    expect((error as PoleError).message).toContain('nuts');
  });
});

test('with the Jacobian a noncentered horseshoe has a mode', async () => {
  const posterior = model({ X: matrix('n', 'k'), y: vector('n') })
    .param('global', halfCauchy(0.1))
    .param('local', halfCauchy(1), { dims: ['k'] })
    .param('slope', ({ global, local }) => horseshoe(global, local), { noncentered: true })
    .observe('y', ({ X, slope }) => normal(matmul(X, slope), 1))
    .condition({ X, y });
  const fit = await maximumAPosteriori(posterior, { jacobian: true, seed: 1 });
  expect(fit.problem).toBeUndefined();
  for (const slope of fit.gradient) expect(Math.abs(slope)).toBeLessThan(1e-8);
});

test('a likelihood with a pole: all observations equal, the scale free', async () => {
  const posterior = model({ y: vector('n') })
    .param('mu', flat())
    .param('sigma', flat({ lower: 0 }))
    .observe('y', ({ mu, sigma }) => normal(mu, sigma))
    .condition({ y: [1.5, 1.5, 1.5] });
  await expect(maximumLikelihood(posterior, { seed: 1 })).rejects.toThrow(/pole at zero of 'sigma'/);
});

test('separated classes: the maximum is infinitely far, and the slope is named', async () => {
  const posterior = model({ x: vector('n'), y: vector('n') })
    .param('slope', flat())
    .observe('y', ({ x, slope }) => bernoulliLogit(x.mul(slope)))
    .condition({ x: [-2, -1, 1, 2], y: [0, 0, 1, 1] });
  const fit = await maximumLikelihood(posterior, { seed: 1 });
  expect(fit.converged).toBe(false);
  expect(fit.problem).toMatch(/'slope'/);
});

test('what the data do not determine is flat, and named', async () => {
  const posterior = model({ y: vector('n') })
    .param('a', flat())
    .param('b', flat())
    .param('c', flat())
    .observe('y', ({ a, b }) => normal(a.add(b), 1))
    .condition({ y: [1, 2, 3] });
  const fit = await maximumLikelihood(posterior, { seed: 1 });
  expect(fit.converged).toBe(false);
  expect(fit.problem).toMatch(/flat.*-0\.71·'a' \+ 0\.71·'b'.*'c'/);
  expect(fit.certainty).toBeUndefined();
  expect(() => fit.standardError('a')).toThrow(/there are no standard errors: the log density is flat/);
  expect(fit.table()).toContain('Warning');
});

test('a mode on the boundary is flagged, with its parameter', async () => {
  const posterior = model({ y: vector('n') })
    .param('rate', exponential(1))
    .observe('y', ({ rate }) => normal(rate, 1))
    .condition({ y: [-3, -4] });
  const fit = await maximumAPosteriori(posterior, { seed: 1 });
  expect(fit.problem).toMatch(/'rate' runs to the edge of its support/);
  expect(fit.estimate('rate')[0]).toBeLessThan(1e-4);
});

test('iterations that run out are said to have', async () => {
  const posterior = fromFunction({
    parameters: { climb: [] },
    density: ([x], gradient) => {
      gradient[0] = 1;
      return x;
    },
  });
  const fit = await maximumAPosteriori(posterior, { seed: 1, maxIterations: 5 });
  expect(fit.converged).toBe(false);
  expect(fit.problem).toMatch(/'climb'/);
});

test('what makes no sense is refused', async () => {
  const density = fromFunction({ dimension: 1, density: ([x], g) => ((g[0] = -x), (-x * x) / 2) });
  await expect(maximumLikelihood(density)).rejects.toThrow(/must be a conditioned model/);
  const prior = model({}).param('x', normal(0, 1)).condition({});
  await expect(maximumLikelihood(prior)).rejects.toThrow(/observes nothing/);
  await expect(maximumAPosteriori(prior, { chains: 2 } as never)).rejects.toThrow(/no option 'chains'/);
  await expect(maximumAPosteriori(prior, { method: 'bfgs' } as never)).rejects.toThrow(/method must be/);
  await expect(maximumAPosteriori(prior, { method: 'proximal' })).rejects.toThrow(/Laplace priors/);
  await expect(maximumAPosteriori(prior, { starts: 0 })).rejects.toThrow(/starts must be/);
  await expect(maximumAPosteriori(prior, { jacobian: 1 } as never)).rejects.toThrow(/jacobian must be/);
  await expect(maximumAPosteriori(prior, { initial: { z: 1 } })).rejects.toThrow(/no parameter 'z'/);
});

test('a signal ends the climb', async () => {
  const prior = model({}).param('x', normal(0, 1)).condition({});
  const controller = new AbortController();
  const running = maximumAPosteriori(prior, {
    signal: controller.signal,
    onProgress: () => controller.abort(new Error('enough')),
  });
  await expect(running).rejects.toThrow('enough');
});
