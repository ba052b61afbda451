/** Recognises models that have a closed form. */
import type { Posterior } from '../model';
import type { LinearRegression } from './families/linear-regression';
import type { MultivariateNormalNormal } from './families/multivariate-normal-normal';
import type { NormalInverseGammaPosterior } from './families/normal-inverse-gamma';
import type { NormalInverseWishartPosterior } from './families/normal-inverse-wishart';
import { recognizeLinear } from './recognition/linear';
import { NotConjugate, readModel, type Reading } from './recognition/reading';
import { recognizeSingle, type SinglePosterior } from './recognition/single';
import { recognizeVectors } from './recognition/vectors';

/** A closed form that `exact` can find; `name` tells which. */
export type RecognizedPosterior =
  | SinglePosterior
  | NormalInverseGammaPosterior
  | LinearRegression
  | MultivariateNormalNormal
  | NormalInverseWishartPosterior;

/**
 * The posterior of a model in closed form, where its prior is conjugate to its likelihood: the families of this package
 * with one observed array, their hyperparameters known, priors of other names where they are the same (a uniform(0, 1)
 * for a probability, an exponential for a rate); and linear regressions, mean linear in normal parameters whose scales
 * are multiples of the noise's, `normal(0, c·√v)` with v ~ inverseGamma, their coefficients in the order of the model.
 *
 * @throws NotConjugate, a RangeError that says why there is no closed form
 */
export function exact(posterior: Pick<Posterior, 'origin'>): RecognizedPosterior {
  if (posterior.origin.replacedPrior) {
    throw new NotConjugate('exact: earlier draws stand in for the prior, which have no closed form');
  }
  const reading = readModel(posterior.origin);
  const found = recognizeSingle(reading) ?? recognizeLinear(reading) ?? recognizeVectors(reading);
  if (found !== undefined) return found;
  throw new NotConjugate(`exact: ${reason(reading)}`);
}

function reason({ unknowns, observed }: Reading): string {
  if (observed.length !== 1) {
    return `closed forms have one observed array, this model has ${observed.length}`;
  }
  const [{ name, likelihood }] = observed;
  const priors = unknowns.map((unknown) => `'${unknown.name}' ~ ${unknown.prior.name}`).join(', ');
  return (
    `${priors} is not conjugate to '${name}' ~ ${likelihood.name} as the model combines them; a closed form needs a ` +
    'conjugate prior with known arguments, and a likelihood with that parameter itself in its place'
  );
}
