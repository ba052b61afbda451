/** What a model adds to the draws of its posterior, as groups of InferenceData. */

import type { InferenceDataOptions, Observed } from '../io/inference-data';
import type { StoredRun } from '../io/stored-run';
import { RunModel } from './run-model';

type Groups = Pick<
  InferenceDataOptions,
  'logLikelihood' | 'posteriorPredictive' | 'prior' | 'priorPredictive' | 'observedData'
>;

const lacking = (group: string): string => `There is no group ${group}`;

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
  const model = await RunModel.load(path, dataFile);
  const seed = run.settings.seed ?? 0;
  const { data, notes } = model;
  return {
    logLikelihood: await model.logLikelihoods(lacking('log_likelihood'), run),
    posteriorPredictive: await model.predictions(lacking('posterior_predictive'), run, seed),
    prior: await model.prior(lacking('prior'), 'parameter', seed),
    priorPredictive: await model.prior(lacking('prior_predictive'), 'observe', seed),
    observedData: Object.fromEntries(
      model
        .names('observe')
        .filter((name) => name in data)
        .map((name) => [name, data[name] as Observed]),
    ),
    notes,
  };
}
