/** Models weighed by their evidence: Bayes factors and posterior probabilities. */

import { softmax } from '../diagnostics/log-sum-exp';
import { Printed } from '../report/printed';
import { alignedTable } from '../report/table';
import type { LogEvidence } from './log-evidence';
import { requireKnownOptions } from '../model/known-options';

/** One model among others. */
export interface ModelRow {
  readonly name: string;
  readonly logEvidence: LogEvidence;
  /** log p(data | this model) − log p(data | first model): above 0 only where prior probabilities decided. */
  readonly logBayesFactor: number;
  /** Standard error of the log Bayes factor; the estimates are independent. */
  readonly standardError: number;
  readonly priorProbability: number;
  /** p(model | data). */
  readonly probability: number;
  /** Standard error of the probability, to first order in those of the evidences. */
  readonly probabilityError: number;
}

export interface CompareEvidenceOptions {
  /** Prior probability of each model, by name; they need not add up to one. By default all are alike. */
  readonly priorProbabilities?: Readonly<Record<string, number>>;
}

/** Models in falling order of their posterior probability; prints as a table. */
export class EvidenceComparison extends Printed {
  constructor(readonly rows: readonly ModelRow[]) {
    super();
  }

  /** Posterior probabilities by name: weights for `averagePredictions`. */
  get probabilities(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.rows.map(({ name, probability }) => [name, probability]));
  }

  /**
   * Log Bayes factor of one model against another.
   *
   * @throws RangeError for a name that is not among them
   */
  logBayesFactor(
    model: string,
    against: string,
  ): { readonly estimate: number; readonly standardError: number } {
    const [a, b] = [model, against].map((name) => {
      const row = this.rows.find((candidate) => candidate.name === name);
      if (row === undefined) throw new RangeError(`logBayesFactor: there is no model '${name}'`);
      return row.logEvidence;
    });
    return {
      estimate: a.estimate - b.estimate,
      standardError: Math.hypot(a.standardError, b.standardError),
    };
  }

  override toString(): string {
    const header = ['', 'log evidence', 'se', 'log BF', 'se', 'probability', 'se', 'method'];
    const cells = this.rows.map((row) => [
      row.name,
      row.logEvidence.estimate.toFixed(2),
      row.logEvidence.standardError.toFixed(2),
      row.logBayesFactor.toFixed(2),
      row.standardError.toFixed(2),
      row.probability.toPrecision(3),
      row.probabilityError.toPrecision(1),
      row.logEvidence.method,
    ]);
    const warnings = this.rows.flatMap(({ name, logEvidence }) =>
      logEvidence.warnings.map((warning) => `Warning: ${name}: ${warning}`),
    );
    return [alignedTable([header, ...cells]), ...warnings].join('\n\n');
  }
}

/**
 * Weighs models of the same data by their evidence (Kass & Raftery 1995): p(model | data) ∝ p(data | model) p(model).
 *
 * @param models log evidence of each, by name
 * @throws RangeError for fewer than one model, unknown names, and probabilities that are not positive
 */
export function compareEvidence(
  models: Readonly<Record<string, LogEvidence>>,
  options: CompareEvidenceOptions = {},
): EvidenceComparison {
  requireKnownOptions('compareEvidence', options, ['priorProbabilities']);
  const { priorProbabilities } = options;
  const names = Object.keys(models);
  if (names.length === 0) throw new RangeError('compareEvidence: there are no models');
  for (const [name, value] of Object.entries(priorProbabilities ?? {})) {
    if (!names.includes(name)) throw new RangeError(`compareEvidence: there is no model '${name}'`);
    if (!(value > 0 && value < Infinity)) {
      throw new RangeError(`compareEvidence: the prior probability of '${name}' must be > 0, got ${value}`);
    }
  }
  const prior = names.map((name) => {
    const value = priorProbabilities === undefined ? 1 : priorProbabilities[name];
    if (value === undefined) throw new RangeError(`compareEvidence: '${name}' has no prior probability`);
    return value;
  });
  const whole = prior.reduce((sum, value) => sum + value, 0);
  const evidences = names.map((name) => models[name]);
  const probabilities = softmax(
    evidences.map(({ estimate }) => estimate),
    prior,
  );
  const best = evidences[probabilities.indexOf(Math.max(...probabilities))];
  const rows = names.map((name, i): ModelRow => {
    const evidence = evidences[i];
    // ∂p_i/∂log Z_j = p_i (δ_ij − p_j)
    const squared = evidences.reduce(
      (sum, { standardError }, j) =>
        sum + (probabilities[i] * ((i === j ? 1 : 0) - probabilities[j]) * standardError) ** 2,
      0,
    );
    return {
      name,
      logEvidence: evidence,
      logBayesFactor: evidence.estimate - best.estimate,
      standardError: evidence === best ? 0 : Math.hypot(evidence.standardError, best.standardError),
      priorProbability: prior[i] / whole,
      probability: probabilities[i],
      probabilityError: Math.sqrt(squared),
    };
  });
  return new EvidenceComparison(rows.sort((a, b) => b.probability - a.probability));
}
