/** Models side by side by how well they predict. */

import { Printed } from '../report/printed';
import { random } from '../random';
import { alignedTable } from '../report/table';
import { sum } from '../diagnostics/moments';
import { type Elpd, standardErrorOfSum } from './elpd';
import { pseudoBmaPlusWeights, pseudoBmaWeights, stackingWeights } from './weights';
import { requireKnownOptions } from '../model/known-options';

/** One model among others. */
export interface ComparisonRow {
  readonly name: string;
  readonly elpd: Elpd;
  /** elpd − that of the best model: 0 for the best, else negative. */
  readonly difference: number;
  /** Standard error of the difference, from its contributions of the same observations. */
  readonly standardError: number;
  /** Weight in the mixture of predictions that scores best. */
  readonly stacking: number;
  readonly pseudoBma: number;
  /** Pseudo-BMA that allows for the uncertainty of elpd by a Bayesian bootstrap. */
  readonly pseudoBmaPlus: number;
}

export interface CompareOptions {
  /** Integer in [0, 2⁵³) of the Bayesian bootstrap; default 0. */
  readonly seed?: number;
}

const WEIGHTS = ['stacking', 'pseudoBma', 'pseudoBmaPlus'] as const;

/** Models in falling order of their predictive accuracy; prints as a table. */
export class Comparison extends Printed {
  constructor(readonly rows: readonly ComparisonRow[]) {
    super();
  }

  /** Weights by name, for `averagePredictions`. */
  weights(kind: (typeof WEIGHTS)[number] = 'stacking'): Readonly<Record<string, number>> {
    if (!WEIGHTS.includes(kind)) {
      const known = WEIGHTS.map((name) => `'${name}'`).join(' or ');
      throw new RangeError(`weights: kind must be ${known}, got '${String(kind)}'`);
    }
    return Object.fromEntries(this.rows.map((row) => [row.name, row[kind]]));
  }

  override toString(): string {
    const header = ['', 'elpd', 'se', 'p', 'difference', 'se', 'stacking', 'pseudo-BMA+', 'method'];
    const cells = this.rows.map((row) => [
      row.name,
      row.elpd.elpd.toFixed(1),
      row.elpd.standardError.toFixed(1),
      row.elpd.p?.toFixed(1) ?? '–',
      row.difference.toFixed(1),
      row.standardError.toFixed(1),
      row.stacking.toFixed(2),
      row.pseudoBmaPlus.toFixed(2),
      row.elpd.method,
    ]);
    const warnings = this.rows.flatMap(({ name, elpd }) =>
      elpd.warnings.map((warning) => `Warning: ${name}: ${warning}`),
    );
    return [alignedTable([header, ...cells]), ...warnings].join('\n\n');
  }

  toJSON(): unknown {
    return this.rows.map(({ elpd, ...row }) => ({
      ...row,
      method: elpd.method,
      elpd: elpd.elpd,
      elpdStandardError: elpd.standardError,
      p: elpd.p,
      warnings: elpd.warnings,
    }));
  }
}

/**
 * Compares models of the same observations (Vehtari, Gelman & Gabry 2017; weights of Yao et al. 2018).
 *
 * @param models the estimates of `loo`, `kFold` and so on, by name
 * @throws RangeError for no models, and for models of different numbers of observations
 */
export async function compare(
  models: Readonly<Record<string, Elpd>>,
  options: CompareOptions = {},
): Promise<Comparison> {
  requireKnownOptions('compare', options, ['seed']);
  const { seed = 0 } = options;
  const names = Object.keys(models);
  if (names.length === 0) throw new RangeError('compare: there are no models');
  const count = models[names[0]].pointwise.elpd.length;
  for (const name of names) {
    const { length } = models[name].pointwise.elpd;
    if (length !== count) {
      throw new RangeError(
        `compare: the models must predict the same observations, but '${names[0]}' has ${count} and '${name}' ${length}`,
      );
    }
  }
  const sorted = names.toSorted((a, b) => models[b].elpd - models[a].elpd);
  const elpd = sorted.map((name) => models[name].pointwise.elpd);
  const stacking = stackingWeights(elpd);
  const pseudoBma = pseudoBmaWeights(elpd);
  const pseudoBmaPlus = pseudoBmaPlusWeights(elpd, await random(seed));
  const rows = sorted.map((name, k): ComparisonRow => {
    const differences = elpd[k].map((value, i) => value - elpd[0][i]);
    return {
      name,
      elpd: models[name],
      difference: sum(differences),
      standardError: k === 0 ? 0 : standardErrorOfSum(differences),
      stacking: stacking[k],
      pseudoBma: pseudoBma[k],
      pseudoBmaPlus: pseudoBmaPlus[k],
    };
  });
  return new Comparison(rows);
}
