/** Discrete parameters in models: their masses by hand, whole coordinates without Jacobian, bounds, and what is refused. */
import { describe, expect, test } from 'vitest';
import {
  bernoulli,
  betaBinomial,
  binomial,
  categorical,
  discreteUniform,
  type Distribution,
  gamma,
  geometric,
  hypergeometric,
  model,
  multinomial,
  negativeBinomial,
  normal,
  ordered,
  poisson,
  type Posterior,
  vector,
} from '../../src';
import { fullInstance, type FullExports, type Instance } from '../../src/backend/wasm';
import { BaselineProgram } from '../../src/backend/baseline';
import { boundsOf } from '../../src/model/discrete';

const factorial = (n: number): number => (n <= 1 ? 1 : n * factorial(n - 1));
const choose = (n: number, k: number): number => factorial(n) / (factorial(k) * factorial(n - k));
/** B(a, b) of whole numbers. */
const betaFunction = (a: number, b: number): number =>
  (factorial(a - 1) * factorial(b - 1)) / factorial(a + b - 1);

const log = Math.log;
const masses: [string, Distribution<0>, number, (k: number) => number][] = [
  ['poisson', poisson(3), 4, (k) => log((3 ** k * Math.exp(-3)) / factorial(k))],
  ['bernoulli', bernoulli(0.3), 1, (k) => log(k === 1 ? 0.3 : 0.7)],
  ['binomial', binomial(5, 0.4), 5, (k) => log(choose(5, k) * 0.4 ** k * 0.6 ** (5 - k))],
  ['categorical', categorical([0.2, 0.5, 0.3]), 2, (k) => log([0.2, 0.5, 0.3][k])],
  ['geometric', geometric(0.25), 4, (k) => log(0.25 * 0.75 ** k)],
  [
    'negativeBinomial',
    negativeBinomial(2, 3),
    4,
    // mean 2, size 3
    (k) => log(choose(k + 2, k) * (2 / 5) ** k * (3 / 5) ** 3),
  ],
  ['discreteUniform', discreteUniform(0, 6), 6, () => log(1 / 7)],
  [
    'betaBinomial',
    betaBinomial(4, 2, 3),
    4,
    (k) => log((choose(4, k) * betaFunction(k + 2, 4 - k + 3)) / betaFunction(2, 3)),
  ],
  [
    'hypergeometric',
    hypergeometric(3, 4, 5),
    3,
    (k) => log((choose(4, k) * choose(5, 3 - k)) / choose(9, 3)),
  ],
];

async function loaded(posterior: Posterior): Promise<Instance<FullExports>> {
  const instance = await fullInstance(posterior.target);
  instance.tolerant = true;
  return instance;
}

describe('the mass of', () => {
  test.each(masses)('%s', async (_, distribution, most, expected) => {
    const posterior = model().param('k', distribution).condition();
    const instance = await loaded(posterior);
    const baseline = new BaselineProgram(posterior.target.program);
    const at = (k: number): number => {
      const slope = Float64Array.of(NaN);
      const value = instance.density(Float64Array.of(k), slope);
      expect(slope[0]).toBe(0);
      const plain = baseline.density([k], new Float64Array(1));
      if (Number.isFinite(value)) expect(plain).toBeCloseTo(value, 10);
      else expect(plain).toBe(value);
      return value;
    };
    for (let k = 0; k <= most; k++) expect(at(k)).toBeCloseTo(expected(k), 12);
    for (const outside of [-1, -5, 0.5, 1.25, most - 0.5]) expect(at(outside)).toBe(-Infinity);
    const { upper, lower } = boundsOf(posterior.discrete[0]);
    if (upper[0] < Infinity) expect(at(upper[0] + 1)).toBe(-Infinity);
    expect([...lower]).toEqual([0]);
    expect(posterior.terms).toHaveLength(1);
  });
});

const mixed = model({ y: vector('row') })
  .param('rate', gamma(2, 1))
  .param('n', ({ rate }) => poisson(rate))
  .param('z', ({ n }) => binomial(n, [0.5, 0.2]), { dims: ['part'] })
  .param('mu', normal(0, 1))
  .observe('y', ({ mu, z }) => normal(mu.add(z.sum()), 1))
  .dim('part', 2);
