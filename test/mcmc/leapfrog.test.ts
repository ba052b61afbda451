/** The integrator: reversible, second order, right under both kinds of metric. */
import { describe, expect, test } from 'vitest';
import { Harness } from './kernels-module';

/** A banana: not Gaussian, coupled, smooth. */
function banana(x: Float64Array, gradient: Float64Array): number {
  const bend = x[1] - x[0] * x[0];
  gradient[0] = -x[0] + 4 * bend * x[0];
  gradient[1] = -2 * bend;
  gradient[2] = -x[2] / 4;
  return -0.5 * x[0] * x[0] - bend * bend - (x[2] * x[2]) / 8;
}

const DIAGONAL = [0.8, 1.3, 2];
const DENSE = [
  [0.8, 0, 0],
  [0.3, 1.1, 0],
  [-0.4, 0.2, 1.7],
];
const START = [0.3, -0.7, 1.2];
const MOMENTUM = [0.9, -0.4, 0.6];

/** Velocity Verlet with the inverse metric S Sᵀ, on plain momenta p = S⁻ᵀ p̃. */
function reference(root: readonly (readonly number[])[], step: number, count: number): number[] {
  const q = [...START];
  const velocity = root.map((row) => row.reduce((sum, s, j) => sum + s * MOMENTUM[j], 0));
  const gradient = new Float64Array(3);
  const kick = (): void => {
    banana(Float64Array.from(q), gradient);
    const force = [0, 1, 2].map((j) => root.reduce((sum, row, i) => sum + row[j] * gradient[i], 0));
    for (let i = 0; i < 3; i++) {
      velocity[i] += (step / 2) * root[i].reduce((sum, s, j) => sum + s * force[j], 0);
    }
  };
  for (let n = 0; n < count; n++) {
    kick();
    for (let i = 0; i < 3; i++) q[i] += step * velocity[i];
    kick();
  }
  return q;
}

describe.each([
  ['diagonal', DIAGONAL],
  ['dense', DENSE],
])('leapfrog with a %s metric', (_, root) => {
  const rows = Array.isArray(root[0])
    ? (root as number[][])
    : (root as number[]).map((s, i) => root.map((__, j) => (i === j ? s : 0)));

  test('follows velocity Verlet', async () => {
    const harness = await Harness.create(3, banana);
    const chain = harness.chainAt(START, root);
    const end = harness.kernels.integrate(chain, harness.pointAt(chain, MOMENTUM), 0.13, 20);
    const expected = reference(rows, 0.13, 20);
    harness.view(harness.kernels.positionOf(end)).forEach((q, i) => expect(q).toBeCloseTo(expected[i], 11));
  });

  test('comes back when time is reversed', async () => {
    const harness = await Harness.create(3, banana);
    const chain = harness.chainAt(START, root);
    const start = harness.pointAt(chain, MOMENTUM);
    const there = harness.kernels.integrate(chain, start, 0.1, 50);
    const back = harness.kernels.integrate(chain, there, -0.1, 50);
    harness.view(harness.kernels.positionOf(back)).forEach((q, i) => expect(q).toBeCloseTo(START[i], 11));
    harness.view(harness.kernels.momentumOf(back)).forEach((p, i) => expect(p).toBeCloseTo(MOMENTUM[i], 11));
  });

  test('conserves energy to second order', async () => {
    const harness = await Harness.create(3, banana);
    const chain = harness.chainAt(START, root);
    const start = harness.pointAt(chain, MOMENTUM);
    const error = (steps: number): number => {
      const end = harness.kernels.integrate(chain, start, 1.5 / steps, steps);
      return Math.abs(harness.kernels.energyOf(end) - harness.kernels.energyOf(start));
    };
    expect(error(32)).toBeLessThan(0.05);
    expect(error(256) / error(512)).toBeGreaterThan(3.8);
    expect(error(256) / error(512)).toBeLessThan(4.2);
  });
});
