/** Distributions over categories: their masses, sums and derivatives, far out as well. */
import { describe, expect, test } from 'vitest';
import {
  categorical,
  categoricalLogit,
  normal,
  orderedLogistic,
  orderedProbit,
  type Distribution,
} from '../../src/distributions';
import { exp, type Expression, type Operand } from '../../src/expr';
import { integers, model } from '../../src/model';
import { evaluate } from './evaluate';

const at = (values: readonly number[], x: Expression): Expression => x.graph.constant(values);

describe('categorical', () => {
  const p = [0.2, 0.5, 0, 0.3];
  const y = [1, 0, 3, 1];

  test('picks probabilities, with derivatives where they are picked', () => {
    const { values, gradient } = evaluate((q) => categorical(q).logDensity(at(y, q)), [p]);
    expect(values).toEqual(y.map((k) => expect.closeTo(Math.log(p[k]), 14)));
    expect(gradient()).toEqual([5, 4, 0, 1 / 0.3].map((slope) => expect.closeTo(slope, 12)));
  });

  test('sums by counts', () => {
    const { values, gradient } = evaluate((q) => categorical(q).logDensitySum(at(y, q)), [p]);
    expect(values).toEqual([expect.closeTo(Math.log(0.2 * 0.5 * 0.3 * 0.5), 13)]);
    expect(gradient()).toEqual([5, 4, 0, 1 / 0.3].map((slope) => expect.closeTo(slope, 12)));
  });

  test('an impossible category is −∞, one that does not exist too', () => {
    expect(evaluate((q) => categorical(q).logDensity(at([2, 4, -1, 0.5], q)), [p]).values).toEqual(
      Array(4).fill(-Infinity),
    );
  });

  test('rows of probabilities, one for each observation', () => {
    const rows = [0.1, 0.9, 0.6, 0.4, 0.5, 0.5];
    const build = (q: Expression) => categorical(q.reshape([3, 2]));
    const { values } = evaluate((q) => build(q).logDensity(at([1, 1, 0], q)), [rows]);
    expect(values).toEqual([0.9, 0.4, 0.5].map((x) => expect.closeTo(Math.log(x), 14)));
    expect(evaluate((q) => build(q).logDensitySum(at([1, 1, 0], q)), [rows]).values[0]).toBeCloseTo(
      Math.log(0.9 * 0.4 * 0.5),
      13,
    );
    expect(evaluate((q) => categorical([[0.1, 0.9]]).logDensity(q), [[0]]).values[0]).toBeCloseTo(
      Math.log(0.1),
      14,
    );
  });

  test('needs a vector', () => {
    expect(() => categorical(0.5)).toThrow(
      new RangeError('categorical: probabilities must be a vector or rows of them, got a scalar'),
    );
    expect(() => categorical([0.5, 1.5])).toThrow(
      new RangeError('categorical: probabilities must be between 0 and 1, got 1.5 at [1]'),
    );
  });
});

describe('categoricalLogit', () => {
  test('is a log-softmax, however large the logits', () => {
    const { values, gradient } = evaluate(
      (eta) => categoricalLogit(eta).logDensity(at([0, 1, 2], eta)),
      [[800, 0, -900]],
    );
    expect(values).toEqual([0, -800, -1700]);
    expect(gradient()).toEqual([-2, 1, 1]);
  });

  test('sums with rows shared or not', () => {
    const eta = [0.3, -1.2, 2];
    const y = [2, 0, 2, 1, 2];
    const total = y.reduce((s, k) => s + eta[k], 0) - 5 * Math.log(eta.reduce((s, e) => s + Math.exp(e), 0));
    const shared = evaluate((e) => categoricalLogit(e).logDensitySum(at(y, e)), [eta]);
    const own = evaluate(
      (e) => categoricalLogit(e.reshape([5, 3])).logDensitySum(at(y, e)),
      [y.flatMap(() => eta)],
    );
    expect(shared.values[0]).toBeCloseTo(total, 13);
    expect(own.values[0]).toBeCloseTo(total, 13);
    const slopes = own.gradient();
    shared.gradient().forEach((slope, k) => {
      expect(slope).toBeCloseTo(
        y.reduce((s, _, i) => s + slopes[3 * i + k], 0),
        12,
      );
    });
  });
});

