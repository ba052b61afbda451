/** Maximum likelihood on six real data sets: coefficients and standard errors of R's lm() and glm(), to 10⁻⁶. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  bernoulliLogit,
  binomialLogit,
  div,
  exp,
  flat,
  gamma,
  matmul,
  matrix,
  maximumAPosteriori,
  maximumLikelihood,
  model,
  normal,
  poissonLog,
  vector,
} from '../../src';

interface Regression {
  readonly name: string;
  readonly family: 'normal' | 'bernoulli' | 'binomial' | 'poisson' | 'gamma';
  readonly X: number[][];
  readonly y: number[];
  readonly trials?: number[];
  readonly coefficients: number[];
  readonly errors: number[];
  readonly scale?: number;
  readonly scaleError?: number;
}

const { regressions } = JSON.parse(readFileSync(new URL('regressions.json', import.meta.url), 'utf8')) as {
  regressions: Regression[];
};

function posteriorOf({ family, X, y, trials }: Regression) {
  const base = model({ X: matrix('row', 'term'), y: vector('row') }).param('beta', flat(), {
    dims: ['term'],
  });
  const data = { X, y };
  switch (family) {
    case 'bernoulli':
      return base.observe('y', ({ X, beta }) => bernoulliLogit(matmul(X, beta))).condition(data);
    case 'poisson':
      return base.observe('y', ({ X, beta }) => poissonLog(matmul(X, beta))).condition(data);
    case 'binomial':
      return base.observe('y', ({ X, beta }) => binomialLogit(trials!, matmul(X, beta))).condition(data);
    case 'normal':
      return base
        .param('scale', flat({ lower: 0 }))
        .observe('y', ({ X, beta, scale }) => normal(matmul(X, beta), scale))
        .condition(data);
    case 'gamma':
      return base
        .param('scale', flat({ lower: 0 }))
        .observe('y', ({ X, beta, scale }) => gamma(scale, div(scale, exp(matmul(X, beta)))))
        .condition(data);
  }
}

const near = (found: ArrayLike<number>, expected: readonly number[]): void => {
  expect(found.length).toBe(expected.length);
  expected.forEach((value, i) => expect(Math.abs(found[i] / value - 1)).toBeLessThan(1e-6));
};

describe.each(regressions)('$name ($family)', (regression) => {
  test.each(['lbfgs', 'newton'] as const)('%s', async (method) => {
    const posterior = posteriorOf(regression);
    const fit = await maximumLikelihood(posterior, { method, seed: 1 });
    expect(fit.problem).toBeUndefined();
    near(fit.estimate('beta'), regression.coefficients);
    near(fit.standardError('beta'), regression.errors);
    expect(fit.certainty!.derivatives).toBe('exact');
    if (regression.scale === undefined) return;
    near(fit.estimate('scale' as never), [regression.scale]);
    near(fit.standardError('scale' as never), [regression.scaleError!]);
  });

  test('flat priors: the mode of the posterior is the same', async () => {
    const fit = await maximumAPosteriori(posteriorOf(regression), { seed: 2, starts: 1 });
    near(fit.estimate('beta'), regression.coefficients);
  });
});
