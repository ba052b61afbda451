/** Streams: reproducible, splitting, saved and restored; extreme parameters, and illegal ones. */
import { beforeAll, describe, expect, test } from 'vitest';
import { random, type RandomState, type RandomStream } from '../../src/random';
import { Generator } from './kernels-module';

let stream: RandomStream;
beforeAll(async () => {
  stream = await random(73);
});

describe('reproducible', () => {
  test('the same seed and calls give the same draws, another seed others', async () => {
    const [a, b, c] = [await random(5), await random(5n), await random(6)];
    const x = a.gamma(5000, 0.3);
    expect(b.gamma(5000, 0.3)).toEqual(x);
    expect(c.gamma(5000, 0.3)).not.toEqual(x);
  });

  test('these draws, everywhere', async () => {
    const s = await random(42);
    expect([s.normal(1)[0], s.gamma(1, 2.5)[0], s.poisson(1, 30)[0], s.beta(1, 0.2, 3)[0]])
      .toMatchInlineSnapshot(`
      [
        -0.023729072458027793,
        1.81070912837551,
        21,
        0.2584720226792361,
      ]
    `);
  });

  test('a stream lies 2^192 draws beyond the first chain of its seed', async () => {
    const generator = await Generator.load();
    generator.seed(9n, 0);
    generator.leap();
    expect(Array.from((await random(9)).uniform(100))).toEqual(
      Array.from(generator.draws('fillUniform', 100)),
    );
  });

  test('calls go on where the last ended, whatever the length of blocks', async () => {
    const [a, b] = [await random(8), await random(8)];
    const parts = [a.normal(10), a.normal(5000)].flatMap((x) => [...x]);
    expect(parts).toEqual([...b.normal(5010)]);
  });

  test('an array to fill is filled and returned', async () => {
    const out = new Float64Array(7);
    expect((await random(8)).normal(out, 5, 0)).toBe(out);
    expect([...out]).toEqual([5, 5, 5, 5, 5, 5, 5]);
  });

  test('streams in turns do not disturb each other', async () => {
    const [a, b, c] = [await random(1), await random(1), await random(2)];
    const x = a.normal(5);
    c.normal(5);
    expect([...x, ...a.normal(5)]).toEqual([...b.normal(10)]);
  });
});

describe('split', () => {
  test('gives the same children of the same state, others of the next', async () => {
    const [a, b] = [await random(1), await random(1)];
    const first = a.split(3).map((child) => child.uniform(10));
    expect(b.split(3).map((child) => child.uniform(10))).toEqual(first);
    const all = [...first, ...a.split(3).map((child) => child.uniform(10)), a.uniform(10)];
    expect(new Set(all.flatMap((x) => [...x])).size).toBe(70);
  });

  test('children are uncorrelated with their parent and each other', () => {
    const streams = [stream, ...stream.split(3)];
    streams.push(...streams[1].split(2));
    const draws = streams.map((s) => s.normal(100_000));
    for (let i = 0; i < draws.length; i++) {
      for (let j = 0; j < i; j++) {
        const sum = draws[i].reduce((total, x, n) => total + x * draws[j][n], 0);
        expect(Math.abs(sum) / Math.sqrt(draws[i].length)).toBeLessThan(4.9);
      }
    }
  });

  test('refuses what is not a number of streams', () => {
    expect(() => stream.split(1.5)).toThrow('split: streams must be an integer ≥ 0, got 1.5');
  });
});

