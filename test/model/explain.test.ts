/** What a posterior says of its plan. */
import { describe, expect, it } from 'vitest';
import { flat, halfNormal, index, integers, model, normal, poisson, vector } from 'credence';

const ROWS = 300;
const x = Array.from({ length: ROWS }, (_, i) => Math.sin(i));
const y = x.map((value, i) => 2 + 3 * value + Math.cos(7 * i));
const group = x.map((_, i) => i % 25);

const regression = model({ y: vector('row'), x: vector('row') })
  .param('intercept', flat())
  .param('slope', normal(0, 1))
  .param('sigma', halfNormal(1))
  .observe('y', ({ intercept, slope, sigma, x }) => normal(intercept.add(slope.mul(x)), sigma));

describe('posterior.explain()', () => {
  it('names every term, and what a regression was folded into', () => {
    const { terms, dimension } = regression.condition({ x, y }).explain();
    expect(dimension).toBe(3);
    expect(terms.map(({ name, role }) => `${name} ${role}`)).toEqual([
      'slope prior',
      'sigma prior',
      'sigma (Jacobian) jacobian',
      'y likelihood',
    ]);
    expect(terms.map(({ folded }) => folded)).toEqual([
      [],
      [],
      [],
      ['300 rows folded into a triangle for 2 coefficients and a sum of squares'],
    ]);
  });

  it('costs no more with a thousand times the rows', () => {
    const rows = (count: number) => Float64Array.from({ length: count }, (_, i) => Math.sin(i * i));
    const [few, many] = [100, 100_000].map((count) =>
      regression.condition({ x: rows(count), y: rows(count) }).explain(),
    );
    expect(many.gradient).toEqual(few.gradient);
    expect(many.bytes).toBe(few.bytes);
    expect(many.unfolded.nanoseconds).toBeGreaterThan(100 * few.unfolded.nanoseconds);
  });

  it('says it in words', () => {
    const text = regression.condition({ x, y }).explain().toString();
    expect(text).toMatch(/^The log density of 3 unconstrained parameters has 4 terms:$/m);
    expect(text).toMatch(/^ {2}slope \(prior\): as written: \d+ instructions over \d+ numbers$/m);
    expect(text).toMatch(/^ {2}y \(likelihood\): 300 rows folded into a triangle for 2 coefficients/m);
    expect(text).toMatch(
      /^A value with its gradient takes \d+ instructions over \d+ numbers, about \d+ ns\.$/m,
    );
    expect(text).toMatch(/^With every row of the data it would be .* about [\d.]+ [nµ]s\.$/m);
  });

  it('tells groups and repeated rows', () => {
    const levels = model({ y: vector('row'), group: index('row', 'group') })
      .param('level', normal(0, 1), { dims: ['group'] })
      .param('sigma', halfNormal(1))
      .observe('y', ({ level, group, sigma }) => normal(level.gather(group), sigma))
      .condition({ y, group });
    expect(levels.explain().terms.at(-1)!.folded).toEqual([
      '300 rows folded into one row for each of 25 groups and a sum of squares',
    ]);
    const counts = model({ n: integers('row') })
      .param('rate', halfNormal(1))
      .observe('n', ({ rate }) => poisson(rate.add(1)))
      .condition({ n: group });
    expect(counts.explain().terms.at(-1)!.folded).toEqual(['300 rows folded into one']);
  });

  it('says nothing of rows where they are computed as written', () => {
    const few = regression.condition({ x: [1, 2], y: [3, 4] }).explain();
    expect(few.terms.flatMap(({ folded }) => folded)).toEqual([]);
    expect(few.toString()).not.toMatch(/With every row/);
  });
});
