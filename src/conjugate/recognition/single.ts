/** Models of one number or one vector of probabilities whose prior is conjugate to the likelihood. */
import { gradient, withGraph, type Expression } from '../../expr';
import { betaBernoulli, type BetaBernoulli } from '../families/beta-bernoulli';
import { betaBinomialCounts, type BetaBinomialCounts } from '../families/beta-binomial-counts';
import { betaGeometric, type BetaGeometric } from '../families/beta-geometric';
import { betaNegativeBinomial, type BetaNegativeBinomialPosterior } from '../families/beta-negative-binomial';
import { dirichletCategorical, type DirichletCategorical } from '../families/dirichlet-categorical';
import {
  dirichletMultinomialCounts,
  type DirichletMultinomialCounts,
} from '../families/dirichlet-multinomial-counts';
import { gammaExponential, type GammaExponential } from '../families/gamma-exponential';
import { gammaGamma, type GammaGamma } from '../families/gamma-gamma';
import { gammaPoisson, type GammaPoisson } from '../families/gamma-poisson';
import { inverseGammaNormal, type InverseGammaNormal } from '../families/inverse-gamma-normal';
import { normalNormal, type NormalNormal } from '../families/normal-normal';
import { paretoUniform, type ParetoUniformPosterior } from '../families/pareto-uniform';
import {
  argument,
  dependsOnlyOn,
  functionOf,
  knownArgument,
  knownNumber,
  type Observed,
  type Reading,
  type Unknown,
} from './reading';

export type SinglePosterior =
  | BetaBernoulli
  | BetaBinomialCounts
  | BetaGeometric
  | BetaNegativeBinomialPosterior
  | DirichletCategorical
  | DirichletMultinomialCounts
  | GammaExponential
  | GammaGamma
  | GammaPoisson
  | InverseGammaNormal
  | NormalNormal
  | ParetoUniformPosterior;

/** What a pair is recognised by. */
interface Pair {
  readonly reading: Reading;
  readonly unknown: Unknown;
  readonly observed: Observed;
  /** Whether an argument of the likelihood is this expression, the parameter by default. */
  readonly is: (argument: string, expression?: Expression) => boolean;
  /** An argument of the likelihood that is one known number. */
  readonly number: (argument: string) => number | undefined;
}

/** Hyperparameters of the family that a prior belongs to, members of other names included. */
function betaPrior({ reading, unknown: { prior } }: Pair): { alpha: number; beta: number } | undefined {
  if (prior.name === 'beta') {
    const [alpha, beta] = [knownNumber(reading, prior, 'a'), knownNumber(reading, prior, 'b')];
    return alpha === undefined || beta === undefined ? undefined : { alpha, beta };
  }
  const standard =
    prior.name === 'uniform' &&
    knownNumber(reading, prior, 'lower') === 0 &&
    knownNumber(reading, prior, 'upper') === 1;
  return standard ? { alpha: 1, beta: 1 } : undefined;
}

function gammaPrior({ reading, unknown: { prior } }: Pair): { shape: number; rate: number } | undefined {
  if (prior.name === 'chiSquared') {
    const df = knownNumber(reading, prior, 'df');
    return df === undefined ? undefined : { shape: df / 2, rate: 0.5 };
  }
  if (prior.name !== 'gamma' && prior.name !== 'exponential') return undefined;
  const shape = prior.name === 'gamma' ? knownNumber(reading, prior, 'shape') : 1;
  const rate = knownNumber(reading, prior, 'rate');
  return shape === undefined || rate === undefined ? undefined : { shape, rate };
}

