/** What a report says beyond the draws, from the model they came from: its statements, data, prior and predictions. */

import type { AnyDistribution } from '../distributions/distribution';
import type { StoredRun } from '../io/stored-run';
import type { Step } from '../model/step';
import type { Check, ReportOptions } from '../page';
import { RunModel } from './run-model';

/** Replications of the data, all chains together. */
const REPLICATIONS = 200;
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
  const model = await RunModel.load(path, dataFile);
  const seed = run.settings.seed ?? 0;
  return {
    statements: model.steps.map(statement),
    data: model.data,
    prior: await model.prior('The page goes without draws from the prior', 'parameter', seed),
    checks: await checksOf(model, run, seed),
    notes: model.notes,
  };
}

async function checksOf(model: RunModel, run: StoredRun, seed: number): Promise<Check[]> {
  const observed = model
    .names('observe')
    .map((name) => ({ name, values: numbersOf(model.data[name]) }))
    .filter(({ values }) => values.length >= 2 && values.length <= MOST_OBSERVATIONS);
  if (observed.length === 0) return [];
  const predictions = await model.predictions('The page goes without predictions', thinned(run), seed);
  if (predictions === undefined) return [];
  return observed.map(({ name, values }) => {
    const flat = predictions.draws(name).flat();
    const replications = Array.from({ length: flat.length / values.length }, (_, i) =>
      Array.from(flat.subarray(i * values.length, (i + 1) * values.length)),
    );
    return { name, observed: values, replications };
  });
}

/** Evenly spread draws, as many as there are to be replications. */
function thinned(run: StoredRun) {
  const kept = Math.max(1, Math.min(run.drawsPerChain, Math.ceil(REPLICATIONS / run.chains.length)));
  const step = Math.floor(run.drawsPerChain / kept);
  return {
    layout: run.layout,
    drawsPerChain: kept,
    quantityDraws: (index: number) =>
      run.quantityDraws(index).map((draws) => Float64Array.from({ length: kept }, (_, i) => draws[i * step])),
  };
}

/** The numbers of data, however nested. */
function numbersOf(value: unknown): number[] {
  if (typeof value === 'number') return [value];
  if (Array.isArray(value)) return value.flatMap(numbersOf);
  return ArrayBuffer.isView(value) ? Array.from(value as unknown as ArrayLike<number>) : [];
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
