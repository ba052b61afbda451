/** Bayesian model averaging: the predictions of several models as one mixture. */

import { requireInteger } from '../arguments';
import { type NamedDraws, type Ranks } from '../inference';
import { Predictions } from '../predictive';
import { random } from '../random';
import type { Layout } from '../target/target';
import { requireKnownOptions } from '../model/known-options';

export interface AveragePredictionsOptions {
  /** Draws of the mixture; default as many as the largest part has. */
  readonly draws?: number;
  /** Integer in [0, 2⁵³) that decides which draws are taken; default 0. */
  readonly seed?: number;
}

/**
 * Predictive draws of a mixture of models: each comes from a model chosen with its weight, such as
 * `compareEvidence(…).probabilities` (Hoeting, Madigan, Raftery & Volinsky 1999) or stacking weights.
 *
 * @param models predictions (or other draws) of the same quantities, by the name of their model
 * @param weights one each, at least 0; they need not add up to one
 * @throws RangeError for weights that make no sense, and for quantities that differ between models
 */
export async function averagePredictions<R extends Ranks>(
  models: Readonly<Record<string, NamedDraws<R>>>,
  weights: Readonly<Record<string, number>>,
  options: AveragePredictionsOptions = {},
): Promise<Predictions<R>> {
  requireKnownOptions('averagePredictions', options, ['draws', 'seed']);
  const { draws, seed = 0 } = options;
  const names = Object.keys(models);
  if (names.length === 0) throw new RangeError('averagePredictions: there are no models');
  for (const name of Object.keys(weights)) {
    if (!names.includes(name))
      throw new RangeError(`averagePredictions: there are no predictions of '${name}'`);
  }
  const shares = names.map((name) => {
    const weight = weights[name];
    if (!(weight >= 0 && weight < Infinity)) {
      throw new RangeError(`averagePredictions: the weight of '${name}' must be a number ≥ 0, got ${weight}`);
    }
    return weight;
  });
  const total = shares.reduce((sum, weight) => sum + weight, 0);
  if (!(total > 0)) throw new RangeError('averagePredictions: all weights are 0');
  const parts = names.map((name) => models[name]);
  const { layout } = parts[0];
  for (const [i, part] of parts.entries()) {
    if (signature(part.layout) !== signature(layout)) {
      throw new RangeError(`averagePredictions: '${names[0]}' and '${names[i]}' have different quantities`);
    }
  }
  const sizes = parts.map((part) => part.drawsPerChain * part.quantityDraws(0).length);
  const count = requireInteger('averagePredictions', 'draws', draws ?? Math.max(...sizes), 1);
  const stream = await random(seed);
  const uniform = stream.uniform(2 * count);
  const chosen = new Int32Array(count);
  const taken = new Int32Array(count);
  for (let draw = 0; draw < count; draw++) {
    let rest = uniform[2 * draw] * total;
    let model = 0;
    while (model < names.length - 1 && rest >= shares[model]) rest -= shares[model++];
    chosen[draw] = model;
    taken[draw] = Math.floor(uniform[2 * draw + 1] * sizes[model]);
  }
  const columns = Array.from({ length: layout.size }, (_, index) => {
    const values = parts.map((part) => part.quantityDraws(index));
    return Float64Array.from(chosen, (model, draw) => {
      const length = parts[model].drawsPerChain;
      return values[model][Math.floor(taken[draw] / length)][taken[draw] % length];
    });
  });
  return new Predictions<R>(layout, [columns], count, seed);
}

function signature({ quantities }: Layout): string {
  return quantities.map(({ name, shape }) => `${name}[${shape.join()}]`).join(' ');
}