describe.each<[string, (eta: Operand, cuts: Operand) => Distribution]>([
  ['orderedLogistic', orderedLogistic],
  ['orderedProbit', orderedProbit],
])('%s', (name, ordered) => {
  const cuts = [-1.5, 0.2, 0.3, 2];
  const y = [0, 1, 2, 3, 4];
  const etas = [-6, -1, 0, 0.7, 5];

  test('masses sum to one', () => {
    const { values } = evaluate(
      (eta, c) => exp(ordered(eta.reshape([5, 1]), c).logDensity(at(y, eta))).sum(1),
      [etas, cuts],
    );
    values.forEach((value) => expect(value).toBeCloseTo(1, 14));
  });

  test('are differences of the latent distribution function', () => {
    const cdf =
      name === 'orderedLogistic'
        ? (x: number) => 1 / (1 + Math.exp(-x))
        : (x: number) => evaluate((z) => z.graph.functions.normalCdf(z), [x]).values[0];
    const { values } = evaluate((eta, c) => ordered(eta, c).logDensity(at(y, eta)), [etas, cuts]);
    values.forEach((value, i) => {
      const [above, below] = [i < 4 ? cdf(cuts[i] - etas[i]) : 1, i > 0 ? cdf(cuts[i - 1] - etas[i]) : 0];
      expect(value).toBeCloseTo(Math.log(above - below), 10);
    });
  });

  test('the sum is the sum of the elements, its gradient that of differences', () => {
    const of = (...inputs: number[][]) =>
      evaluate((eta, c) => ordered(eta, c).logDensitySum(at(y, eta)), inputs);
    const elements = evaluate((eta, c) => ordered(eta, c).logDensity(at(y, eta)), [etas, cuts]).values;
    expect(of(etas, cuts).values[0]).toBeCloseTo(
      elements.reduce((a, b) => a + b),
      12,
    );
    const found = of(etas, cuts).gradient();
    [...etas, ...cuts].forEach((value, k) => {
      const moved = (by: number): number => {
        const all = [...etas, ...cuts];
        all[k] = value + by;
        return of(all.slice(0, 5), all.slice(5)).values[0];
      };
      const h = 1e-3;
      expect(found[k]).toBeCloseTo(
        (moved(-2 * h) - 8 * moved(-h) + 8 * moved(h) - moved(2 * h)) / (12 * h),
        6,
      );
    });
  });

  test('does not underflow in either tail', () => {
    const { values, gradient } = evaluate(
      (eta, c) => ordered(eta, c).logDensity(at([1, 1], eta)),
      [
        [-40, 40],
        [-1, 1],
      ],
    );
    // log(F(b) − F(a)) with 38.5 to 41 standard units between eta and the interval.
    const expected =
      name === 'orderedLogistic'
        ? [-39 + Math.log(1 - Math.exp(-2)), -39 + Math.log(1 - Math.exp(-2))]
        : [-765.0831565643775, -765.0831565643775];
    values.forEach((value, i) => expect(value).toBeCloseTo(expected[i], 10));
    gradient().forEach((slope) => expect(slope).toSatisfy(Number.isFinite));
  });

  test('two categories, by one cutpoint', () => {
    const { values } = evaluate((eta, c) => exp(ordered(eta, c).logDensity(at([0, 1], eta))), [0.4, [0.1]]);
    expect(values[0] + values[1]).toBeCloseTo(1, 14);
  });

  test('known cutpoints must increase', () => {
    const at = (cutpoints: number[]) =>
      model({ y: integers('row') })
        .param('x', normal(0, 1))
        .observe('y', ({ x }) => ordered(x, cutpoints))
        .condition({ y: [0, 1] });
    expect(() => at([1, 0])).toThrow(`${name}: cutpoints must increase`);
    expect(at([1]).dimension).toBe(1);
    expect(() => at([])).toThrow(`${name}: cutpoints must be a vector`);
  });

  test('needs a vector of cutpoints', () => {
    expect(() => ordered(0, 1)).toThrow(new RangeError(`${name}: cutpoints must be a vector`));
  });
});
