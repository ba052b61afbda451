/** The logarithm and exponential of data, against the host's. */
import { expect, it } from 'vitest';
import { exactExp, exactLog } from '../../src/fold/logarithm';
import { Generator } from '../../bench/random';

/** Units of rounding, of which the host's function may have one as well. */
const UNITS = 3 * 2 ** -53;

it('agree with the host to rounding, over the whole range', () => {
  const random = new Generator(1);
  for (let i = 0; i < 6_000; i++) {
    const x = random.normal() * (i % 2 ? 1 : 200);
    const y = Math.exp(x);
    if (y > 1e-300 && y < Infinity) expect(Math.abs(exactExp(x) / y - 1)).toBeLessThan(UNITS);
    if (y > 0 && y < Infinity)
      expect(Math.abs(exactLog(y) - Math.log(y))).toBeLessThanOrEqual(UNITS * Math.abs(Math.log(y)));
  }
});

it('agree where nothing is usual', () => {
  const edges = [0, 1, Infinity, -Infinity, NaN, 5e-324, 1.7e308, 709.7, 710, -745, -746, -1];
  for (const edge of edges) {
    expect(exactLog(edge)).toBe(Math.log(edge));
    expect(exactExp(edge) / Math.exp(edge) || 1).toBeCloseTo(1, 14);
    expect(exactExp(edge) === 0).toBe(Math.exp(edge) === 0);
  }
});
