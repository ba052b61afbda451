/** Empirical Bayes on ridge regression against closed forms: an orthogonal design has the best scale in a formula. */
import { beforeAll, describe, expect, test } from 'vitest';
import {
  empiricalBayes,
  exact,
  exactEvidence,
  inverseGamma,
  laplaceApproximation,
  laplaceEvidence,
  type LinearRegression,
  linearRegression,
  matmul,
  matrix,
  maximumAPosteriori,
  model,
  normal,
  type Posterior,
  random,
  sqrt,
  vector,
} from '../../src';

const [ROWS, COLUMNS, NOISE] = [40, 8, 0.7];

interface Design {
  readonly x: number[][];
  readonly y: Float64Array;
  /** Squared coordinates of y along the columns, and what is left of y outside their span. */
  readonly along: readonly number[];
  readonly outside: number;
}

const dot = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
};

/** Columns at right angles, of the given lengths. */
async function design(seed: number, lengths: readonly number[]): Promise<Design> {
  const stream = await random(seed);
  const basis: Float64Array[] = [];
  for (let k = 0; k < COLUMNS; k++) {
    const column = stream.normal(ROWS);
    // Twice, so that rounding is gone too.
    for (const other of [...basis, ...basis]) {
      const share = dot(column, other);
      for (let i = 0; i < ROWS; i++) column[i] -= share * other[i];
    }
    const length = Math.sqrt(dot(column, column));
    basis.push(column.map((value) => value / length));
  }
  const truth = stream.normal(COLUMNS, 0, 0.6);
  const y = stream.normal(ROWS, 0, NOISE);
  for (let i = 0; i < ROWS; i++) {
    for (let k = 0; k < COLUMNS; k++) y[i] += lengths[k] * basis[k][i] * truth[k];
  }
  const along = basis.map((column) => dot(column, y) ** 2);
  const x = Array.from({ length: ROWS }, (_, i) => basis.map((column, k) => lengths[k] * column[i]));
  return { x, y, along, outside: dot(y, y) - along.reduce((sum, value) => sum + value, 0) };
}

/** log N(y; 0, noise² + scale² x xᵀ), along the eigenvectors of the covariance. */
function logEvidence(
  { along, outside }: Design,
  lengths: readonly number[],
  scale: number,
  noise: number,
): number {
  let value = -(ROWS / 2) * Math.log(2 * Math.PI) - (ROWS - COLUMNS) * Math.log(noise);
  value -= outside / noise ** 2 / 2;
  along.forEach((square, k) => {
    const variance = noise ** 2 + (scale * lengths[k]) ** 2;
    value -= (Math.log(variance) + square / variance) / 2;
  });
  return value;
}

const same = Array.from({ length: COLUMNS }, () => 3);
const different = Array.from({ length: COLUMNS }, (_, k) => 1 + k);

