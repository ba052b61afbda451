/** L-BFGS in the module: known maxima, the recorded trajectory, and densities that break off or have no maximum. */
import { expect, test } from 'vitest';
import { fullInstance } from '../../src/backend/wasm';
import { lbfgs } from '../../src/inference/optimize/lbfgs';
import type { DensityFunction } from '../../src/target/target';

const settings = { memory: 10, tolerance: 1e-16, maxIterations: 1000 };
const instanceOf = (dimension: number, density: DensityFunction) =>
  fullInstance({ kind: 'function', dimension, density });

/** −Σ 100(x₂ₖ − x₂ₖ₋₁²)² + (1 − x₂ₖ₋₁)², highest at 1. */
const rosenbrock: DensityFunction = (x, gradient) => {
  let value = 0;
  for (let i = 0; i < x.length; i += 2) {
    const [a, b] = [x[i], x[i + 1]];
    const r = b - a * a;
    value -= 100 * r * r + (1 - a) * (1 - a);
    gradient[i] = 400 * a * r + 2 * (1 - a);
    gradient[i + 1] = -200 * r;
  }
  return value;
};

test.each([2, 6, 50])("finds the top of Rosenbrock's valley in %i dimensions", async (dimension) => {
  const instance = await instanceOf(dimension, rosenbrock);
  const start = Float64Array.from({ length: dimension }, (_, i) => (i % 2 ? 1 : -1.2));
  const { position, ending, iterations, evaluations } = lbfgs(instance, start, settings);
  expect(['converged', 'stalled']).toContain(ending);
  for (const x of position) expect(x).toBeCloseTo(1, 8);
  expect(iterations).toBeLessThan(150);
  expect(evaluations).toBeLessThan(2 * iterations + 40);
});

test('records the way: values and gradients of the density, ever higher', async () => {
  const instance = await instanceOf(4, rosenbrock);
  const start = Float64Array.of(-1.2, 1, 2, -1);
  const { trajectory, iterations, position } = lbfgs(instance, start, { ...settings, record: true });
  const { positions, gradients, logDensities } = trajectory!;
  expect(logDensities.length).toBe(iterations + 1);
  expect(positions.subarray(0, 4)).toEqual(start);
  expect(positions.subarray(-4)).toEqual(position);
  const gradient = new Float64Array(4);
  logDensities.forEach((value, k) => {
    expect(value).toBe(rosenbrock(positions.subarray(4 * k, 4 * k + 4), gradient));
    expect(gradients.subarray(4 * k, 4 * k + 4)).toEqual(gradient);
    if (k > 0) expect(value).toBeGreaterThanOrEqual(logDensities[k - 1] - 1e-12);
  });
});

test('a badly scaled Gaussian: scales from 10⁻² to 10²', async () => {
  const scales = [1e-2, 1e-1, 1, 1e1, 1e2];
  const instance = await instanceOf(5, (x, gradient) => {
    let value = 0;
    scales.forEach((scale, i) => {
      const z = (x[i] - 3) / scale;
      value -= (z * z) / 2;
      gradient[i] = -z / scale;
    });
    return value;
  });
  const { position } = lbfgs(instance, new Float64Array(5), settings);
  scales.forEach((scale, i) => expect(Math.abs(position[i] - 3) / scale).toBeLessThan(1e-6));
});

test('steps back where the density breaks off', async () => {
  // log x − x, not a number below 0: the first steps overshoot.
  const instance = await instanceOf(1, ([x], gradient) => {
    gradient[0] = 1000 * (1 / x - 1);
    return 1000 * (Math.log(x) - x);
  });
  const { position, ending } = lbfgs(instance, Float64Array.of(1e-3), settings);
  expect(['converged', 'stalled']).toContain(ending);
  expect(position[0]).toBeCloseTo(1, 8);
});

test('says so when the start is impossible, or iterations run out', async () => {
  const broken = await instanceOf(1, () => NaN);
  expect(lbfgs(broken, new Float64Array(1), settings).ending).toBe('start');
  const slope = await instanceOf(1, ([x], gradient) => {
    gradient[0] = 1;
    return x;
  });
  const { ending, iterations } = lbfgs(slope, new Float64Array(1), { ...settings, maxIterations: 20 });
  expect(iterations).toBeLessThanOrEqual(20);
  expect(['limit', 'stalled']).toContain(ending);
});
