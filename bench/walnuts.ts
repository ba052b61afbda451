/**
 * `npm run bench:walnuts [-- --runs N --draws M]`: gradients per effective draw of NUTS and WALNUTS, warm-up left out. Effective draws
 * are counted twice: as bulk ESS, which knows nothing of places that no chain has visited, and from the errors of many runs
 * (100 by default, four chains of 1000 draws each) against the truth, for the worst of some expectations.
 */
import { parseArgs } from 'node:util';
import { type Fit, model, normal, nuts, type NutsOptions, type Samplable, walnuts } from '../src';
import { eightSchools, meanOfTau } from './models/eight-schools-forms';

const { values: chosen } = parseArgs({
  options: { runs: { type: 'string', default: '100' }, draws: { type: 'string', default: '1000' } },
});
const runs = Number(chosen.runs);
const count = Number(chosen.draws);

/** An expectation of one scalar, and the variance around it. */
interface Expectation {
  /** Number of the scalar among all quantities. */
  readonly scalar: number;
  readonly of: (x: number) => number;
  readonly mean: number;
  readonly variance: number;
}

interface Problem {
  readonly name: string;
  readonly posterior: Samplable;
  readonly expectations: readonly Expectation[];
}

const itself = (x: number): number => x;
const square = (x: number): number => x * x;
const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;

const funnel = model({})
  .param('v', normal(0, 3))
  .param('x', ({ v }) => normal(0, v.div(2).exp()), { dims: [9] })
  .condition({});

const banana = model({})
  .param('a', normal(0, 1))
  .param('b', ({ a }) => normal(a.square(), 0.1))
  .condition({});

const scales = Float64Array.from({ length: 100 }, (_, i) => 10 ** (-1.5 + (3 * i) / 99));
const gaussian = model({})
  .param('x', normal(new Float64Array(100), scales))
  .condition({});

const logTau = meanOfTau(Math.log);
const tau: Expectation = {
  scalar: 1,
  of: Math.log,
  mean: logTau,
  variance: meanOfTau((value) => (Math.log(value) - logTau) ** 2),
};

const problems: Problem[] = [
  { name: 'eight schools, noncentred', posterior: eightSchools(true), expectations: [tau] },
  { name: 'eight schools, centred', posterior: eightSchools(false), expectations: [tau] },
  {
    name: 'funnel in 10 dimensions',
    posterior: funnel,
    expectations: [
      { scalar: 0, of: itself, mean: 0, variance: 9 },
      { scalar: 0, of: square, mean: 9, variance: 162 },
    ],
  },
  {
    name: 'banana of width 0.1',
    posterior: banana,
    expectations: [
      { scalar: 0, of: itself, mean: 0, variance: 1 },
      { scalar: 0, of: square, mean: 1, variance: 2 },
    ],
  },
  {
    name: 'Gaussian, condition 10⁶',
    posterior: gaussian,
    expectations: [0, 50, 99].map((scalar) => ({
      scalar,
      of: square,
      mean: scales[scalar] ** 2,
      variance: 2 * scales[scalar] ** 4,
    })),
  },
];

const samplers: [string, (posterior: Samplable, options: NutsOptions) => Promise<Fit>][] = [
  ['nuts', nuts],
  ['walnuts', walnuts],
];

const total = (chains: readonly Float64Array[]): number =>
  chains.reduce((sum, chain) => sum + chain.reduce((a, b) => a + b, 0), 0);

for (const { name, posterior, expectations } of problems) {
  for (const [label, sampler] of samplers) {
    let gradients = 0;
    let ess = 0;
    const errors: number[][] = expectations.map(() => []);
    for (let seed = 1; seed <= runs; seed++) {
      const fit = await sampler(posterior, { seed, draws: count, workers: 0 });
      gradients += total(fit.stats.leapfrogs);
      ess += Math.min(...fit.summary().rows.map(({ essBulk }) => essBulk));
      expectations.forEach(({ scalar, of, mean: truth }, i) => {
        errors[i].push(mean(fit.quantityDraws(scalar).flatMap((chain) => [...chain.map(of)])) - truth);
      });
    }
    // The variance of a mean over n independent draws is variance / n.
    const effective = errors.map((own, i) => expectations[i].variance / mean(own.map(square)));
    const bias = errors.map((own) => {
      const centre = mean(own);
      return centre / Math.sqrt(mean(own.map((error) => (error - centre) ** 2)) / runs);
    });
    const perRun = gradients / runs;
    console.log(
      name.padEnd(28),
      label.padEnd(8),
      `gradients a draw ${(perRun / (4 * count)).toFixed(1).padStart(6)}`,
      `per effective draw, by bulk ESS ${(gradients / ess).toFixed(0).padStart(6)}`,
      `by errors ${(perRun / Math.min(...effective)).toFixed(0).padStart(6)}`,
      `bias in standard errors ${bias.map((b) => b.toFixed(1)).join(', ')}`,
    );
  }
}
