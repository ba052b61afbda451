/** From what is drawn of each parameter to a transformation of noise. */

import type { AnyDistribution } from '../../../distributions/distribution';
import { concat, type Expression, gradient, neg, reshape, total } from '../../../expr';
import { substitute } from '../../../expr/substitute';
import type { Posterior } from '../../../model';
import { signalsOf } from '../discrete/signals';
import { logNoise } from '../noise';
import { type Choices, segmentsOf, type Transformation } from '../objective';
import type { ParameterList } from '../parameters';
import type { Noise } from './draws';

/** What is drawn of one parameter of the model. */
export interface Drawn {
  readonly name: string;
  /** Stands for the value, in the densities and in later draws. */
  readonly place: Expression;
  /** The value, of noise and of places before. */
  readonly value: Expression;
  /** Log density at the place, if that is known to lie in the support, and in any case. */
  readonly logDensity: Expression;
  readonly anywhere: Expression;
  /** Log density of each element. */
  readonly each: () => Expression;
  /** A whole number: the value has no derivatives. */
  readonly isWhole: boolean;
}

/** Draws a parameter, or what is left of it once `shift` is taken away, from a distribution. */
export function drawOf(
  name: string,
  place: Expression,
  distribution: AnyDistribution,
  noise: Noise,
  shift?: Expression,
): Drawn {
  const isWhole = distribution.discrete;
  const rest = shift === undefined ? place : (place.sub(shift) as Expression);
  const value = distribution.variate(noise.of(name, place.shape, isWhole));
  return {
    name,
    place,
    value: shift === undefined ? value : (value.add(shift) as Expression),
    logDensity: distribution.logDensitySum(rest, { inside: true }),
    anywhere: distribution.logDensitySum(rest),
    each: () => distribution.logDensity(rest),
    isWhole,
  };
}

/** The scale that parameters are drawn on. */
export interface Scale {
  /** From what is drawn of each parameter, in the model's order, to the posterior's inputs. */
  readonly unconstrain: (places: readonly Expression[]) => readonly Expression[];
  /** And back, from the posterior's inputs. */
  readonly constrained: readonly Expression[];
  /** Addends of log |d drawn/d input|, of the posterior's inputs. */
  readonly logJacobians: readonly Expression[];
}

/** The model's own scale. */
export function onModelScale({ inverse, quantities, terms }: Posterior): Scale {
  return {
    unconstrain: (places) =>
      substitute(inverse.outputs, new Map(inverse.inputs.map((input, i) => [input, places[i]]))),
    constrained: quantities.filter(({ kind }) => kind === 'parameter').map(({ value }) => value),
    logJacobians: terms.flatMap(({ role, value, placed }) => {
      if (role === 'jacobian') return [value as Expression];
      return placed === undefined ? [] : [value.sub(placed()) as Expression];
    }),
  };
}

/** @param drawn every parameter, in the order of the draws */
export function composed(
  posterior: Posterior,
  parameters: ParameterList,
  noise: Noise,
  drawn: readonly Drawn[],
  scale: Scale,
): Transformation {
  const { graph, inputs } = posterior;
  const placeOf = new Map(drawn.map(({ name, place }) => [name, place]));
  const places = posterior.quantities
    .filter(({ kind }) => kind === 'parameter')
    .map(({ name }) => placeOf.get(name)!);
  const logDensities = total(drawn.map(({ logDensity }) => logDensity));
  const logJacobian = scale.logJacobians.length === 0 ? graph.scalar(0) : total(scale.logJacobians);
  const segments = scale.unconstrain(places);
  const onto = new Map(inputs.map((input, i) => [input, reshape(segments[i], input.shape) as Expression]));

  const { slot, values } = noise.filled();
  // Whole numbers are filled in last, once derivatives have been taken.
  const whole = new Map<Expression, Expression>();
  for (const { place, value, isWhole } of drawn) {
    const [filled] = substitute([value], values);
    if (isWhole) whole.set(place, substitute([filled], whole)[0]);
    else values.set(place, filled);
  }
  const [position, logDensity] = substitute(
    [
      concat(segments.map((segment) => reshape(segment, [segment.size]))),
      logDensities.add(substitute([logJacobian], onto)[0]) as Expression,
    ],
    values,
  );
  return {
    parameters,
    noise: slot,
    position,
    // The density of a draw is that of its noise over this determinant.
    logDeterminant: logNoise(slot).sub(logDensity) as Expression,
    logDensity: (at) => {
      const unconstrained = segmentsOf(posterior, at);
      const constrained = substitute(scale.constrained, unconstrained);
      const [density] = substitute(
        [total(drawn.map(({ anywhere }) => anywhere))],
        new Map(places.map((place, i) => [place, constrained[i]])),
      );
      return density.add(substitute([logJacobian], unconstrained)[0]) as Expression;
    },
    score: () => substitute(gradient(logDensities, parameters.inputs), values),
    ...(whole.size > 0 && { choices: choicesOf() }),
  };

  function choicesOf(): Choices {
    const addends = substitute(
      [...drawn.map(({ each }) => each()), ...substitute(scale.logJacobians, onto)],
      values,
    );
    const choices = drawn.flatMap(({ place, isWhole }, i) =>
      isWhole ? [{ place, logMass: addends[i] }] : [],
    );
    return {
      values: whole,
      logMasses: concat(choices.map(({ logMass }) => reshape(logMass, [logMass.size]))),
      signals: signalsOf(
        posterior,
        substitute([...onto.values()], values),
        addends.map((addend) => neg(addend) as Expression),
        choices,
      ),
    };
  }
}