const posterior = mixed.condition({ y: [1, 2] });

test('the position holds whole numbers as they are, and gradients are 0 along them', async () => {
  expect(posterior.dimension).toBe(5);
  expect(posterior.integers).toEqual([1, 2, 3]);
  expect(posterior.target.integers).toEqual([1, 2, 3]);
  expect(posterior.valueTarget.integers).toEqual([1, 2, 3]);
  expect(posterior.discrete.map(({ name }) => name)).toEqual(['n', 'z']);
  expect(posterior.layout.quantities.map(({ discrete }) => discrete)).toEqual([
    undefined,
    true,
    true,
    undefined,
  ]);
  const instance = await loaded(posterior);
  const u = 0.3;
  const slope = new Float64Array(5);
  const value = instance.density(Float64Array.of(u, 4, 2, 1, 0.7), slope);
  const rate = Math.exp(u);
  const normalLog = (x: number, mean: number): number => -0.5 * (x - mean) ** 2 - 0.5 * log(2 * Math.PI);
  const expected =
    log(rate * Math.exp(-rate)) +
    u +
    log((rate ** 4 * Math.exp(-rate)) / 24) +
    log(choose(4, 2) * 0.5 ** 4) +
    log(choose(4, 1) * 0.2 * 0.8 ** 3) +
    normalLog(0.7, 0) +
    normalLog(1, 3.7) +
    normalLog(2, 3.7);
  expect(value).toBeCloseTo(expected, 12);
  expect([...slope.subarray(1, 4)]).toEqual([0, 0, 0]);
  // Of the real coordinates as ever: by hand.
  expect(slope[4]).toBeCloseTo(-0.7 + (1 - 3.7) + (2 - 3.7), 12);
  expect(slope[0]).toBeCloseTo(1 - rate + 1 + 4 - rate, 12);
  // More parts than the whole.
  expect(instance.density(Float64Array.of(u, 1, 2, 1, 0.7), slope)).toBe(-Infinity);
  expect([...instance.call(1, Float64Array.of(u, 4, 2, 1, 0.7), 5)]).toEqual([rate, 4, 2, 1, 0.7]);
});

test('bounds are known where they depend on no parameter', () => {
  const bounds = (name: string): number[][] => {
    const { lower, upper } = boundsOf(posterior.discrete.find((parameter) => parameter.name === name)!);
    return [[...lower], [...upper]];
  };
  expect(bounds('n')).toEqual([[0], [Infinity]]);
  expect(bounds('z')).toEqual([
    [0, 0],
    [Infinity, Infinity],
  ]);
  const known = model({ trials: vector('row') })
    .param('k', ({ trials }) => binomial(trials, 0.5), { dims: ['row'] })
    .condition({ trials: [3, 8] });
  expect(boundsOf(known.discrete[0]).upper).toEqual(Float64Array.of(3, 8));
});

test('continuous models have no integers', () => {
  const plain = model().param('mu', normal(0, 1)).condition();
  expect(plain.target).not.toHaveProperty('integers');
  expect(plain.layout.quantities[0]).not.toHaveProperty('discrete');
});

test.each([
  [
    'noncentered',
    () => model().param('k', poisson(3), { noncentered: true }).condition(),
    "parameter 'k': poisson is discrete: noncentered and constraint are not for it; truncate cuts it off",
  ],
  [
    'a constraint',
    () =>
      model()
        .param('k', poisson([3, 3]), { constraint: ordered })
        .condition(),
    "parameter 'k': poisson is discrete: noncentered and constraint are not for it; truncate cuts it off",
  ],
  [
    'whole vectors',
    () =>
      model()
        .param('k', multinomial(3, [0.5, 0.5]))
        .condition(),
    "parameter 'k': multinomial is for data: numbers of its vectors cannot move one by one; use binomials, given each other",
  ],
])('%s is refused', (_, condition, message) => {
  expect(condition).toThrow(message);
});
