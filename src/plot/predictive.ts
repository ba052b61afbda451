/** Posterior predictive checks: observed data among replicated data. */

import { predictiveCheck, type Replications, rootogram } from '../diagnostics';
import { curve, HEIGHT } from './density';
import { stride } from './quantities';
import {
  ANYWHERE,
  named,
  number,
  type Part,
  type PlotOptions,
  sizeOf,
  type Specification,
  specification,
} from './specification';
import { ALARM, MAIN, REFERENCE } from './theme';

/** Curves of replications. */
const MOST_CURVES = 50;

type Statistic = (values: Float64Array) => number;

const mean: Statistic = (values) => values.reduce((a, b) => a + b, 0) / values.length;

/** Some of the replications, evenly spread. */
function some(replications: Replications): Replications {
  const step = stride(replications.length, MOST_CURVES);
  return replications.filter((_, i) => i % step === 0);
}

/** Curves of replications, and over them that of the data. */
function overlaid(
  observed: readonly object[],
  replicated: readonly object[],
  mark: Part,
  y: Part,
  options: PlotOptions,
): Part {
  const x = number('x', null, ANYWHERE);
  return {
    ...sizeOf(options),
    layer: [
      {
        data: { values: replicated },
        mark: { type: 'line', color: MAIN, opacity: 0.25, strokeWidth: 0.8, ...mark },
        encoding: { x, y, detail: named('of', null) },
      },
      {
        data: { values: observed },
        mark: { type: 'line', color: ALARM, strokeWidth: 2, ...mark },
        encoding: { x, y },
      },
    ],
  };
}

/**
 * Density of the data over densities of replicated data.
 *
 * @param observed n observations
 * @param replications data sets drawn from the posterior predictive distribution
 */
export function ppcDensity(
  observed: ArrayLike<number>,
  replications: Replications,
  options: PlotOptions = {},
): Specification {
  const replicated = some(replications).flatMap((data, of) => curve(data, { of }));
  return specification(
    options.title ?? 'Density of data and replications',
    `Density of ${observed.length} observations over those of replicated data.`,
    overlaid(curve(observed), replicated, {}, HEIGHT, options),
  );
}

/**
 * Distribution function of the data over those of replicated data.
 *
 * @param observed n observations
 * @param replications data sets drawn from the posterior predictive distribution
 */
export function ppcEcdf(
  observed: ArrayLike<number>,
  replications: Replications,
  options: PlotOptions = {},
): Specification {
  const steps = (data: ArrayLike<number>, more: object = {}): object[] =>
    Array.from(Float64Array.from(data).sort(), (x, i) => ({ x, share: (i + 1) / data.length, ...more }));
  return specification(
    options.title ?? 'Distribution function of data and replications',
    `Empirical distribution function of ${observed.length} observations over those of replicated data.`,
    overlaid(
      steps(observed),
      some(replications).flatMap((data, of) => steps(data, { of })),
      { interpolate: 'step-after' },
      number('share', 'share at or below'),
      options,
    ),
  );
}

/** A histogram of replicated statistics with a line at the observed one. */
function histogram(replicated: object[], observed: object[]): Part[] {
  return [
    {
      data: { values: replicated },
      mark: { type: 'bar', color: MAIN, opacity: 0.6 },
      encoding: {
        x: number('value', null, { bin: { maxbins: 40 }, scale: { zero: false } }),
        y: { aggregate: 'count', type: 'quantitative', title: 'replications' },
      },
    },
    {
      data: { values: observed },
      mark: { type: 'rule', color: ALARM, strokeWidth: 2 },
      encoding: { x: number('value', null) },
    },
  ];
}

export interface StatisticOptions extends PlotOptions {
  /** Of a data set; default its mean. */
  readonly statistic?: Statistic;
  /** Its name; default 'mean'. */
  readonly name?: string;
}

/**
 * A statistic of the data among those of replicated data.
 *
 * @param observed n observations
 * @param replications data sets drawn from the posterior predictive distribution
 */
export function ppcStatistic(
  observed: ArrayLike<number>,
  replications: Replications,
  { statistic = mean, name = 'mean', ...options }: StatisticOptions = {},
): Specification {
  const check = predictiveCheck(observed, replications, statistic);
  const p = check.pValue.toFixed(2);
  return specification(
    options.title ?? `${name}, p = ${p}`,
    `The ${name} of the data, ${check.observed.toPrecision(3)}, among those of replications: ` +
      `a share of ${p} of them is larger.`,
    {
      ...sizeOf(options),
      layer: histogram(
        Array.from(check.replicated, (value) => ({ value })),
        [{ value: check.observed }],
      ),
    },
  );
}

/**
 * A statistic of each group of the data among those of replicated data.
 *
 * @param observed n observations
 * @param replications data sets drawn from the posterior predictive distribution
 * @param groups of each observation
 */
export function ppcGrouped(
  observed: ArrayLike<number>,
  replications: Replications,
  groups: ArrayLike<string | number>,
  { statistic = mean, name = 'mean', ...options }: StatisticOptions = {},
): Specification {
  const labels = [...new Set(Array.from(groups))];
  const { width, height } = sizeOf({ width: 180, height: 120, ...options });
  const panels = labels.map((label) => {
    const members = Array.from(groups).flatMap((group, i) => (group === label ? [i] : []));
    const of = (data: ArrayLike<number>): number[] => members.map((i) => data[i]);
    const check = predictiveCheck(of(observed), replications.map(of), statistic);
    return {
      title: `${label}, p = ${check.pValue.toFixed(2)}`,
      width,
      height,
      layer: histogram(
        Array.from(check.replicated, (value) => ({ value })),
        [{ value: check.observed }],
      ),
    };
  });
  return specification(
    options.title ?? `${name} by group`,
    `The ${name} of each of ${labels.length} groups of the data among those of replications.`,
    { columns: 3, concat: panels },
  );
}

/**
 * Rootogram: square roots of the frequencies of counts, observed and predicted.
 *
 * @param observed n counts
 * @param replications data sets drawn from the posterior predictive distribution
 */
export function ppcRootogram(
  observed: ArrayLike<number>,
  replications: Replications,
  options: PlotOptions = {},
): Specification {
  const y = (field: string): Part => number(field, 'frequency', { scale: { type: 'sqrt' } });
  const x = number('count', 'count');
  return specification(
    options.title ?? 'Frequencies of counts, observed and expected',
    'Bars of observed frequencies of counts, with their expectations and 90 % intervals.',
    {
      ...sizeOf(options),
      data: { values: rootogram(observed, replications) },
      layer: [
        {
          mark: { type: 'rule', strokeWidth: 8, color: REFERENCE, opacity: 0.6 },
          encoding: { x, y: y('observed'), y2: { datum: 0 } },
        },
        {
          mark: { type: 'rule', color: MAIN, strokeWidth: 1.5 },
          encoding: { x, y: y('lower'), y2: { field: 'upper' } },
        },
        { mark: { type: 'line', color: MAIN, point: true }, encoding: { x, y: y('expected') } },
      ],
    },
  );
}
