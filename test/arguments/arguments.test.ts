/** Checks of what callers give, and what they say. */

import { expect, it } from 'vitest';
import { freshSeed, isSeed, requireInteger, requireSeed } from '../../src/arguments';

it('lets integers within their range pass', () => {
  expect(requireInteger('f', 'n', 3, 3, 3)).toBe(3);
  expect(requireInteger('f', 'n', 2 ** 53 - 1, 0)).toBe(2 ** 53 - 1);
});

it.each([
  [2, 'f: n must be an integer from 3 to 5, got 2'],
  [6, 'f: n must be an integer from 3 to 5, got 6'],
  [3.5, 'got 3.5'],
  [NaN, 'got NaN'],
  ['4', "got '4'"],
  [undefined, 'got undefined'],
  [[4], 'got an object of Array'],
])('refuses %s as an integer from 3 to 5', (value, message) => {
  expect(() => requireInteger('f', 'n', value, 3, 5)).toThrow(message);
});

it('says what is least where nothing is most', () => {
  expect(() => requireInteger('f', 'n', 0, 1)).toThrow(new RangeError('f: n must be an integer ≥ 1, got 0'));
  expect(() => requireInteger('f', 'n', 2 ** 53, 1)).toThrow('n must be an integer ≥ 1');
});

it('knows seeds', () => {
  expect(requireSeed('f', 2 ** 53 - 1)).toBe(2 ** 53 - 1);
  expect(isSeed(freshSeed())).toBe(true);
  for (const wrong of [-1, 0.5, 2 ** 53, '1', 1n, undefined]) {
    expect(() => requireSeed('f', wrong)).toThrow('f: seed must be an integer in [0, 2⁵³), got');
  }
});
