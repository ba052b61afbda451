/** Programs write whole vectors, one beyond the last where a dimension is even and its last parameter at an odd place. */
import { expect, test } from 'vitest';
import { laplaceApproximation, maximumAPosteriori, model, normal, halfNormal, vector } from '../../src';

test.each([8, 12, 88])('%i dimensions with a last parameter that starts at an odd one', async (dimension) => {
  const y = Array.from({ length: dimension - 5 }, (_, i) => 1 + Math.sin(i));
  const posterior = model({ y: vector('n') })
    .param('tau', halfNormal(1))
    .param('z', normal([2, 2, 2, 2], 0.5))
    .param('x', normal(0, 2), { dims: ['n'] })
    .observe('y', ({ x }) => normal(x, 1))
    .condition({ y });
  expect(posterior.dimension).toBe(dimension);
  for (const method of ['lbfgs', 'newton'] as const) {
    const fit = await maximumAPosteriori(posterior, { seed: 1, method, jacobian: true });
    expect(fit.problem).toBeUndefined();
    y.forEach((value, i) => expect(fit.estimate('x')[i]).toBeCloseTo(0.8 * value, 9));
    expect(fit.estimate('tau')[0]).toBeCloseTo(1, 9);
  }
  const fit = await laplaceApproximation(posterior, { seed: 1, draws: 30 });
  expect(fit.hessian.kind).toBe('exact');
  expect(fit.converged).toBe(true);
});
