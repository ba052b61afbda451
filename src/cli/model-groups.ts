/** What a model adds to the draws of its posterior: predictions, draws from the prior, observations. */

import type { InferenceDataOptions, Observed } from '../io/inference-data';
import type { StoredRun } from '../io/stored-run';
import { Posterior } from '../model';
import type { Model } from '../model/model';
import { predict, priorPredictive } from '../predictive';
import { loadPosterior } from './model-file';

/** Draws from the prior. */
const PRIOR_DRAWS = 1000;

type Groups = Pick<
  InferenceDataOptions,
  'posteriorPredictive' | 'prior' | 'priorPredictive' | 'observedData'
>;

/**
 * Loads the model of a run and draws from its predictions and prior.
 *
 * @returns groups, and why some are missing
 * @throws Error when the module cannot be loaded or the data do not fit
 */
export async function groupsOfModel(
  path: string,
  dataFile: string | undefined,
  run: StoredRun,
): Promise<Groups & { readonly notes: readonly string[] }> {
  const posterior = await loadPosterior(path, dataFile);
  if (!(posterior instanceof Posterior)) {
    throw new Error(`${path}: expected a model made by credence, which has predictions and a prior`);
  }
  const { model, data, coords } = posterior.origin;
  const seed = run.settings.seed ?? 0;
  const notes: string[] = [];
  const attempt = async <T>(group: string, make: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await make();
    } catch (error) {
      notes.push(`There is no group ${group}: ${(error as Error).message}`);
      return undefined;
    }
  };
  const namesOf = (kind: string): string[] =>
    model.steps.flatMap((step) => (step.kind === kind ? [step.name] : []));
  const observed = namesOf('observe');
  const fromPrior = (names: readonly string[]) =>
    priorPredictive(model as unknown as Model<never, never>, data as never, {
      ...{ draws: PRIOR_DRAWS, seed, coords },
      names: [...names],
    });
  return {
    posteriorPredictive: await attempt('posterior_predictive', () =>
      predict(posterior, run, { seed, names: observed }),
    ),
    prior: await attempt('prior', () => fromPrior(namesOf('parameter'))),
    priorPredictive: await attempt('prior_predictive', () => fromPrior(observed)),
    observedData: Object.fromEntries(
      observed.filter((name) => name in data).map((name) => [name, data[name] as Observed]),
    ),
    notes,
  };
}
