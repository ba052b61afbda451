/** Variational inference by steps on batches of rows ends where steps on all rows end. */
import { beforeAll, describe, expect, it } from 'vitest';
import {
  bernoulliLogit,
  exponential,
  fromFunction,
  halfNormal,
  index,
  integers,
  matrix,
  model,
  normal,
  type Posterior,
  random,
  type RandomStream,
  variational,
  type VariationalApproximation,
  type VariationalOptions,
  type VariationalState,
  vector,
} from 'credence';
import { fullInstance } from '../../src/backend/wasm';
import { MEAN_FIELD } from '../../src/inference/variational/family';
import { Batches } from '../../src/inference/variational/minibatch/batches';
import { batchTarget } from '../../src/inference/variational/minibatch/target';
import { Optimisation } from '../../src/inference/variational/optimisation';

const ROWS = 100_000;
const batches = { minibatch: { dimension: 'row', size: 256 }, draws: 50 };

let stream: RandomStream;
let x: number[][];
let noise: Float64Array;
let uniform: Float64Array;
const slopes = [0.8, -0.4, 0.2, 0];

beforeAll(async () => {
  stream = await random(3);
  x = Array.from({ length: ROWS }, () => {
    const [a, b, c] = stream.normal(3);
    return [1, a, 0.6 * a + 0.8 * b, c];
  });
  noise = stream.normal(ROWS);
  uniform = stream.uniform(ROWS);
});

const predictor = (i: number): number => slopes.reduce((sum, slope, k) => sum + slope * x[i][k], 0);

function logistic(rows: number): Posterior {
  return model({ x: matrix('row', 'column'), y: integers('row') })
    .param('beta', normal(0, 1), { dims: ['column'] })
    .observe('y', ({ x, beta }) => bernoulliLogit(x.matmul(beta)))
    .condition({
      x: x.slice(0, rows),
      y: Array.from({ length: rows }, (_, i) => (uniform[i] < 1 / (1 + Math.exp(-predictor(i))) ? 1 : 0)),
    });
}

/** Largest distance of locations in standard deviations, and of standard deviations relative to them. */
function distance(a: VariationalApproximation, b: VariationalApproximation): [number, number] {
  const [left, right] = [a, b].map(({ unconstrained }) => {
    const location = unconstrained.location!;
    const covariance = unconstrained.covariance!();
    return { location, sds: location.map((_, i) => Math.sqrt(covariance[i * (location.length + 1)])) };
  });
  let [far, wide] = [0, 0];
  right.sds.forEach((sd, i) => {
    far = Math.max(far, Math.abs(left.location[i] - right.location[i]) / sd);
    wide = Math.max(wide, Math.abs(left.sds[i] / sd - 1));
  });
  return [far, wide];
}

describe('ends where steps on all rows end', () => {
  /** The stopping rule promises locations to 0.02 standard deviations, here in units of errors of two runs. */
  const [FAR, WIDE] = [0.1, 0.05];

  it.each([{ family: 'full-rank' }, { family: 'low-rank', rank: 2 }] satisfies VariationalOptions[])(
    'on linear regression with %j',
    async (options) => {
      const posterior = model({ x: matrix('row', 'column'), y: vector('row') })
        .param('beta', normal(0, 1), { dims: ['column'] })
        .observe('y', ({ x, beta }) => normal(x.matmul(beta), 2))
        .condition({ x, y: x.map((_, i) => predictor(i) + 2 * noise[i]) });
      const whole = await variational(posterior, { ...options, seed: 1, draws: 50 });
      const fit = await variational(posterior, { ...options, ...batches, seed: 1 });
      expect(fit.converged).toBe(true);
      const [far, wide] = distance(fit, whole);
      expect(far).toBeLessThan(FAR);
      expect(wide).toBeLessThan(WIDE);
      // The bound is that of all rows, not an estimate on batches.
      expect(Math.abs(fit.elbo.value - whole.elbo.value)).toBeLessThan(0.05);
      expect(fit.elbo.reconstruction!.value - fit.elbo.divergence!.value).toBeCloseTo(fit.elbo.value, 5);
      expect(fit.paretoK).toBeLessThan(0.7);
    },
  );

  it.each([
    { family: 'mean-field' },
    { family: 'full-rank' },
    { update: 'online-newton' },
    { gradient: 'reparameterised', precision: 0.05 },
  ] satisfies VariationalOptions[])('on logistic regression with %j', async (options) => {
    const posterior = logistic(10_000);
    const whole = await variational(posterior, { ...options, seed: 1, draws: 50 });
    const fit = await variational(posterior, { ...options, ...batches, seed: 1 });
    expect(fit.converged).toBe(true);
    const [far, wide] = distance(fit, whole);
    expect(far).toBeLessThan(FAR);
    expect(wide).toBeLessThan(WIDE);
    expect(Math.abs(fit.elbo.value - whole.elbo.value)).toBeLessThan(
      4 * (fit.elbo.error + whole.elbo.error) + 0.05,
    );
  });

  it('on a hierarchical regression', async () => {
    const groups = 20;
    const shifts = stream.normal(groups, 0, 0.7);
    const group = Array.from(stream.uniform(ROWS), (u) => Math.floor(groups * u * u));
    const posterior = model({ x: matrix('row', 'column'), y: vector('row'), group: index('row', 'group') })
      .dim('group', groups)
      .param('beta', normal(0, 1), { dims: ['column'] })
      .param('tau', halfNormal(1))
      .param('effect', ({ tau }) => normal(0, tau), { dims: ['group'] })
      .param('sigma', exponential(1))
      .observe('y', ({ x, beta, effect, group, sigma }) =>
        normal(x.matmul(beta).add(effect.gather(group)), sigma),
      )
      .condition({
        x: x.map((row) => row.slice(1)),
        group,
        y: x.map((_, i) => predictor(i) + shifts[group[i]] + noise[i]),
      });
    const options = { seed: 1, tolerance: 0.05 };
    const whole = await variational(posterior, { ...options, draws: 50 });
    const fit = await variational(posterior, { ...options, ...batches });
    expect(fit.converged).toBe(true);
    const [far, wide] = distance(fit, whole);
    expect(far).toBeLessThan(FAR);
    expect(wide).toBeLessThan(WIDE);
  });
});

