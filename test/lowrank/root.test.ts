/** The root of a metric of low rank against plain matrices, trajectories under it, and what is learnt from draws. */
import { describe, expect, test } from 'vitest';
import { Generator } from '../../bench/random';
import { lowRankMetric } from '../../src/inference/low-rank-metric';
import { Harness } from '../mcmc/kernels-module';
import {
  density,
  dot,
  drawFrom,
  type Structured,
  structured,
  timesCovariance,
  timesPrecision,
} from '../../bench/models/structured-gaussian';

const LOW_RANK = 4;
const random = new Generator(11);

/** A chain at 0 whose metric is the covariance of the Gaussian. */
function chainWith(harness: Harness, { scales, eigenvalues, directions }: Structured): number {
  const { kernels } = harness;
  const chain = kernels.createChain(LOW_RANK, 1n, 0, kernels.scoreBytes(LOW_RANK));
  const root = kernels.rootOf(chain);
  harness.view(root).set(scales);
  kernels.setDirectionCount(root, eigenvalues.length);
  eigenvalues.forEach((value, k) => {
    kernels.setEigenvalue(root, k, value);
    harness.view(kernels.direction(root, k)).set(directions[k]);
  });
  kernels.evaluate(chain);
  return chain;
}

const relativeTo = (expected: Float64Array): number => Math.max(...expected.map(Math.abs));

function expectClose(found: Float64Array, expected: Float64Array): void {
  found.forEach((value, i) =>
    expect(Math.abs(value - expected[i]) / relativeTo(expected)).toBeLessThan(1e-12),
  );
}

// Directions are taken four at a time, vectors four elements at a time: with and without a rest.
describe.each([
  [7, [100]],
  [8, [9, 0.04, 16, 0.01]],
  [13, [50, 0.1, 3, 0.3, 7, 0.02]],
  [33, [20, 0.1, 5, 0.3, 7, 0.02, 4, 9]],
])('%i dimensions, eigenvalues %j', (dimension, eigenvalues) => {
  const gaussian = structured(dimension, 100, eigenvalues);
  const mean = random.normals(dimension);

  test('S Sᵀ is the inverse metric, and momenta S⁻ᵀz have the metric as covariance', async () => {
    const harness = await Harness.create(dimension, density(gaussian, mean));
    const { kernels } = harness;
    const root = kernels.rootOf(chainWith(harness, gaussian));
    const apply = (name: 'multiplyLowRank' | 'multiplyLowRankTransposed' | 'solveLowRankTransposed') => {
      const result = kernels.allocate(kernels.vectorBytes());
      return (x: ArrayLike<number>): Float64Array => {
        const padded = kernels.allocate(kernels.vectorBytes());
        harness.view(padded).set(x);
        kernels[name](root, padded, result);
        return harness.view(result).slice();
      };
    };
    const [multiply, transposed, solve] = [
      apply('multiplyLowRank'),
      apply('multiplyLowRankTransposed'),
      apply('solveLowRankTransposed'),
    ];
    const units = Array.from({ length: dimension }, (_, i) =>
      Float64Array.from({ length: dimension }, (__, j) => (i === j ? 1 : 0)),
    );
    for (const unit of units) {
      expectClose(multiply(transposed(unit)), timesCovariance(gaussian, unit));
      expectClose(solve(transposed(unit)), unit);
    }
    // Covariance of S⁻ᵀz for z ~ N(0, I): the sum of (S⁻ᵀeᵢ)(S⁻ᵀeᵢ)ᵀ.
    const x = random.normals(dimension);
    const covariance = new Float64Array(dimension);
    for (const unit of units) {
      const column = solve(unit);
      const share = column.reduce((sum, value, i) => sum + value * x[i], 0);
      column.forEach((value, i) => (covariance[i] += share * value));
    }
    expectClose(covariance, timesPrecision(gaussian, x));
  });

  test('trajectories are those of velocity Verlet, and come back', async () => {
    // The target has another covariance than the metric.
    const target = structured(dimension, 30, [2, 0.5]);
    const harness = await Harness.create(dimension, density(target, mean));
    const { kernels } = harness;
    const chain = chainWith(harness, gaussian);
    const whitened = random.normals(dimension, 1);
    const start = harness.pointAt(chain, [...whitened]);
    const step = 0.05;
    const end = kernels.integrate(chain, start, step, 20);

    const root = kernels.rootOf(chain);
    const padded = kernels.allocate(kernels.vectorBytes());
    harness.view(padded).set(whitened);
    const result = kernels.allocate(kernels.vectorBytes());
    kernels.multiplyLowRank(root, padded, result);
    const velocity = harness.view(result).slice();
    const position = new Float64Array(dimension);
    const gradient = new Float64Array(dimension);
    const logDensity = density(target, mean);
    const kick = (): number => {
      const value = logDensity(position, gradient);
      timesCovariance(gaussian, gradient).forEach((force, i) => (velocity[i] += (step / 2) * force));
      return value;
    };
    let value = 0;
    for (let n = 0; n < 20; n++) {
      kick();
      velocity.forEach((v, i) => (position[i] += step * v));
      value = kick();
    }
    expectClose(harness.view(kernels.positionOf(end)).slice(), position);
    // ½ pᵀM⁻¹p with p = M·velocity.
    const kinetic = timesPrecision(gaussian, velocity).reduce((sum, p, i) => sum + (p * velocity[i]) / 2, 0);
    expect(kernels.energyOf(end)).toBeCloseTo(kinetic - value, 9);

    const back = kernels.integrate(chain, end, -step, 20);
    harness.view(kernels.positionOf(back)).forEach((x, i) => {
      expect(Math.abs(x) / gaussian.scales[i]).toBeLessThan(1e-11);
    });
    harness.view(kernels.momentumOf(back)).forEach((p, i) => expect(p).toBeCloseTo(whitened[i], 11));
  });
});

