/**
 * Sampled by NUTS through their transforms, distributions have the quantiles they should: the share of draws below a
 * known quantile q_p differs from p by at most 4.5 standard errors (two-sided rate 7e-6; 240 comparisons, so 1.6e-3 in all
 * for fresh seeds; seeds are fixed). Likelihoods are checked where the posterior is known in closed form.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { essMean } from '../../src/diagnostics';
import * as distributions from '../../src/distributions';
import type { Distribution } from '../../src/distributions';
import { log, logit, select, stack } from '../../src/expr';
import { nuts } from '../../src/inference';
import { integers, model, vector, type Posterior } from '../../src/model';

const { beta, bernoulli, bernoulliLogit, binomial, binomialLogit, gamma, poisson, poissonLog } =
  distributions;
const { categorical, categoricalLogit, censored, exponential, geometric, hurdle, mixture, normal } =
  distributions;
const { orderedLogistic, truncate } = distributions;
interface Case {
  readonly name: string;
  readonly parameters: number[];
  readonly quantiles: readonly (readonly [number, number])[];
}
const cases = JSON.parse(readFileSync(new URL('./quantiles.json', import.meta.url), 'utf8')) as Case[];

async function check(posterior: Posterior, quantiles: Case['quantiles']): Promise<void> {
  const fit = await nuts(posterior, {
    seed: 20,
    chains: 4,
    warmup: 1000,
    draws: 2000,
    workers: 0,
    targetAcceptance: 0.9,
  });
  const chains = fit.draws('x').at();
  for (const [p, quantile] of quantiles) {
    const below = chains.map((chain) => chain.map((value) => (value <= quantile ? 1 : 0)));
    const share = below.flatMap((chain) => [...chain]).reduce((a, b) => a + b, 0) / (4 * 2000);
    const error = Math.sqrt((p * (1 - p)) / essMean(below));
    expect(Math.abs(share - p), `share below ${quantile}: ${share} for ${p}`).toBeLessThan(4.5 * error);
    expect(error).toBeLessThan(0.04);
  }
}

describe.each(cases)('$name($parameters)', ({ name, parameters, quantiles }) => {
  const distribution = (distributions as unknown as Record<string, (...p: number[]) => Distribution<0>>)[
    name
  ](...parameters);

  test('quantiles of the prior', () => check(model().param('x', distribution).condition(), quantiles));

  test.runIf(distribution.standardised)('noncentered', () =>
    check(model().param('x', distribution, { noncentered: true }).condition(), quantiles),
  );
});

// Beta(2, 3) with 7 successes in 10 trials: Beta(9, 6). Gamma(2, 1) with counts 3, 0, 4, 2: Gamma(11, 5).
const betaQuantiles: Case['quantiles'] = [
  [0.25, 0.5164869],
  [0.75, 0.6882585],
];
const gammaQuantiles: Case['quantiles'] = [
  [0.25, 1.723962],
  [0.75, 2.6039265],
];
const trials = model({ y: integers('trial') }).param('x', beta(2, 3));
const outcomes = { y: [1, 1, 0, 1, 1, 0, 1, 1, 0, 1] };
const totals = model({ y: integers('group'), n: integers('group') }).param('x', beta(2, 3));
const sums = { y: [4, 3], n: [5, 5] };
const counts = model({ y: integers('row') }).param('x', gamma(2, 1));
const counted = { y: [3, 0, 4, 2] };

test.each<[string, Posterior, Case['quantiles']]>([
  ['bernoulli', trials.observe('y', ({ x }) => bernoulli(x)).condition(outcomes), betaQuantiles],
  [
    'bernoulliLogit',
    trials.observe('y', ({ x }) => bernoulliLogit(logit(x))).condition(outcomes),
    betaQuantiles,
  ],
  ['binomial', totals.observe('y', ({ x, n }) => binomial(n, x)).condition(sums), betaQuantiles],
  [
    'binomialLogit',
    totals.observe('y', ({ x, n }) => binomialLogit(n, logit(x))).condition(sums),
    betaQuantiles,
  ],
  ['poisson', counts.observe('y', ({ x }) => poisson(x)).condition(counted), gammaQuantiles],
  ['poissonLog', counts.observe('y', ({ x }) => poissonLog(log(x))).condition(counted), gammaQuantiles],
  [
    'categorical',
    trials.observe('y', ({ x }) => categorical(stack([x.neg().add(1), x]))).condition(outcomes),
    betaQuantiles,
  ],
  [
    'categoricalLogit',
    trials.observe('y', ({ x }) => categoricalLogit(stack([x.mul(0), logit(x)]))).condition(outcomes),
    betaQuantiles,
  ],
  [
    'orderedLogistic',
    trials.observe('y', ({ x }) => orderedLogistic(logit(x), [0])).condition(outcomes),
    betaQuantiles,
  ],
  [
    // Seven zeros.
    'hurdle',
    trials.observe('y', ({ x }) => hurdle(x, poisson(2))).condition({ y: [0, 0, 1, 0, 0, 4, 0, 0, 2, 0] }),
    betaQuantiles,
  ],
  [
    // Three successes after four failures: Beta(5, 7).
    'geometric',
    trials.observe('y', ({ x }) => geometric(x)).condition({ y: [0, 3, 1] }),
    [
      [0.25, 0.3173472],
      [0.75, 0.5110729],
    ],
  ],
  [
    // Two events in a time of 3.5: Gamma(4, 4.5).
    'censored',
    model({ y: vector('row'), seen: integers('row') })
      .param('x', gamma(2, 1))
      .observe('y', ({ x, y, seen }) => censored(exponential(x), { upper: select(seen, Infinity, y) }))
      .condition({ y: [1, 2, 0.5], seen: [1, 0, 1] }),
    [
      [0.25, 0.5634045],
      [0.75, 1.1354283],
    ],
  ],
])('%s has its conjugate posterior', (_name, posterior, quantiles) => check(posterior, quantiles));

test.each<[string, Distribution<0>, Case['quantiles']]>([
  [
    'truncate',
    truncate(normal(0, 1), { lower: 1, upper: 3 }),
    [
      [0.25, 1.1783482],
      [0.75, 1.742892],
    ],
  ],
  [
    'mixture',
    mixture([0.3, 0.7], [normal(-1, 0.5), normal(1, 1)]),
    [
      [0.25, -0.6959319],
      [0.75, 1.3661076],
    ],
  ],
])('%s has its quantiles as a prior', (_name, prior, quantiles) =>
  check(model().param('x', prior).condition(), quantiles),
);