describe('state', () => {
  test('saves as JSON and restores', async () => {
    stream.normal(3);
    const saved = JSON.parse(JSON.stringify(stream.save())) as RandomState;
    const x = stream.poisson(100, 40);
    const other = await random(saved);
    expect(other.poisson(100, 40)).toEqual(x);
    stream.restore(saved);
    expect(stream.poisson(100, 40)).toEqual(x);
  });

  test.each([
    [{ generator: 'mt19937', bits: '' }, "a state must be of the generator 'xoshiro256++', got mt19937"],
    [{ generator: 'xoshiro256++', bits: '12' }, 'bits of a state must be 64 hexadecimal digits'],
    [{ generator: 'xoshiro256++', bits: '0'.repeat(64) }, 'not all 0'],
  ])('refuses %j', async (state, message) => {
    await expect(random(state as RandomState)).rejects.toThrow(message);
    expect(() => stream.restore(state as RandomState)).toThrow(message);
  });

  test.each([-1, 1.5, NaN, 2 ** 53, 2n ** 64n])('refuses the seed %s', async (seed) => {
    await expect(random(seed)).rejects.toThrow(`random: seed must be an integer in [0, 2⁵³)`);
  });
});

describe('extreme parameters give draws of the support, not NaN', () => {
  const count = 20_000;
  test.each<[string, (s: RandomStream) => Float64Array, (x: number) => boolean]>([
    ['gamma 1e-10', (s) => s.gamma(count, 1e-10), (x) => x >= 0 && x < 100],
    ['gamma 1e-320', (s) => s.gamma(count, 1e-320), (x) => x === 0],
    ['gamma 1e10', (s) => s.gamma(count, 1e10), (x) => Math.abs(x / 1e10 - 1) < 1e-4],
    ['gamma 1e300', (s) => s.gamma(count, 1e300), (x) => Math.abs(x / 1e300 - 1) < 1e-9],
    ['logGamma 1e-10', (s) => s.logGamma(count, 1e-10), (x) => Number.isFinite(x)],
    ['inverse gamma 1e-10', (s) => s.inverseGamma(count, 1e-10), (x) => x > 0],
    ['beta 0.001', (s) => s.beta(count, 0.001, 0.001), (x) => x >= 0 && x <= 1],
    ['beta 5e-324', (s) => s.beta(count, 5e-324, 5e-324), (x) => x === 0 || x === 1],
    ['beta 1e300', (s) => s.beta(count, 1e300, 1e300), (x) => Math.abs(x - 0.5) < 1e-9],
    ['logBeta 1e-10', (s) => s.logBeta(count, 1e-10, 1e-10), (x) => x <= 0 && Number.isFinite(x)],
    ['Student 1e-3', (s) => s.studentT(count, 1e-3), (x) => !Number.isNaN(x)],
    ['Weibull 1e-3', (s) => s.weibull(count, 1e-3), (x) => x >= 0],
    ['inverse Gaussian, wide', (s) => s.inverseGaussian(count, 1e100, 1e-100), (x) => x >= 0 && x < Infinity],
    ['von Mises 1e300', (s) => s.vonMises(count, 0, 1e300), (x) => Math.abs(x) < 1e-148],
    ['geometric 1e-300', (s) => s.geometric(count, 1e-300), (x) => x >= 0 && x < Infinity],
    ['geometric 1', (s) => s.geometric(count, 1), (x) => x === 0],
    ['Poisson 0', (s) => s.poisson(count, 0), (x) => x === 0],
    ['Poisson 1e300', (s) => s.poisson(count, 1e300), (x) => x === 1e300],
    ['Poisson 1e15', (s) => s.poisson(count, 1e15), (x) => Math.abs(x / 1e15 - 1) < 1e-6],
    ['binomial, p 0', (s) => s.binomial(count, 2 ** 31 - 1, 0), (x) => x === 0],
    ['binomial, p 1', (s) => s.binomial(count, 2 ** 31 - 1, 1), (x) => x === 2 ** 31 - 1],
    ['binomial of none', (s) => s.binomial(count, 0, 0.3), (x) => x === 0],
    ['negative binomial, wide', (s) => s.negativeBinomial(count, 1e300, 1e-3), (x) => x >= 0],
    ['hypergeometric of none', (s) => s.hypergeometric(count, 0, 0, 0), (x) => x === 0],
    ['hypergeometric of all', (s) => s.hypergeometric(count, 9, 4, 5), (x) => x === 4],
    ['hypergeometric, one kind', (s) => s.hypergeometric(count, 3, 4, 0), (x) => x === 3],
  ])('%s', (_, draw, holds) => {
    expect(draw(stream).every(holds)).toBe(true);
    const one = draw(stream).subarray(0, 1);
    expect(one.every(holds)).toBe(true);
  });
});

