/** The log evidence of a model by the method that the command line names. */

import {
  bridgeSampling,
  elboEvidence,
  exactEvidence,
  importanceSampling,
  laplaceEvidence,
  type LogEvidence,
  particleEvidence,
  steppingStones,
} from '../evidence';
import { LARGEST_K } from '../diagnostics/pareto-smoothing';
import { laplaceApproximation, nuts, variational } from '../inference';
import { parallelTempering, sequentialMonteCarlo } from '../tempering';
import type { NamedModel, Steps } from './models';

export const EVIDENCE_METHODS = [
  'bridge',
  'laplace',
  'importance',
  'smc',
  'stepping-stones',
  'elbo',
  'exact',
] as const;
export type EvidenceCommandMethod = (typeof EVIDENCE_METHODS)[number];

/** Standard error of a log evidence above which it is doubtful. */
const LARGEST_ERROR = 0.3;

export interface Budget {
  readonly chains: number;
  readonly draws?: number;
  readonly signal: AbortSignal;
  readonly steps: Steps;
}

export interface Estimated {
  readonly evidence: LogEvidence;
  /** Whether what the estimate rests on converged, fits, and left a small standard error. */
  readonly reliable: boolean;
}

export async function estimateEvidence(
  method: EvidenceCommandMethod,
  model: NamedModel,
  budget: Budget,
): Promise<Estimated> {
  const { evidence, sound } = await METHODS[method](model, budget);
  return { evidence, reliable: sound && evidence.standardError <= LARGEST_ERROR };
}

type Method = (
  model: NamedModel,
  budget: Budget,
) => Promise<{ readonly evidence: LogEvidence; readonly sound: boolean }>;

const METHODS: Readonly<Record<EvidenceCommandMethod, Method>> = {
  async bridge({ posterior, seed }, { chains, draws = 2000, signal, steps: { onProgress } }) {
    const fit = await nuts(posterior, { seed, chains, draws, signal, onProgress });
    const evidence = await bridgeSampling(posterior, fit, { seed });
    const { converged } = fit.summary();
    const warnings = converged
      ? evidence.warnings
      : ['The chains have not converged: do not rely on this estimate.', ...evidence.warnings];
    return { evidence: { ...evidence, warnings }, sound: converged };
  },
  async laplace({ posterior, seed }, { draws = 1000, signal }) {
    const fit = await laplaceApproximation(posterior, { seed, draws, signal });
    return { evidence: laplaceEvidence(posterior, fit), sound: fit.converged && fit.paretoK <= LARGEST_K };
  },
  async importance({ posterior, seed }, { draws = 10_000, signal }) {
    const fit = await laplaceApproximation(posterior, { seed, draws, signal });
    return { evidence: importanceSampling(posterior, fit), sound: fit.paretoK <= LARGEST_K };
  },
  async smc({ posterior, seed }, { chains, draws = 1000, signal, steps }) {
    const fit = await sequentialMonteCarlo(posterior, {
      ...{ seed, chains, particles: draws, signal },
      onProgress: ({ chain, weight }) =>
        steps.note(`run ${chain + 1} of ${chains}, weight of the data ${weight.toPrecision(2)}`),
    });
    return { evidence: particleEvidence(posterior, fit), sound: true };
  },
  async 'stepping-stones'({ posterior, seed }, { chains, draws = 1000, signal, steps: { onProgress } }) {
    const fit = await parallelTempering(posterior, { seed, chains, draws, signal, onProgress });
    return { evidence: steppingStones(posterior, fit), sound: true };
  },
  async elbo({ posterior, seed }, { draws = 1000, signal }) {
    const fit = await variational(posterior, { seed, draws, signal, family: 'full-rank' });
    const evidence = elboEvidence(posterior, fit);
    const late = 'The optimisation ended before it had converged: the bound can be raised.';
    const warnings = fit.converged ? evidence.warnings : [late, ...evidence.warnings];
    // A bound holds however narrow the approximation is.
    return { evidence: { ...evidence, warnings }, sound: fit.converged };
  },
  exact: async ({ posterior }) => ({ evidence: exactEvidence(posterior), sound: true }),
};