/** The pairs by the likelihood's name; each gives undefined where the rest does not fit. */
const pairs: Record<string, (pair: Pair) => SinglePosterior | undefined> = {
  bernoulli(pair) {
    const prior = betaPrior(pair);
    return prior && pair.is('probability') ? betaBernoulli(prior).update(pair.observed.values) : undefined;
  },
  binomial(pair) {
    const { reading, observed } = pair;
    const prior = betaPrior(pair);
    const trials = knownArgument(reading, observed.likelihood, 'trials');
    if (!prior || trials === undefined || !pair.is('probability')) return undefined;
    const shared = trials.length === 1;
    if (!shared && trials.length !== observed.values.length) return undefined;
    return betaBinomialCounts(prior).update({
      successes: observed.values,
      trials: shared ? trials[0] : trials,
    });
  },
  geometric(pair) {
    const prior = betaPrior(pair);
    return prior && pair.is('probability') ? betaGeometric(prior).update(pair.observed.values) : undefined;
  },
  negativeBinomialShapeRate(pair) {
    const { graph } = pair.reading;
    const p = pair.unknown.value;
    const prior = betaPrior(pair);
    const successes = pair.number('shape');
    if (!prior || successes === undefined || p.rank !== 0) return undefined;
    const odds = withGraph(graph, () => p.div(graph.scalar(1).sub(p)));
    return pair.is('rate', odds)
      ? betaNegativeBinomial({ ...prior, successes }).update(pair.observed.values)
      : undefined;
  },
  poisson(pair) {
    const { reading, unknown, observed } = pair;
    const prior = gammaPrior(pair);
    if (!prior) return undefined;
    if (pair.is('rate')) return gammaPoisson(prior).update(observed.values);
    const multiple = multipleOf(argument(reading, observed.likelihood, 'rate'), unknown.value);
    if (multiple === undefined || !multiple.every((each) => each > 0)) return undefined;
    const exposure = multiple.length === 1 ? multiple[0] : multiple;
    if (typeof exposure !== 'number' && exposure.length !== observed.values.length) return undefined;
    return gammaPoisson(prior).update({ counts: observed.values, exposure });
  },
  exponential(pair) {
    const prior = gammaPrior(pair);
    return prior && pair.is('rate') ? gammaExponential(prior).update(pair.observed.values) : undefined;
  },
  gamma(pair) {
    const prior = gammaPrior(pair);
    const known = pair.number('shape');
    if (!prior || known === undefined || !pair.is('rate')) return undefined;
    return gammaGamma({ ...prior, known }).update(pair.observed.values);
  },
  uniform(pair) {
    const { reading, unknown, observed } = pair;
    if (unknown.prior.name !== 'pareto' || pair.number('lower') !== 0 || !pair.is('upper')) return undefined;
    const minimum = knownNumber(reading, unknown.prior, 'minimum');
    const shape = knownNumber(reading, unknown.prior, 'shape');
    if (minimum === undefined || shape === undefined) return undefined;
    return paretoUniform({ minimum, shape }).update(observed.values);
  },
  normal(pair) {
    const { reading, unknown, observed } = pair;
    const { prior, value } = unknown;
    if (prior.name === 'normal' && pair.is('location')) {
      const [mean, sd] = [knownNumber(reading, prior, 'location'), knownNumber(reading, prior, 'scale')];
      const scale = pair.number('scale');
      if (mean === undefined || sd === undefined || scale === undefined) return undefined;
      return normalNormal({ mean, sd, scale }).update(observed.values);
    }
    if (prior.name === 'inverseGamma' && value.rank === 0) {
      const [shape, scale] = [knownNumber(reading, prior, 'shape'), knownNumber(reading, prior, 'scale')];
      const mean = pair.number('location');
      const isRoot = pair.is(
        'scale',
        withGraph(reading.graph, () => value.sqrt()),
      );
      if (shape === undefined || scale === undefined || mean === undefined || !isRoot) return undefined;
      return inverseGammaNormal({ shape, scale, mean }).update(observed.values);
    }
    return undefined;
  },
  categorical(pair) {
    const concentration = concentrationOf(pair);
    if (concentration === undefined || !pair.is('probabilities')) return undefined;
    return dirichletCategorical({ concentration }).update(pair.observed.values);
  },
  multinomial(pair) {
    const concentration = concentrationOf(pair);
    if (concentration === undefined || !pair.is('probabilities')) return undefined;
    return dirichletMultinomialCounts({ concentration }).update(pair.observed.values);
  },
};

/** c where an expression is c·parameter, c known; undefined for anything else. */
function multipleOf(expression: Expression, parameter: Expression): Float64Array | undefined {
  if (expression.isConstant || !dependsOnlyOn(expression, [parameter])) return undefined;
  // Of a product, and only of one, the derivative depends on data alone.
  const [slope] = withGraph(expression.graph, () => gradient(expression.sum(), [parameter]));
  const at = functionOf(expression, [parameter]);
  return slope.isConstant && at([0]).every((x) => x === 0) ? at([1]) : undefined;
}

function concentrationOf({ reading, unknown: { prior, value } }: Pair): Float64Array | undefined {
  if (prior.name !== 'dirichlet' || value.rank !== 1) return undefined;
  const values = knownArgument(reading, prior, 'concentration');
  return values?.length === 1 ? new Float64Array(value.size).fill(values[0]) : values;
}

/** The posterior of one parameter and one kind of observation; undefined where they are no pair. */
export function recognizeSingle(reading: Reading): SinglePosterior | undefined {
  const { unknowns, observed } = reading;
  if (unknowns.length !== 1 || observed.length !== 1) return undefined;
  const [unknown] = unknowns;
  const [data] = observed;
  const probabilities = unknown.prior.name === 'dirichlet';
  if (!probabilities && unknown.value.size !== 1) return undefined;
  return pairs[data.likelihood.name]?.({
    reading,
    unknown,
    observed: data,
    is: (name, expression = unknown.value) => argument(reading, data.likelihood, name) === expression,
    number: (name) => knownNumber(reading, data.likelihood, name),
  });
}