/** What is learnt from draws of Gaussians, one after the other, about one mean. */
async function learnt(...windows: readonly (readonly [Structured, number])[]): Promise<Structured> {
  const [[first]] = windows;
  const dimension = first.scales.length;
  const mean = random.normals(dimension);
  const harness = await Harness.create(dimension, density(first, mean));
  const { kernels } = harness;
  const chain = kernels.createChain(LOW_RANK, 1n, 0, kernels.scoreBytes(LOW_RANK));
  const position = kernels.allocate(kernels.vectorBytes());
  const score = kernels.allocate(kernels.vectorBytes());
  for (const [gaussian, draws] of windows) {
    for (let j = 0; j < draws; j++) {
      const distance = drawFrom(gaussian, random);
      harness.view(position).set(distance.map((value, i) => mean[i] + value));
      harness.view(score).set(timesPrecision(gaussian, distance).map((value) => -value));
      kernels.takeIn(chain, position, score);
    }
  }
  kernels.learn(chain);
  const count = kernels.chainDirections(chain);
  const copied = kernels.allocate(8 * count * (dimension + 1));
  kernels.copyDirections(chain, copied);
  const { eigenvalues, eigenvectors, scales } = lowRankMetric(
    Float64Array.of(...harness.view(kernels.rootOf(chain)), ...harness.view(copied, count * (dimension + 1))),
    dimension,
  );
  return { scales, eigenvalues: [...eigenvalues], directions: eigenvectors };
}

/** Largest |log| of quotients of variances, along random x (which wide directions rule) and Σ⁻¹x (narrow ones). */
function distance(found: Structured, gaussian: Structured): number {
  let largest = 0;
  for (const times of [timesCovariance, timesPrecision]) {
    for (let repeat = 0; repeat < 50; repeat++) {
      const x = random.normals(found.scales.length);
      const quotient = dot(times(found, x), x) / dot(times(gaussian, x), x);
      largest = Math.max(largest, Math.abs(Math.log(quotient)));
    }
  }
  return largest;
}

describe('of a Gaussian', () => {
  test('fewer draws than dimensions tell the strong directions', async () => {
    const gaussian = structured(1000, 1000, [400, 50, 0.1, 0.01]);
    const found = await learnt([gaussian, 140]);
    expect(found.eigenvalues).toHaveLength(4);
    [0.01, 0.1, 50, 400].forEach((value, k) => expect(found.eigenvalues[k] / value).toBeCloseTo(1, 1));
    expect(distance(found, gaussian)).toBeLessThan(0.05);
    // What 'diagonal' would take for scales is another thing.
    expect(distance({ ...found, eigenvalues: [], directions: [] }, gaussian)).toBeGreaterThan(0.3);
  });

  test('rows are orthonormal', async () => {
    const { directions } = await learnt([structured(50, 1000, [1e4, 0.1, 0.01]), 30]);
    expect(directions.length).toBeGreaterThanOrEqual(3);
    directions.forEach((row, i) => {
      directions.forEach((other, j) => expect(dot(row, other)).toBeCloseTo(i === j ? 1 : 0, 12));
    });
  });

  test('independent dimensions have no directions, and exact scales', async () => {
    const gaussian = structured(200, 1e6, []);
    const found = await learnt([gaussian, 50]);
    expect(found.eigenvalues).toEqual([]);
    found.scales.forEach((scale, i) => expect(scale / gaussian.scales[i]).toBeCloseTo(1, 10));
  });

  test('the newest draws count where there are more than are kept', async () => {
    const before = structured(200, 10, [0.01]);
    const gaussian = {
      ...structured(200, 10, [100]),
      directions: structured(200, 10, [1, 1]).directions.slice(1),
    };
    const found = await learnt([before, 150], [gaussian, 160]);
    expect(distance(found, gaussian)).toBeLessThan(0.2);
    expect(distance(found, before)).toBeGreaterThan(1);
  });

  test('two draws tell nothing', async () => {
    const found = await learnt([structured(5, 10, [100]), 2]);
    expect(found.eigenvalues).toEqual([]);
    expect([...found.scales]).toEqual([1, 1, 1, 1, 1]);
  });
});
