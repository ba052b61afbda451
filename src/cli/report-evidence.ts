/** What a report says beyond the draws, from the model they came from: its statements, data, prior and predictions. */

import { Posterior } from '../model';
import type { AnyDistribution } from '../distributions/distribution';
import type { Model } from '../model/model';
import type { Step } from '../model/step';
import type { Check, ReportOptions } from '../page';
import { predict, priorPredictive } from '../predictive';
import type { StoredRun } from '../io/stored-run';
import { loadPosterior } from './model-file';

/** Replications of the data, all chains together; and draws from the prior. */
const REPLICATIONS = 200;
const PRIOR_DRAWS = 1000;
/** More observations to a check make pages heavy. */
const MOST_OBSERVATIONS = 2000;

export interface Evidence extends Pick<ReportOptions, 'statements' | 'data' | 'prior' | 'checks'> {
  /** What could not be had, and why. */
  readonly notes: readonly string[];
}

/**
 * Loads the model and draws from its prior and predictions.
 *
 * @throws Error when the module cannot be loaded or the data do not fit
 */
export async function evidenceOf(
  path: string,
  dataFile: string | undefined,
  run: StoredRun,
): Promise<Evidence> {
  const posterior = await loadPosterior(path, dataFile);
  if (!(posterior instanceof Posterior)) {
    throw new Error(`${path}: expected a model made by credence, whose prior and data can be shown`);
  }
  const { model, data } = posterior.origin;
  const notes: string[] = [];
  const attempt = async <T>(what: string, make: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await make();
    } catch (error) {
      notes.push(`The page goes without ${what}: ${(error as Error).message}`);
      return undefined;
    }
  };
  const names = model.steps.flatMap(({ kind, name }) => (kind === 'parameter' ? [name] : []));
  const prior = await attempt('draws from the prior', () =>
    priorPredictive(model as unknown as Model<never, never>, data as never, {
      draws: PRIOR_DRAWS,
      seed: 1,
      names,
    }),
  );
  const checks = await attempt('predictions', () => checksOf(posterior, run));
  return { statements: model.steps.map(statement), data, prior, checks, notes };
}

async function checksOf(posterior: Posterior, run: StoredRun): Promise<Check[]> {
  const observed = posterior.origin.model.steps.flatMap(({ kind, name }) =>
    kind === 'observe' ? [name] : [],
  );
  const kept = Math.max(1, Math.min(run.drawsPerChain, Math.ceil(REPLICATIONS / run.chains.length)));
  const step = Math.floor(run.drawsPerChain / kept);
  const thinned = {
    layout: run.layout,
    drawsPerChain: kept,
    quantityDraws: (index: number) =>
      run.quantityDraws(index).map((draws) => Float64Array.from({ length: kept }, (_, i) => draws[i * step])),
  };
  const predictions = await predict(posterior, thinned, { seed: 1, names: observed });
  return observed.flatMap((name) => {
    const values = [posterior.origin.data[name]]
      .flat(Infinity as 1)
      .flatMap((part) =>
        ArrayBuffer.isView(part) ? Array.from(part as unknown as ArrayLike<number>) : [part as number],
      );
    if (values.length > MOST_OBSERVATIONS || values.length < 2) return [];
    const draws = predictions.draws(name);
    const flat = draws.flat();
    const count = flat.length / draws.size;
    return [
      {
        name,
        observed: values,
        replications: Array.from({ length: count }, (_, i) =>
          Array.from(flat.subarray(i * draws.size, (i + 1) * draws.size)),
        ),
      },
    ];
  });
}

/** A step as a statistician writes it: `mu ~ normal(0, 5)`; of callbacks, what they return. */
function statement(step: Step): string {
  switch (step.kind) {
    case 'parameter':
      return `${step.name} ~ ${inWords(step.distribution)}${step.noncentered ? ' (noncentered)' : ''}`;
    case 'observe':
      return `${step.name} ~ ${inWords(step.distribution)} (observed)`;
    case 'derive':
      return `${step.name} = ${returned(step.value)}`;
    case 'term':
      return `log density += ${returned(step.value)} (${step.role})`;
  }
}

function inWords(distribution: AnyDistribution | ((...scope: never[]) => unknown)): string {
  if (typeof distribution === 'function') return returned(distribution);
  const values = Object.values(distribution.parameters).map(({ value }) =>
    typeof value === 'number' ? value : '…',
  );
  return `${distribution.name}(${values.join(', ')})`;
}

/** The text of a callback's result. */
function returned(callback: (...scope: never[]) => unknown): string {
  const text = String(callback).replace(/\s+/g, ' ');
  const [, result = text] = /^[^=]*?=> ?(.*)$/.exec(text) ?? [];
  return result.replace(/\(0, _credence\.(\w+)\)/g, '$1').replace(/\b_credence\./g, '');
}
