/** Where a parameter lives: its shape, the transform to it from free numbers, and the terms it adds to the density. */
import {
  Distribution,
  type AnyDistribution,
  type LinearImage,
  type LocationScale,
} from '../distributions/distribution';
import { add, describeShape, div, expand, mul, sameShape, sub, type Expression, type Shape } from '../expr';
import { real, transformOnto, type Transform } from '../transforms';
import type { Dimensions } from './dimensions';
import { ModelError } from './error';
import { checkKnownParameters } from './known';
import type { PosteriorTerm } from './posterior';
import type { Callback, ParameterStep } from './step';

export interface ParameterPlace {
  readonly shape: Shape;
  readonly unconstrainedShape: Shape;
  readonly constrain: (u: Expression) => Expression;
  readonly unconstrain: (x: Expression) => Expression;
  /** Prior and log Jacobian at unconstrained values. */
  readonly terms: (u: Expression) => PosteriorTerm[];
  /** What it is drawn from, where it takes whole numbers only. */
  readonly discrete?: AnyDistribution;
}

/** Resolves a parameter's distribution in a scope and finds its place. */
export function placeParameter(
  step: ParameterStep,
  scope: Record<string, Expression>,
  dimensions: Dimensions,
): ParameterPlace {
  const distribution = resolveDistribution(step.distribution, scope);
  if (!distribution.discrete && !distribution.continuous) {
    throw new ModelError(
      `${distribution.name} puts mass on single values of a continuous range, which no parameter can: observe it`,
    );
  }
  checkKnownParameters(distribution);
  const shape = shapeOfParameter(step, distribution, dimensions);
  if (distribution.discrete) return wholeNumbers(step, distribution, shape);
  const constraint = typeof step.constraint === 'function' ? step.constraint(scope) : step.constraint;
  if (!step.noncentered) return centered(step.name, distribution, shape, constraint);
  if (constraint === undefined) return noncentered(step.name, distribution, shape);
  throw new ModelError('a constraint does not go with noncentered: the standard variable has no such bounds');
}

/** The distribution of a step, by its callback where it is one. */
export function resolveDistribution(
  given: AnyDistribution | Callback<AnyDistribution>,
  scope: Record<string, Expression>,
): AnyDistribution {
  const distribution = typeof given === 'function' ? given(scope) : given;
  if (distribution instanceof Distribution) return distribution;
  throw new ModelError(`expected a distribution such as normal(0, 1), got ${String(distribution)}`);
}

/** The shape that dims give a parameter, or else its distribution. */
export function shapeOfParameter(
  step: ParameterStep,
  distribution: AnyDistribution,
  dimensions: Dimensions,
): Shape {
  if (step.dims === undefined) return distribution.shape;
  const shape = dimensions.shapeOf(step.dims);
  const needed = distribution.shapeWith(shape);
  if (sameShape(needed, shape)) return shape;
  throw new ModelError(
    `dims [${step.dims.join(', ')}] have shape ${describeShape(shape)}, which the arguments of ${distribution.name}, ` +
      `of shape ${describeShape(distribution.shape)}, do not broadcast to`,
  );
}

function centered(
  name: string,
  distribution: AnyDistribution,
  shape: Shape,
  constraint: Transform | undefined,
): ParameterPlace {
  const transform = constraint ?? transformOnto(distribution.support);
  // A constraint may reach beyond the support, where the density has to say so.
  const inside = constraint === undefined;
  const constrain = (u: Expression): Expression => expand(transform.constrain(u), shape);
  return {
    shape,
    unconstrainedShape: transform.unconstrainedShape(shape),
    constrain,
    unconstrain: (x) => transform.unconstrain(x),
    terms: (u) => [
      { name, role: 'prior', value: distribution.logDensitySum(constrain(u), { inside }), distribution },
      ...jacobianTerm(name, transform.logJacobian(u)),
    ],
  };
}

/** Whole numbers are their own coordinates; outside the support, and between its points, the mass is 0. */
function wholeNumbers(step: ParameterStep, distribution: AnyDistribution, shape: Shape): ParameterPlace {
  const { name, eventRank } = distribution;
  if (eventRank > 0)
    throw new ModelError(
      `${name} is for data: numbers of its vectors cannot move one by one; use binomials, given each other`,
    );
  if (step.noncentered || step.constraint !== undefined) {
    throw new ModelError(
      `${name} is discrete: noncentered and constraint are not for it; truncate cuts it off`,
    );
  }
  // The identity as a constraint: nothing promises that a coordinate lies in the support.
  return { ...centered(step.name, distribution, shape, real), discrete: distribution };
}

/** The value is location + scale·z, or another linear image of z; what is sampled is z. */
function noncentered(name: string, distribution: AnyDistribution, shape: Shape): ParameterPlace {
  const form = distribution.standardised;
  if (form === undefined) {
    throw new ModelError(
      `${distribution.name} has no location-scale form to be noncentered by; leave out noncentered`,
    );
  }
  const { standard, place, standardize } = 'place' in form ? form : linearImage(form);
  const transform = transformOnto(standard.support);
  const constrain = (u: Expression): Expression => expand(place(transform.constrain(u)), shape);
  return {
    shape,
    unconstrainedShape: transform.unconstrainedShape(shape),
    constrain,
    unconstrain: (x) => transform.unconstrain(standardize(x)),
    terms: (u) => [
      {
        name,
        role: 'prior',
        value: standard.logDensitySum(transform.constrain(u), { inside: true }),
        placed: () => distribution.logDensitySum(constrain(u)),
      },
      ...jacobianTerm(name, transform.logJacobian(u)),
    ],
  };
}

function linearImage({ location, scale, standard }: LocationScale): LinearImage {
  return {
    standard,
    place: (z) => add(location, mul(scale, z)),
    standardize: (x) => div(sub(x, location), scale),
  };
}

function jacobianTerm(name: string, value: Expression<0> | undefined): PosteriorTerm[] {
  return value === undefined ? [] : [{ name: `${name} (Jacobian)`, role: 'jacobian', value }];
}
