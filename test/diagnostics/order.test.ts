/** Radix order, folding and normal scores, on random arrays, against sorting and counting. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { normalScore } from '../../src/diagnostics/normal-scores';
import { ascendingOrder, foldedOrder, inOrder } from '../../src/diagnostics/order';
import { normalHalves } from '../../src/diagnostics/rank-normalize';

const values = fc
  .oneof(
    fc.float64Array({ noNaN: true, minLength: 1, maxLength: 60 }),
    fc
      .array(fc.integer({ min: -3, max: 3 }), { minLength: 1, maxLength: 60 })
      .map((a) => Float64Array.from(a)),
  )
  .map((a) => a as Float64Array);

test('the order sorts and is a permutation', () => {
  fc.assert(
    fc.property(values, (x) => {
      const order = ascendingOrder(x);
      expect(inOrder(x, order)).toEqual(x.slice().sort());
      expect([...order].sort((a, b) => a - b)).toEqual([...x.keys()]);
    }),
  );
});

test('the folded order sorts the distances from the centre', () => {
  fc.assert(
    fc.property(values, fc.nat(), (x, pick) => {
      const finite = x.filter(Number.isFinite);
      fc.pre(finite.length > 0);
      const order = ascendingOrder(finite);
      const sorted = inOrder(finite, order);
      const center = sorted[pick % sorted.length];
      const distances = finite.map((v) => Math.abs(v - center));
      const folded = foldedOrder(sorted, order, center);
      expect(inOrder(distances, folded)).toEqual(distances.slice().sort());
      expect([...folded].sort((a, b) => a - b)).toEqual([...finite.keys()]);
    }),
  );
});

test('normal scores are those of ranks that count the values below and half of the ties', () => {
  fc.assert(
    fc.property(values, (x) => {
      const scored = normalHalves({ values: x, count: 1, length: x.length }).values;
      for (let i = 0; i < x.length; i++) {
        const below = x.filter((v) => v < x[i]).length;
        const ties = x.filter((v) => v === x[i]).length;
        expect(scored[i]).toBeCloseTo(normalScore(below + (ties + 1) / 2, x.length), 14);
      }
    }),
  );
});
