/** Draws by name: shapes, indices, types. */
import { expect, expectTypeOf, test } from 'vitest';
import { fromFunction, nuts } from '../../src/inference';

const matrix = fromFunction({
  parameters: { scale: [], effect: [2, 3] },
  density(x, gradient) {
    let value = 0;
    for (let i = 0; i < 7; i++) {
      value -= (x[i] - i) ** 2 / 2;
      gradient[i] = i - x[i];
    }
    return value;
  },
});
const run = nuts(matrix, { seed: 1, chains: 2, draws: 400, workers: 0 });

test('elements, chains and the whole agree', async () => {
  const fit = await run;
  const effect = fit.draws('effect');
  expect(effect.shape).toEqual([2, 3]);
  const flat = effect.flat();
  expect(flat.length).toBe(2 * 400 * 6);
  for (const chain of [0, 1]) {
    expect(effect.chain(chain)).toEqual(flat.slice(chain * 2400, (chain + 1) * 2400));
    for (const draw of [0, 7, 399]) {
      expect(effect.at(1, 2)[chain][draw]).toBe(flat[chain * 2400 + draw * 6 + 5]);
      expect(effect.at(0, 1)[chain][draw]).toBe(flat[chain * 2400 + draw * 6 + 1]);
    }
  }
});

test('means and standard deviations', async () => {
  const effect = (await run).draws('effect');
  // Standard errors are about 0.04: bounds of five.
  effect.mean().forEach((mean, i) => expect(Math.abs(mean - (i + 1))).toBeLessThan(0.2));
  effect.sd().forEach((sd) => expect(Math.abs(sd - 1)).toBeLessThan(0.2));
  const [values] = [[...effect.at(1, 0)[0], ...effect.at(1, 0)[1]]];
  expect(effect.mean()[3]).toBeCloseTo(values.reduce((a, b) => a + b) / values.length, 12);
});

test('indices and names are checked', async () => {
  const fit = await run;
  expect(fit.names).toEqual(['scale', 'effect']);
  expect(() => fit.draws('effect').at(2, 0)).toThrow("draws of 'effect': index 0 must be in [0, 2), got 2");
  expect(() => fit.draws('effect').chain(2)).toThrow('chain must be an integer in [0, 2), got 2');
  // @ts-expect-error two axes, one index
  expect(() => fit.draws('effect').at(0)).toThrow('expected 2 indices, got 1');
  // @ts-expect-error no such name
  expect(() => fit.draws('efect')).toThrow("there is no quantity 'efect'; did you mean 'effect'?");
  // @ts-expect-error no such name
  expect(() => fit.draws('rows')).toThrow(
    "there is no quantity 'rows'; what depends on data alone is not drawn",
  );
});

test('names and ranks are known to the compiler', async () => {
  const fit = await run;
  expectTypeOf(fit.draws).parameter(0).toEqualTypeOf<'scale' | 'effect'>();
  expectTypeOf(fit.draws('scale').at).parameters.toEqualTypeOf<[]>();
  expectTypeOf(fit.draws('effect').at).parameters.toEqualTypeOf<[number, number]>();
});