it('takes every row at most once in an epoch, in another order in the next', async () => {
  const posterior = logistic(24);
  const target = batchTarget(posterior, { dimension: 'row', size: 5 });
  const chosen = await Batches.load(target, await fullInstance(posterior.target));
  const optimisation = new Optimisation(chosen.instance, {
    family: { code: MEAN_FIELD, rank: 0, noise: 0 },
    drawsPerStep: 2,
    seed: 1,
    landing: true,
    batches: chosen,
  });
  optimisation.begin([new Float64Array(4), new Float64Array(4)]);
  const epochs = Array.from({ length: 50 }, () =>
    Array.from({ length: 4 }, () => {
      optimisation.advance(1, Infinity);
      const bytes = chosen.instance.bytes(chosen.instance.exports.slotAddress(0), 20);
      return [...new Int32Array(bytes.slice().buffer)];
    }).flat(),
  );
  const times = new Array<number>(24).fill(0);
  for (const rows of epochs) {
    expect(new Set(rows).size).toBe(20);
    for (const row of rows) times[row]++;
  }
  expect(new Set(epochs.map(String)).size).toBe(50);
  // Left out of an epoch with probability 1/6: binomial(50, 5/6), 4.5 standard deviations for 24 rows, error below 10⁻³.
  for (const count of times)
    expect(Math.abs(count - 50 * (5 / 6))).toBeLessThan(4.5 * Math.sqrt((50 * 5) / 36));
});

describe('a run', () => {
  const options = { ...batches, seed: 7, maxIterations: 2500 };

  it('gives the same draws for the same seed, and others for another', async () => {
    const posterior = logistic(1000);
    const [a, b, c] = await Promise.all(
      [7, 7, 8].map((seed) => variational(posterior, { ...options, seed })),
    );
    expect(b.positions).toEqual(a.positions);
    expect(b.trace).toEqual(a.trace);
    expect(c.positions).not.toEqual(a.positions);
  });

  it('goes on from a state in the middle of an epoch as if it had not stopped', async () => {
    const posterior = logistic(1000);
    for (const family of ['mean-field', 'full-rank'] as const) {
      const states: VariationalState[] = [];
      const whole = await variational(posterior, {
        ...options,
        family,
        tolerance: 1e-9,
        onState: (state) => states.push(state),
      });
      expect(states.length).toBeGreaterThan(1);
      const resumed = await variational(posterior, {
        ...options,
        family,
        tolerance: 1e-9,
        resume: structuredClone(states[0]),
      });
      expect(resumed.positions).toEqual(whole.positions);
      expect(resumed.trace).toEqual(whole.trace);
      const other = { ...options, family, minibatch: { dimension: 'row', size: 100 }, resume: states[0] };
      await expect(variational(posterior, other)).rejects.toThrow(
        /resume is a state of a run with minibatch/,
      );
      await expect(variational(posterior, { family, seed: 7, resume: states[0] })).rejects.toThrow(
        /minibatch/,
      );
    }
  });

  it('says of its trace what it was estimated on', async () => {
    const posterior = logistic(1000);
    expect((await variational(posterior, options)).trace.rows).toBe('batches');
    expect((await variational(posterior, { seed: 1, draws: 50 })).trace.rows).toBe('all');
  });

  it('can be aborted', async () => {
    const controller = new AbortController();
    const running = variational(logistic(1000), {
      ...options,
      signal: controller.signal,
      onProgress: () => controller.abort(new Error('enough')),
    });
    await expect(running).rejects.toThrow('enough');
  });
});

describe('options', () => {
  const dimension = 'row';
  it.each([
    [{ minibatch: 256 }, /minibatch must be { dimension, size }, got 256/],
    [{ minibatch: { dimension } }, /minibatch.size must be an integer ≥ 1, got undefined/],
    [{ minibatch: { dimension, size: 0 } }, /minibatch.size must be an integer ≥ 1, got 0/],
    [
      { minibatch: { dimension, size: 1001 } },
      /minibatch.size must be at most the 1000 rows of 'row', got 1001/,
    ],
    [{ minibatch: { dimension: 'rwo', size: 10 } }, /got 'rwo'; did you mean 'row'/],
    [{ minibatch: { dimension: 3, size: 10 } }, /minibatch.dimension must be the name of a dimension, got 3/],
    [{ minibatch: { dimension, size: 10, rows: 3 } }, /there is no option 'rows'/],
    [
      { minibatch: { dimension, size: 10 }, family: 'flow' },
      /goes with Gaussian families, got family 'flow'/,
    ],
    [
      { minibatch: { dimension, size: 10 }, guide: () => undefined },
      /goes with Gaussian families, got a guide/,
    ],
  ])('%j', async (options, message) => {
    await expect(variational(logistic(1000), { seed: 1, ...options } as never)).rejects.toThrow(message);
  });

  it('needs a model', async () => {
    const standard = fromFunction({ dimension: 1, density: (position) => -(position[0] ** 2) / 2 });
    const options = { seed: 1, minibatch: { dimension, size: 10 } };
    await expect(variational(standard, options)).rejects.toThrow(/minibatch needs a conditioned model/);
  });
});
