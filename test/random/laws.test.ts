/**
 * Every distribution against cells of known mass (cells.json, by SciPy): χ², Kolmogorov–Smirnov, mean and variance; by
 * one parameter for all draws and by one for each, since long runs of equal parameters take other roads.
 *
 * Seeds are fixed; each threshold would be crossed by a right sampler with another seed once in a million times.
 */
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { random, type RandomStream } from '../../src/random';
import { chiSquaredDeviate, DEVIATE } from './deviates';

const COUNT = 200_000;
/** √n D beyond this has probability 1e-6 (Kolmogorov's limit; less where the law is discrete). */
const KOLMOGOROV = 2.7;

type Method = 'gamma' | 'beta' | 'hypergeometric';
interface Case {
  readonly name: Method;
  readonly parameters: readonly number[];
  readonly edges: readonly number[];
  readonly masses: readonly number[];
  /** Mean, variance, excess kurtosis. */
  readonly moments: readonly (number | null)[];
}

const cases = JSON.parse(readFileSync(new URL('cells.json', import.meta.url), 'utf8')) as Case[];

let stream: RandomStream;
beforeAll(async () => {
  stream = await random(71);
});

function draw(name: Method, count: number, parameters: readonly (number | Float64Array)[]): Float64Array {
  const fill = stream[name] as (count: number, ...parameters: unknown[]) => Float64Array;
  return fill.call(stream, count, ...parameters);
}

/** Draws between which others, of another member of the family, are made: no two neighbours have the same parameters. */
function drawOneByOne({ name, parameters }: Case): Float64Array {
  const others = cases.find((other) => other.name === name)!.parameters;
  const other = others === parameters ? cases.filter((c) => c.name === name).at(-1)!.parameters : others;
  const mixed = parameters.map((value, i) =>
    Float64Array.from({ length: 2 * COUNT }, (_, j) => (j % 2 === 0 ? value : other[i])),
  );
  return draw(name, 2 * COUNT, mixed).filter((_, j) => j % 2 === 0);
}

function check({ edges, masses, moments }: Case, draws: Float64Array): void {
  const counts = new Float64Array(masses.length);
  for (const x of draws) {
    let [low, high] = [0, edges.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (x <= edges[middle]) high = middle;
      else low = middle + 1;
    }
    counts[low]++;
  }
  expect(draws.every((x) => !Number.isNaN(x))).toBe(true);
  expect(Math.abs(chiSquaredDeviate(counts, masses))).toBeLessThan(DEVIATE);
  let [found, expected, distance] = [0, 0, 0];
  masses.forEach((mass, i) => {
    found += counts[i] / draws.length;
    expected += mass;
    distance = Math.max(distance, Math.abs(found - expected));
  });
  expect(Math.sqrt(draws.length) * distance).toBeLessThan(KOLMOGOROV);

  const [mean, variance, kurtosis] = moments;
  if (mean === null || variance === null || kurtosis === null) return;
  const average = draws.reduce((sum, x) => sum + (x - mean), 0) / draws.length;
  expect(Math.abs(average) / Math.sqrt(variance / draws.length)).toBeLessThan(DEVIATE);
  // Where single draws rule the sum of squares, it is not yet normal.
  if (kurtosis > 20) return;
  const square = draws.reduce((sum, x) => sum + (x - mean) ** 2, 0) / draws.length;
  const error = variance * Math.sqrt((kurtosis + 2) / draws.length);
  expect(Math.abs(square - variance) / error).toBeLessThan(DEVIATE);
}

describe.each(cases.map((c) => [`${c.name}(${c.parameters.join(', ')})`, c] as const))('%s', (_, c) => {
  test('with shared parameters', () => check(c, draw(c.name, COUNT, c.parameters)));
  test('with parameters for each draw', () => check(c, drawOneByOne(c)));
});