describe('ridge regression', () => {
  let equal: Design;
  let unequal: Design;
  beforeAll(async () => {
    equal = await design(1, same);
    unequal = await design(2, different);
  });

  test('the scale of greatest evidence is that of the formula', async () => {
    const mean = equal.along.reduce((sum, value) => sum + value, 0) / COLUMNS;
    const formula = Math.sqrt(mean - NOISE ** 2) / 3;
    // The whole way through models: the Laplace approximation is exact where the posterior is normal.
    const ridge = (scale: number): Posterior =>
      model({ x: matrix('row', 'column'), y: vector('row') })
        .param('b', normal(0, scale), { dims: ['column'] })
        .observe('y', ({ x, b }) => normal(matmul(x, b), NOISE))
        .condition({ x: equal.x, y: equal.y }) as unknown as Posterior;
    const found = await empiricalBayes({ scale: [1e-3, 1e3] }, async ({ scale }) => {
      const posterior = ridge(scale);
      return laplaceEvidence(
        posterior,
        await laplaceApproximation(posterior, { seed: 1, starts: 1, draws: 1 }),
      ).estimate;
    });
    expect(found).toMatchObject({ converged: true, atEdge: [] });
    expect(found.hyperparameters.scale / formula).toBeCloseTo(1, 6);
    expect(found.logEvidence).toBeCloseTo(logEvidence(equal, same, formula, NOISE), 8);

    // The mode under the chosen prior is the ridge fit of strength (noise/scale)².
    const mode = await maximumAPosteriori(ridge(formula), { seed: 1, starts: 1 });
    const strength = (NOISE / formula) ** 2;
    mode.values.forEach((value, k) => {
      const column = equal.x.map((row) => row[k]);
      expect(value).toBeCloseTo(dot(column, equal.y) / (9 + strength), 8);
    });
  });

  test('scale and noise together, where both have a formula', async () => {
    const noise = Math.sqrt(equal.outside / (ROWS - COLUMNS));
    const mean = equal.along.reduce((sum, value) => sum + value, 0) / COLUMNS;
    const scale = Math.sqrt(mean - noise ** 2) / 3;
    const found = await empiricalBayes(
      { scale: [1e-2, 1e2], noise: [1e-2, 1e2] },
      (at) => logEvidence(equal, same, at.scale, at.noise),
      { maxEvaluations: 5000 },
    );
    expect(found.converged).toBe(true);
    expect(found.hyperparameters.scale / scale).toBeCloseTo(1, 5);
    expect(found.hyperparameters.noise / noise).toBeCloseTo(1, 5);
  });

  test('columns of different lengths: the slope of the evidence is 0 at the scale found', async () => {
    const found = await empiricalBayes({ scale: [1e-3, 1e3] }, ({ scale }) =>
      logEvidence(unequal, different, scale, NOISE),
    );
    // Newton's method on the derivative by u = log scale²: Σ ½ w (square/variance − 1), w the prior's share of variance.
    let u = 0;
    for (let iteration = 0; iteration < 50; iteration++) {
      let [slope, curvature] = [0, 0];
      unequal.along.forEach((square, k) => {
        const signal = Math.exp(u) * different[k] ** 2;
        const variance = NOISE ** 2 + signal;
        const w = signal / variance;
        slope += (w * (square / variance - 1)) / 2;
        curvature += (w * (1 - w) * (square / variance - 1) - (w * w * square) / variance) / 2;
      });
      u -= Math.max(-1, Math.min(1, slope / curvature));
    }
    expect(found.hyperparameters.scale / Math.exp(u / 2)).toBeCloseTo(1, 6);
  });

  test('unknown noise: the same as the regression tunes for itself', async () => {
    const prior = { shape: 2, scale: 1 };
    const regression = model({ x: matrix('row', 'column'), y: vector('row') });
    const at = (sd: number): Posterior =>
      regression
        .param('v', inverseGamma(prior.shape, prior.scale))
        .param('b', ({ v }) => normal(0, sqrt(v).mul(sd)), { dims: ['column'] })
        .observe('y', ({ x, b, v }) => normal(matmul(x, b), sqrt(v)))
        .condition({ x: unequal.x, y: unequal.y }) as unknown as Posterior;
    const found = await empiricalBayes({ sd: [1e-2, 1e2] }, ({ sd }) => exactEvidence(at(sd)).estimate);
    const start = linearRegression({ predictors: COLUMNS, sd: 1, ...prior });
    const tuned = start.update({ x: unequal.x, y: unequal.y }).tunePriorScale();
    expect(found.logEvidence).toBeCloseTo(tuned.logEvidence, 9);
    const chosen = exact(at(found.hyperparameters.sd)) as LinearRegression;
    chosen.mean.coefficients.forEach((value, k) => expect(value).toBeCloseTo(tuned.mean.coefficients[k], 6));
  });
});

describe('the search', () => {
  test('says where a maximum lies at the edge, and where evaluations ran out', async () => {
    const rising = await empiricalBayes({ a: [1, 10] }, ({ a }) => Math.log(a));
    expect(rising.atEdge).toEqual(['a']);
    expect(rising.hyperparameters.a).toBeCloseTo(10, 4);
    const short = await empiricalBayes({ a: [1, 10] }, ({ a }) => -((a - 3) ** 2), { maxEvaluations: 5 });
    expect(short.converged).toBe(false);
    expect(short.evaluations).toBeLessThanOrEqual(6);
  });

  test('steps over evidence that does not exist, and says where none does', async () => {
    const found = await empiricalBayes({ a: [1e-2, 100] }, ({ a }) =>
      a > 20 ? NaN : -(Math.log(a / 5) ** 2),
    );
    expect(found.hyperparameters.a).toBeCloseTo(5, 4);
    await expect(empiricalBayes({ a: [1, 2] }, () => NaN)).rejects.toThrow(
      'empiricalBayes: the log evidence was not finite anywhere it was looked at',
    );
  });

  test.each([
    [{}, 'empiricalBayes: there are no hyperparameters'],
    [{ a: [0, 1] as [number, number] }, "empiricalBayes: the range of 'a' must be [lower, upper]"],
    [{ a: [2, 1] as [number, number] }, "empiricalBayes: the range of 'a' must be [lower, upper]"],
  ])('refuses %j', async (ranges, message) => {
    await expect(empiricalBayes(ranges as Record<string, [number, number]>, () => 0)).rejects.toThrow(
      message,
    );
  });

  test('ends when asked to', async () => {
    const controller = new AbortController();
    let calls = 0;
    const search = empiricalBayes(
      { a: [1, 10] },
      ({ a }) => {
        if (++calls === 3) controller.abort(new Error('enough'));
        return a;
      },
      { signal: controller.signal },
    );
    await expect(search).rejects.toThrow('enough');
    expect(calls).toBe(3);
  });
});
