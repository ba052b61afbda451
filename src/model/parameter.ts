/** Where a parameter lives: its shape, the transform to it from free numbers, and the terms it adds to the density. */
import { Distribution } from '../distributions/distribution';
import {
  add,
  broadcastShapes,
  describeShape,
  div,
  expand,
  mul,
  sameShape,
  sub,
  type Expression,
  type Shape,
} from '../expr';
import { transformOnto } from '../transforms';
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
}

/** Resolves a parameter's distribution in a scope and finds its place. */
export function placeParameter(
  step: ParameterStep,
  scope: Record<string, Expression>,
  dimensions: Dimensions,
): ParameterPlace {
  const distribution = resolveDistribution(step.distribution, scope);
  if (distribution.discrete) {
    throw new ModelError(
      `${distribution.name} is a discrete distribution, and parameters are continuous: observe it, or sum it out of the density`,
    );
  }
  checkKnownParameters(distribution);
  const shape = shapeOf(step, distribution, dimensions);
  return step.noncentered
    ? noncentered(step.name, distribution, shape)
    : centered(step.name, distribution, shape);
}

/** The distribution of a step, by its callback where it is one. */
export function resolveDistribution(
  given: Distribution | Callback<Distribution>,
  scope: Record<string, Expression>,
): Distribution {
  const distribution = typeof given === 'function' ? given(scope) : given;
  if (distribution instanceof Distribution) return distribution;
  throw new ModelError(`expected a distribution such as normal(0, 1), got ${String(distribution)}`);
}

function shapeOf(step: ParameterStep, distribution: Distribution, dimensions: Dimensions): Shape {
  if (step.dims === undefined) return distribution.shape;
  const shape = dimensions.shapeOf(step.dims);
  const needed = broadcastShapes(distribution.name, [shape, distribution.shape]);
  if (sameShape(needed, shape)) return shape;
  throw new ModelError(
    `dims [${step.dims.join(', ')}] have shape ${describeShape(shape)}, which the arguments of ${distribution.name}, ` +
      `of shape ${describeShape(distribution.shape)}, do not broadcast to`,
  );
}

function centered(name: string, distribution: Distribution, shape: Shape): ParameterPlace {
  const transform = transformOnto(distribution.support);
  const constrain = (u: Expression): Expression => expand(transform.constrain(u), shape);
  return {
    shape,
    unconstrainedShape: transform.unconstrainedShape(shape),
    constrain,
    unconstrain: (x) => transform.unconstrain(x),
    terms: (u) => [
      { name, role: 'prior', value: distribution.logDensitySum(constrain(u), { inside: true }) },
      ...jacobianTerm(name, transform.logJacobian(u)),
    ],
  };
}

/** The value is location + scale·z; what is sampled is z. */
function noncentered(name: string, distribution: Distribution, shape: Shape): ParameterPlace {
  const form = distribution.standardised;
  if (form === undefined) {
    throw new ModelError(
      `${distribution.name} has no location-scale form to be noncentered by; leave out noncentered`,
    );
  }
  const { location, scale, standard } = form;
  const transform = transformOnto(standard.support);
  return {
    shape,
    unconstrainedShape: transform.unconstrainedShape(shape),
    constrain: (u) => expand(add(location, mul(scale, transform.constrain(u))), shape),
    unconstrain: (x) => transform.unconstrain(div(sub(x, location), scale)),
    terms: (u) => [
      { name, role: 'prior', value: standard.logDensitySum(transform.constrain(u), { inside: true }) },
      ...jacobianTerm(name, transform.logJacobian(u)),
    ],
  };
}

function jacobianTerm(name: string, value: Expression<0> | undefined): PosteriorTerm[] {
  return value === undefined ? [] : [{ name: `${name} (Jacobian)`, role: 'jacobian', value }];
}
