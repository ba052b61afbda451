/** What a chain is told: plain data, fit for a worker. */

import type { Until } from './until';

/** How trajectories are made. */
export type Algorithm =
  | { readonly kind: 'nuts'; readonly maxTreeDepth: number; readonly jitter?: number }
  | {
      readonly kind: 'hmc';
      /** Leapfrog steps of a trajectory; 0: as many as fill `integrationTime`. */
      readonly steps: number;
      readonly integrationTime: number;
      readonly maxSteps: number;
      readonly jitter: number;
    };

/** Samplers that only the full build of the module has. */
export type FurtherAlgorithm = (
  | {
      readonly kind: 'metropolis';
      readonly proposal: 'random-walk' | 'independence';
      /** Number of blocks that are updated one after another. */
      readonly blocks: number;
    }
  | { readonly kind: 'custom'; readonly name: string }
  | { readonly kind: 'slice' }
  | { readonly kind: 'elliptical-slice' }
  | {
      readonly kind: 'mclmc' | 'adjusted-mclmc';
      /** 0: √d. */
      readonly trajectoryLength: number;
      readonly energyVariance: number;
    }
  | {
      readonly kind: 'walnuts';
      readonly maxTreeDepth: number;
      readonly jitter: number;
      readonly maxEnergyError: number;
      readonly maxStepHalvings: number;
    }
) & {
  /** Bytes that a chain keeps beside what all have. */
  readonly extraBytes: number;
};

export type Metric = 'auto' | 'unit' | 'diagonal' | 'dense' | 'low-rank';

/** What the metric is learnt from: draws and their gradients, or draws alone, in Stan's windows. */
export type Adaptation = 'fisher' | 'stan';

/** Settings shared by the chains of a run. */
export interface RunSettings {
  readonly algorithm: Algorithm | FurtherAlgorithm;
  readonly chains: number;
  readonly warmup: number;
  /** Draws kept of each chain. */
  readonly draws: number;
  readonly thin: number;
  readonly seed: number;
  readonly targetAcceptance: number;
  readonly metric: Metric;
  /** Default: from draws and gradients. */
  readonly adaptation?: Adaptation;
  /** Initial step size; 0: to be found. */
  readonly stepSize: number;
  /** Half-width of the uniform distribution of starting points. */
  readonly radius: number;
  /** When a run may end before it has made all its draws. */
  readonly until?: Until;
}

/** Transitions of a chain from first to last. */
export function transitionsOf(settings: RunSettings): number {
  return settings.warmup + settings.draws * settings.thin;
}
