/** Observed data: checked against the support of their distribution, and turned into a term of the likelihood. */
import type { AnyDistribution } from '../distributions/distribution';
import { describeSupport } from '../distributions/support';
import { describeShape, expand, sameShape, type Expression, type Operand } from '../expr';
import { at, unravel } from './data';
import { ModelError } from './error';
import { checkKnownParameters, isKnown, knownValues } from './known';
import { didYouMean } from './nearest';
import { resolveDistribution } from './parameter';
import type { PosteriorTerm } from './posterior';
import type { ScopeBuilder } from './scope';
import type { ObserveStep } from './step';

export function observe(step: ObserveStep, scope: ScopeBuilder): PosteriorTerm {
  const found = scope.get(step.name);
  if (found === undefined)
    throw new ModelError(`there is no data of that name${didYouMean(step.name, scope.names())}`);
  if (!found.isConstant)
    throw new ModelError(
      'only data can be observed, and this depends on parameters; use logDensity for a term of parameters',
    );
  const data = found.graph.expression(found);
  const distribution = resolveDistribution(step.distribution, scope.view);
  checkKnownParameters(distribution);
  checkShape(distribution, data);
  checkSupport(distribution, data);
  checkJoint(distribution, data);
  const { lower, upper, joint } = distribution.support;
  const inside = isKnown(lower) && isKnown(upper) && (joint === undefined || isKnown(joint.holds(data)));
  return {
    name: step.name,
    role: 'likelihood',
    value: distribution.logDensitySum(data, { inside }),
    pointwise: () => distribution.logDensity(data),
  };
}

function checkShape(distribution: AnyDistribution, data: Expression): void {
  let cause: unknown;
  try {
    if (sameShape(distribution.shapeWith(data.shape), data.shape)) return;
  } catch (misfit) {
    if (distribution.eventRank > 0) throw misfit;
    cause = misfit;
  }
  const shapes = `the data have shape ${describeShape(data.shape)}, the arguments of ${distribution.name} ${describeShape(distribution.shape)}`;
  throw new ModelError(shapes, { cause });
}

/** Every value must be possible, as far as the bounds are known. */
function checkSupport(distribution: AnyDistribution, data: Expression): void {
  const { support } = distribution;
  const values = knownValues(data);
  const lower = knownBound(support.lower, data);
  const upper = knownBound(support.upper, data);
  const below = (a: number, b: number): boolean => (support.open ? a < b : a <= b);
  for (let i = 0; i < values.length; i++) {
    const x = values[i];
    const possible =
      Number.isFinite(x) &&
      (!support.integer || Number.isInteger(x)) &&
      (lower === undefined || below(lower(i), x)) &&
      (upper === undefined || below(x, upper(i)));
    if (possible) continue;
    const where = data.rank === 0 ? 'the value' : `element ${at(unravel(i, data.shape))}`;
    const expected = describeSupport(support, lower?.(i), upper?.(i));
    throw new ModelError(`${where} is ${x}, but ${distribution.name} expects ${expected}`);
  }
}

/** Every vector or matrix must be possible as a whole, as far as that is known. */
function checkJoint({ name, support, eventRank }: AnyDistribution, data: Expression): void {
  if (support.joint === undefined) return;
  const holds = support.joint.holds(data);
  if (!isKnown(holds)) return;
  const failed = Array.from(knownValues(holds)).findIndex((value) => value !== 1);
  if (failed < 0) return;
  const noun = eventRank === 1 ? 'vector' : 'matrix';
  const where = holds.rank === 0 ? `the ${noun}` : `the ${noun} at ${at(unravel(failed, holds.shape))}`;
  const size = data.size / holds.size;
  const values = Array.from(knownValues(data)).slice(failed * size, (failed + 1) * size);
  const shown = `${values.slice(0, 9).join(', ')}${size > 9 ? ', …' : ''}`;
  throw new ModelError(`${where} is [${shown}], but in ${name} it must ${support.joint.text}`);
}

/** The bound at each element of the data, or undefined where there is none or it depends on parameters. */
function knownBound(bound: Operand | undefined, data: Expression): ((i: number) => number) | undefined {
  if (bound === undefined || !isKnown(bound)) return undefined;
  if (typeof bound === 'number') return () => bound;
  const values = knownValues(expand(data.graph.expression(bound), data.shape));
  return (i) => values[i];
}