describe('illegal arguments are named', () => {
  test.each<[string, (s: RandomStream) => unknown]>([
    ['normal: sd must be ≥ 0 and finite, got -1', (s) => s.normal(2, 0, -1)],
    ['normal: mean must be finite, got NaN at [1]', (s) => s.normal(2, [0, NaN])],
    ['normal: mean has 3 values for 2 draws', (s) => s.normal(2, [1, 2, 3])],
    ['normal: mean must be a number or an array', (s) => s.normal(2, '1' as never)],
    ['normal: expected how many draws to make', (s) => s.normal(-2)],
    ['normal: expected how many draws to make', (s) => s.normal([1, 2] as never)],
    ['gamma: shape must be > 0 and finite, got 0', (s) => s.gamma(2, 0)],
    ['beta: beta must be > 0 and finite, got Infinity', (s) => s.beta(2, 1, Infinity)],
    ['uniform: lower must be below upper', (s) => s.uniform(2, 1, 1)],
    ['poisson: mean must be ≥ 0 and finite, got -3', (s) => s.poisson(1, -3)],
    ['binomial: trials must be an integer in [0, 2⁵³), got 1.5', (s) => s.binomial(1, 1.5, 0.5)],
    ['binomial: probability must be between 0 and 1, got 1.1', (s) => s.binomial(1, 1, 1.1)],
    ['geometric: probability must be above 0', (s) => s.geometric(1, 0)],
    ['negativeBinomial: dispersion must be > 0', (s) => s.negativeBinomial(1, 1, 0)],
    ['hypergeometric: draws must be at most successes + failures', (s) => s.hypergeometric(1, 4, 1, 2)],
    ['discreteUniform: lower must not be above upper', (s) => s.discreteUniform(1, 2, 1)],
    ['categorical: the sum of weights must be > 0', (s) => s.categorical(1, [0, 0])],
    ['categorical: weights must be ≥ 0 and finite, got -1 at [1]', (s) => s.categorical(1, [1, -1])],
    ['categorical: weights must not be empty', (s) => s.categorical(1, [])],
    ['multinomial: trials has 2 values for 3 draws', (s) => s.multinomial(3, [1, 2], [1, 1])],
    ['dirichlet: concentration must be > 0', (s) => s.dirichlet(1, [1, 0])],
    ['dirichlet: an array for vectors of 2 cannot have 3', (s) => s.dirichlet(new Float64Array(3), [1, 1])],
    [
      'multivariateNormal: covariance must be symmetric',
      (s) => s.multivariateNormal(1, [0, 0], [1, 2, 0, 1]),
    ],
    ['covariance must be positive definite', (s) => s.multivariateNormal(1, [0, 0], [1, 2, 2, 1])],
    ['covariance must be a square matrix, got 3 elements', (s) => s.multivariateNormal(1, [0], [1, 2, 3])],
    ['wishart: df must be above 1 and finite, got 1', (s) => s.wishart(1, 1, [1, 0, 0, 1])],
    ['lkj: concentration must be > 0', (s) => s.lkj(1, 2, 0)],
    ['at most 2 can be drawn from 2, got 3', (s) => s.sampleWithoutReplacement(3, 2)],
    ['sampleWithReplacement: population must be', (s) => s.sampleWithReplacement(3, 0)],
  ])('%s', (message, draw) => {
    const before = stream.save();
    expect(() => draw(stream)).toThrow(message);
    expect(stream.save()).toEqual(before);
  });
});
