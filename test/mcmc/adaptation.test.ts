/** Warm-up: windows and dual averaging. */
import { expect, test } from 'vitest';
import { Harness } from './kernels-module';

const flat = (_: Float64Array, gradient: Float64Array): number => {
  gradient[0] = 0;
  return 0;
};

// Last transitions of the windows as CmdStan 2.3x has them (75 + 25·2ᵏ + 50; shorter warm-ups 15 : 75 : 10).
test.each([
  [1000, [99, 149, 249, 449, 949], 875],
  [500, [99, 149, 249, 449], 375],
  [300, [99, 149, 249], 175],
  [150, [99], 25],
  [100, [89], 75],
  [20, [17], 15],
  [19, [], 0],
])('windows of %i transitions', async (warmup, expected, counted) => {
  const harness = await Harness.create(1, flat);
  const { kernels } = harness;
  const chain = harness.chainAt([0], [1]);
  kernels.configureRun(chain, warmup, 1, 0.8, 0);
  const ends = kernels.allocate(400);
  const inside = kernels.allocate(16);
  const found = kernels.windowEnds(chain, 0, ends, inside);
  expect([...harness.integers(ends, found)]).toEqual(expected);
  expect(harness.integers(inside, 1)[0]).toBe(counted);
});

// Nothing for at most 50 transitions, then windows of a quarter of the time since, and a final 15 % for the step size.
test.each([
  [500, [59, 69, 79, 89, 99, 111, 126, 145, 169, 199, 236, 282, 340, 424], 375],
  [100, [24, 34, 44, 54, 64, 84], 70],
  [20, [12, 16], 14],
  [19, [], 0],
])('short windows of %i transitions', async (warmup, expected, counted) => {
  const harness = await Harness.create(1, flat);
  const { kernels } = harness;
  const chain = harness.chainAt([0], [1]);
  kernels.configureRun(chain, warmup, 1, 0.8, 0);
  const ends = kernels.allocate(400);
  const inside = kernels.allocate(16);
  const found = kernels.windowEnds(chain, 1, ends, inside);
  expect([...harness.integers(ends, found)]).toEqual(expected);
  expect(harness.integers(inside, 1)[0]).toBe(counted);
});

test('dual averaging follows its recursion', async () => {
  const harness = await Harness.create(1, flat);
  const { kernels } = harness;
  const chain = harness.chainAt([0], [1]);
  kernels.configureRun(chain, 100, 1, 0.8, 0.25);
  const acceptances = [0.1, 0.95, 0.7, 1, 0.85, 0.2, 0.9];
  const pointer = kernels.allocate(8 * (acceptances.length + 1));
  kernels.averageOver(chain, harness.put(acceptances), acceptances.length, pointer);

  // Hoffman & Gelman (2014), equation 6, with their constants.
  let errorSum = 0;
  let average = 0;
  const expected: number[] = [];
  acceptances.forEach((acceptance, i) => {
    const t = i + 1;
    errorSum = (1 - 1 / (t + 10)) * errorSum + (0.8 - acceptance) / (t + 10);
    const x = Math.log(10 * 0.25) - (Math.sqrt(t) / 0.05) * errorSum;
    average = t ** -0.75 * x + (1 - t ** -0.75) * average;
    expected.push(Math.exp(x));
  });
  expected.push(Math.exp(average));
  harness
    .view(pointer, expected.length)
    .forEach((value, i) => expect(value / expected[i]).toBeCloseTo(1, 12));
});
