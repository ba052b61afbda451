/** Prior predictive draws: what a model says before it has seen what it is to explain. */
import type { Ranks } from '../inference';
import { bind } from '../model/condition';
import { checkedSize } from '../model/dimensions';
import { during, ModelError } from '../model/error';
import { requireKnownOptions } from '../model/known-options';
import type { Model } from '../model/model';
import type { DataOf, Declarations } from '../model/types';
import { Leaves } from '../simulation/leaves';
import { drawnFromPrior, requireNoPriorTerm } from '../simulation/prior';
import { replay } from '../simulation/replay';
import { Simulator } from '../simulation/simulator';
import { layoutOf } from './layout';
import { COMMON, seedOf, type PredictionOptions } from './options';
import { simulate } from './predict';
import { Predictions } from './predictions';

export interface PriorPredictiveOptions extends PredictionOptions {
  /** Number of draws; default 1000. */
  readonly draws?: number;
}

/** Ranks of what is drawn: parameters, derived quantities, and data. */
type RanksOf<D extends Declarations, Q extends Ranks> = Q & { [K in keyof D]: D[K]['rank'] };

/**
 * Draws of the parameters from their priors, and of everything observed given these. The same seed gives the same draws on
 * every machine.
 *
 * @param data what callbacks read, and what gives dimensions their sizes; observations themselves may be left out
 * @throws ModelError where data do not fit, a needed one is missing, or the prior is more than its parameters'
 *   distributions: a `constraint` or a prior `logDensity` term
 * @throws TypeError for a distribution that cannot be drawn from, such as `flat()`
 */
export async function priorPredictive<D extends Declarations, Q extends Ranks>(
  model: Model<D, Q>,
  data: Partial<DataOf<D>> = {},
  options: PriorPredictiveOptions = {},
): Promise<Predictions<RanksOf<D, Q>>> {
  requireKnownOptions('priorPredictive', options, [...COMMON, 'draws']);
  const draws = during('priorPredictive: draws', () => checkedSize(options.draws ?? 1000));
  const seed = seedOf('priorPredictive', options);
  const binding = bind(model, data, options.coords ?? {}, { partial: true });
  const leaves = new Leaves(binding.graph);
  const sites = replay(
    { model, binding, leaves, names: options.names },
    {
      parameter: (step, scope) => drawnFromPrior(step, scope, leaves, binding.dimensions),
      keepsParameters: true,
      term: requireNoPriorTerm,
    },
  );
  if (sites.length === 0) throw new ModelError('priorPredictive: there is nothing to predict');
  const simulator = await Simulator.create(
    leaves.all,
    sites.map(({ value }) => value),
    seed,
  );
  const layout = layoutOf(sites, binding.dimensions);
  const columns = simulate(simulator, layout, draws, () => new Map());
  return new Predictions(layout, [columns], draws, seed);
}
