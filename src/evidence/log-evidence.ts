/** An estimate of the log evidence log p(data | model), and how far to trust it. */

export type EvidenceMethod =
  | 'exact'
  | 'Laplace'
  | 'ELBO'
  | 'importance sampling'
  | 'bridge sampling'
  | 'sequential Monte Carlo'
  | 'stepping stones'
  | 'thermodynamic integration';

export interface LogEvidence {
  /** log p(data | model), natural logarithm. */
  readonly estimate: number;
  /** Standard error of the estimate on the log scale; 0 where there is none by chance. */
  readonly standardError: number;
  readonly method: EvidenceMethod;
  /** What makes the estimate doubtful, in plain words; empty where nothing does. */
  readonly warnings: readonly string[];
}
