/** The standard error of thermodynamic integration counts the error of its rule, which decides where levels are few. */

import { expect, test } from 'vitest';
import { model, normal, parallelTempering, thermodynamicIntegration, vector } from '../../src';

const y = [4, 4.1, 3.9];
const posterior = model({ y: vector('row') })
  .param('x', normal(0, 3))
  .observe('y', ({ x }) => normal(x.square(), 0.3))
  .condition({ y });

/** By a sum over a fine grid. */
function exact(): number {
  const step = 1e-3;
  let sum = 0;
  for (let x = -10; x < 10; x += step) {
    let log = (-x * x) / 18 - Math.log(3 * Math.sqrt(2 * Math.PI));
    for (const value of y) log -= (value - x * x) ** 2 / 0.18 + Math.log(0.3 * Math.sqrt(2 * Math.PI));
    sum += Math.exp(log) * step;
  }
  return Math.log(sum);
}

test.each([5, 10, 30])('with %i levels', async (levels) => {
  const fit = await parallelTempering(posterior, { seed: 1, levels, draws: 500, warmup: 300 });
  const { estimate, standardError, warnings } = thermodynamicIntegration(posterior, fit);
  expect(Math.abs(estimate - exact())).toBeLessThan(4 * standardError);
  if (levels <= 10) expect(warnings.join()).toMatch(/Use more levels/);
  else expect(standardError).toBeLessThan(0.5);
});
