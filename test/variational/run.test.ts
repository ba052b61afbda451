/** What a run is told, and how it can be watched, ended and taken up again. */
import { describe, expect, it } from 'vitest';
import {
  exponential,
  flat,
  fromFunction,
  model,
  normal,
  pathfinder,
  variational,
  vector,
  type VariationalState,
} from 'credence';

const posterior = model({ y: vector('row') })
  .param('mu', normal(0, 10))
  .param('sigma', exponential(1))
  .observe('y', ({ mu, sigma }) => normal(mu, sigma))
  .condition({ y: [1.2, 0.7, 1.9, 1.1, 3.2] });

it('gives the same draws for the same seed, and others for another', async () => {
  const [a, b, c] = await Promise.all([7, 7, 8].map((seed) => variational(posterior, { seed, draws: 100 })));
  expect(b.positions).toEqual(a.positions);
  expect(c.positions).not.toEqual(a.positions);
  expect(b.resample({ seed: 3 }).positions).toEqual(a.resample({ seed: 3 }).positions);
});

it('goes on from a state as if it had not stopped', async () => {
  for (const family of ['mean-field', 'full-rank', 'low-rank'] as const) {
    const states: VariationalState[] = [];
    const options = { family, seed: 7, draws: 100 };
    const whole = await variational(posterior, { ...options, onState: (state) => states.push(state) });
    expect(states.length).toBe(whole.stages.length);
    const resumed = await variational(posterior, { ...options, resume: structuredClone(states[0]) });
    expect(resumed.positions).toEqual(whole.positions);
    expect(resumed.trace).toEqual(whole.trace);
    await expect(variational(posterior, { ...options, seed: 8, resume: states[0] })).rejects.toThrow(
      /seed 7/,
    );
  }
});

it('tells of its progress and can be aborted', async () => {
  const controller = new AbortController();
  let news = 0;
  const running = variational(posterior, {
    seed: 1,
    signal: controller.signal,
    onProgress: ({ iteration, stepSize }) => {
      expect(stepSize).toBeGreaterThan(0);
      if (iteration > 0 && ++news === 2) controller.abort(new Error('enough'));
    },
  });
  await expect(running).rejects.toThrow('enough');
});

it('fits a function of the host, whose likelihood cannot be told apart', async () => {
  const funnelFree = fromFunction({
    parameters: { a: [], b: [2] },
    density(x, gradient) {
      gradient[0] = -(x[0] - 1);
      gradient[1] = -x[1] / 4;
      gradient[2] = -x[2] / 9;
      return -((x[0] - 1) ** 2) / 2 - x[1] ** 2 / 8 - x[2] ** 2 / 18;
    },
  });
  const fit = await variational(funnelFree, { seed: 1 });
  expect(fit.elbo.reconstruction).toBeUndefined();
  // The evidence of the unnormalised Gaussian: log (2π)^{3/2}·2·3.
  expect(fit.elbo.value).toBeCloseTo(1.5 * Math.log(2 * Math.PI) + Math.log(6), 4);
  expect(fit.unconstrained.location![0]).toBeCloseTo(1, 3);
});

it('stops at maxIterations and says so', async () => {
  const fit = await variational(posterior, { seed: 1, maxIterations: 300 });
  expect(fit.converged).toBe(false);
  expect(fit.iterations).toBe(300);
  expect(fit.warnings.join()).toMatch(/stopped after 300 iterations/);
});

describe('options', () => {
  it.each([
    [{ family: 'fullrank' }, /family must be 'mean-field' or 'full-rank'/],
    [{ rank: 3, family: 'low-rank' }, /rank must be an integer from 1 to 2, got 3/],
    [{ drawsPerStep: 0 }, /drawsPerStep must be an integer ≥ 1, got 0/],
    [{ chains: 2 }, /there is no option 'chains'/],
    [{ update: 'online-newton', family: 'full-rank' }, /goes with family 'mean-field'/],
  ])('%j', async (options, message) => {
    await expect(variational(posterior, options as never)).rejects.toThrow(message);
  });
});

it('names the terms to blame where nothing has a finite density', async () => {
  const impossible = fromFunction({ dimension: 1, density: () => NaN });
  await expect(variational(impossible, { seed: 1 })).rejects.toThrow(
    /log density is NaN at all 100 starting points/,
  );
});

it('summarises its draws', async () => {
  const fit = await variational(posterior, { family: 'full-rank', seed: 1 });
  const row = fit.summary().find('mu');
  expect(row.mean).toBeCloseTo(fit.draws('mu').mean()[0], 10);
  expect(String(fit.summary())).toMatch(/sigma/);
});

it('does not vouch for draws of a density that has no maximum', async () => {
  const rising = model()
    .param('a', flat())
    .logDensity('slope', ({ a }) => a, { role: 'likelihood' })
    .condition();
  for (const fit of [
    await variational(rising, { family: 'full-rank', seed: 1 }),
    await pathfinder(rising, { seed: 1 }),
  ]) {
    expect(fit.paretoK).toBe(Infinity);
    expect(fit.warnings.join()).toMatch(/Pareto k is infinite, above 0.7/);
  }
});

it('takes one starting point, not a list of them', async () => {
  const initial = [{ mu: 1 }, { mu: 1 }, { mu: 1 }, { mu: 1 }] as unknown as Record<string, number>;
  await expect(variational(posterior, { seed: 1, initial })).rejects.toThrow(
    /initial must be one object of values by parameter name, or 'prior', got a list/,
  );
});

it('does not ask for more iterations where they would not be made', async () => {
  const fit = await variational(posterior, {
    precision: 1e-9,
    tolerance: 1e-9,
    drawsPerStep: 2,
    maxIterations: 1e6,
    seed: 1,
  });
  expect(fit.converged).toBe(false);
  expect(fit.iterations).toBeLessThan(1e6);
  expect(fit.warnings[0]).toMatch(/as small as they may be: allow a larger precision/);
});
