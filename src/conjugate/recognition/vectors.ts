/** Models of normal vectors with unknown mean, and known or unknown covariance. */
import type { Expression } from '../../expr';
import {
  multivariateNormalNormal,
  type MultivariateNormalNormal,
} from '../families/multivariate-normal-normal';
import { normalInverseWishart, type NormalInverseWishartPosterior } from '../families/normal-inverse-wishart';
import {
  argument,
  dependsOnlyOn,
  functionOf,
  knownArgument,
  knownNumber,
  type Reading,
  type Unknown,
} from './reading';

type VectorPosterior = MultivariateNormalNormal | NormalInverseWishartPosterior;

/** undefined where the model is not one of these. */
export function recognizeVectors(reading: Reading): VectorPosterior | undefined {
  const { unknowns, observed } = reading;
  if (observed.length !== 1 || observed[0].likelihood.name !== 'multivariateNormal') return undefined;
  const { likelihood, values } = observed[0];
  const mean = unknowns.find(({ prior }) => prior.name === 'multivariateNormal');
  if (mean === undefined || mean.value.rank !== 1 || !('covariance' in likelihood.parameters))
    return undefined;
  if (!('covariance' in mean.prior.parameters)) return undefined;
  const location = meanOf(reading, mean);
  if (location === undefined || argument(reading, likelihood, 'mean') !== mean.value) return undefined;
  if (unknowns.length === 1) {
    const covariance = knownArgument(reading, mean.prior, 'covariance');
    const noise = knownArgument(reading, likelihood, 'covariance');
    if (covariance === undefined || noise === undefined) return undefined;
    return multivariateNormalNormal({ mean: location, covariance, noise }).update(values);
  }
  const spread = unknowns.find(({ prior }) => prior.name === 'inverseWishart');
  if (unknowns.length !== 2 || spread === undefined || spread.value.rank !== 2) return undefined;
  if (argument(reading, likelihood, 'covariance') !== spread.value) return undefined;
  const share = multipleOf(argument(reading, mean.prior, 'covariance'), spread.value);
  const df = knownNumber(reading, spread.prior, 'df');
  const scale = knownArgument(reading, spread.prior, 'scale');
  if (share === undefined || df === undefined || scale === undefined) return undefined;
  return normalInverseWishart({ mean: location, strength: 1 / share, df, scale }).update(values);
}

function meanOf(reading: Reading, { prior, value }: Unknown): Float64Array | undefined {
  const known = knownArgument(reading, prior, 'mean');
  return known?.length === 1 ? new Float64Array(value.size).fill(known[0]) : known;
}

/** c where an expression is c times a matrix; undefined for anything else. */
function multipleOf(expression: Expression, matrix: Expression): number | undefined {
  if (expression.isConstant || !dependsOnlyOn(expression, [matrix])) return undefined;
  const at = functionOf(expression, [matrix]);
  const size = matrix.shape[0];
  let share: number | undefined;
  for (const probe of [0.3, 7.7]) {
    const given = Float64Array.from({ length: size * size }, (_, i) =>
      i % (size + 1) === 0 ? probe * (2 + i) : probe / (3 + Math.abs(Math.floor(i / size) - (i % size))),
    );
    const found = at(given);
    share ??= found[0] / given[0];
    if (found.some((x, i) => Math.abs(x - share! * given[i]) > 1e-12 * Math.abs(x))) return undefined;
  }
  return share;
}
