/** The models to choose from, each with data and the text that is shown of it. */
import {
  addDiagonal,
  betaBinomial,
  gamma,
  halfCauchy,
  halfNormal,
  inverseGamma,
  matern52,
  model,
  multivariateNormal,
  normal,
  square,
  studentT,
  uniform,
  vector,
  type Samplable,
} from 'credence';

export interface Example {
  readonly name: string;
  readonly about: string;
  /** Main lines of the model, as a reader should see them. */
  readonly code: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly draws: number;
  /** @throws Error when the data do not fit */
  condition(data: Readonly<Record<string, unknown>>): Samplable;
}

const schools = model({ y: vector('school'), sigma: vector('school') })
  .param('mu', normal(0, 5))
  .param('tau', halfCauchy(5))
  .param('effect', ({ mu, tau }) => normal(mu, tau), { dims: ['school'], noncentered: true })
  .observe('y', ({ effect, sigma }) => normal(effect, sigma));

const line = model({ x: vector('point'), y: vector('point') })
  .param('intercept', normal(0, 10))
  .param('slope', normal(0, 10))
  .param('sigma', halfNormal(5))
  .param('nu', gamma(2, 0.1))
  .observe('y', ({ x, intercept, slope, sigma, nu }) => studentT(nu, intercept.add(slope.mul(x)), sigma));

const rates = model({ visitors: vector('page'), buyers: vector('page') })
  .param('rate', uniform(0, 1))
  .param('strength', gamma(2, 0.01))
  .derive('spread', ({ rate, strength }) => rate.mul(rate.mul(-1).add(1)).div(strength.add(1)).sqrt())
  .observe('buyers', ({ visitors, rate, strength }) =>
    betaBinomial(visitors, rate.mul(strength), rate.mul(-1).add(1).mul(strength)),
  );

const curve = model({ x: vector('point'), y: vector('point') })
  .param('magnitude', halfNormal(1))
  .param('lengthScale', inverseGamma(5, 5))
  .param('sigma', halfNormal(0.5))
  .observe('y', ({ x, magnitude, lengthScale, sigma }) => {
    const covariance = addDiagonal(matern52(x, { magnitude, lengthScale }), square(sigma));
    return multivariateNormal(0, { covariance });
  });

export const examples: readonly Example[] = [
  {
    name: 'Eight schools',
    about:
      'How much did coaching raise test scores in eight schools? Their effects come from one population (Rubin 1981).',
    code: `model({ y: vector('school'), sigma: vector('school') })
  .param('mu', normal(0, 5))
  .param('tau', halfCauchy(5))
  .param('effect', ({ mu, tau }) => normal(mu, tau),
    { dims: ['school'], noncentered: true })
  .observe('y', ({ effect, sigma }) => normal(effect, sigma))`,
    data: { y: [28, 8, -3, 7, -1, 1, 18, 12], sigma: [15, 10, 16, 11, 9, 11, 10, 18] },
    draws: 50_000,
    condition: (data) => schools.condition(data as never),
  },
  {
    name: 'A line, with outliers',
    about:
      'A straight line whose errors may be large now and then: Student’s t, its degrees of freedom unknown too.',
    code: `model({ x: vector('point'), y: vector('point') })
  .param('intercept', normal(0, 10))
  .param('slope', normal(0, 10))
  .param('sigma', halfNormal(5))
  .param('nu', gamma(2, 0.1))
  .observe('y', ({ x, intercept, slope, sigma, nu }) =>
    studentT(nu, intercept.add(slope.mul(x)), sigma))`,
    data: {
      x: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11],
      y: [1.2, 2.9, 5.3, 6.8, 9.1, 10.8, 21.5, 15.2, 17.1, 4.2, 20.8, 23.1],
    },
    draws: 50_000,
    condition: (data) => line.condition(data as never),
  },
  {
    name: 'Rates that differ',
    about: 'Of the visitors of ten pages some buy. How high is the rate, and how much do pages differ?',
    code: `model({ visitors: vector('page'), buyers: vector('page') })
  .param('rate', uniform(0, 1))
  .param('strength', gamma(2, 0.01))
  .derive('spread', ({ rate, strength }) => …)
  .observe('buyers', ({ visitors, rate, strength }) =>
    betaBinomial(visitors, rate.mul(strength), …))`,
    data: {
      visitors: [120, 98, 210, 45, 160, 77, 140, 88, 132, 60],
      buyers: [12, 4, 31, 5, 11, 9, 25, 3, 14, 10],
    },
    draws: 50_000,
    condition: (data) => rates.condition(data as never),
  },
  {
    name: 'A smooth curve',
    about:
      'A Gaussian process through forty noisy points: how quickly does the curve vary? Each step factors a matrix.',
    code: `model({ x: vector('point'), y: vector('point') })
  .param('magnitude', halfNormal(1))
  .param('lengthScale', inverseGamma(5, 5))
  .param('sigma', halfNormal(0.5))
  .observe('y', ({ x, magnitude, lengthScale, sigma }) =>
    multivariateNormal(0, { covariance: addDiagonal(
      matern52(x, { magnitude, lengthScale }), square(sigma)) }))`,
    data: wave(40),
    draws: 10_000,
    condition: (data) => curve.condition(data as never),
  },
];

/** Points of a wave with noise from a small generator, two decimals each. */
function wave(points: number): { x: number[]; y: number[] } {
  let state = 7;
  const noise = (): number => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return state / 2 ** 32 - 0.5;
  };
  const round = (value: number): number => Math.round(100 * value) / 100;
  const x = Array.from({ length: points }, (_, i) => round((6 * i) / points));
  return { x, y: x.map((at) => round(Math.sin(1.7 * at) + 0.3 * at - 1 + 0.6 * noise())) };
}
