/** The samplers that the command knows: which options each takes, how it is run, and what a run's settings tell of them. */

import {
  ellipticalSlice,
  type Fit,
  hmc,
  mclmc,
  metropolis,
  nuts,
  type Progress,
  type RunSettings,
  type Samplable,
  sliceSampling,
  walnuts,
} from '../inference';
import { Posterior } from '../model';
import {
  parallelTempering,
  type ParticleFit,
  sequentialMonteCarlo,
  type StageProgress,
  type TemperedFit,
} from '../tempering';
import { readJsonObject } from './json-file';
import type { SamplerName, SamplerSpecifics } from './options';

type Specific = keyof SamplerSpecifics;
/** Options under their names there, which are those of the library. */
export type Given = Readonly<Record<string, unknown>>;

/** A sampler whose chains can be written as they go on, and taken up again. */
export interface ChainSampler {
  readonly kind: 'chains';
  readonly options: readonly Specific[];
  /** Whether it has made a run, by its settings. */
  made(settings: RunSettings): boolean;
  /** Its own options, as a run's settings have them. */
  recall(settings: RunSettings): Given;
  /** Those that settings do not tell of, and a run must remember besides. */
  readonly remembered?: readonly Specific[];
  run(posterior: Samplable, options: Given): Promise<Fit>;
}

/** A sampler whose result comes at once. */
export interface WholeSampler {
  readonly kind: 'whole';
  readonly options: readonly Specific[];
  run(posterior: Samplable, options: Given, news: News): Promise<TemperedFit | ParticleFit>;
}

/** Whom to tell how far it is. */
export interface News {
  onProgress?(progress: Progress): void;
  onStage?(progress: StageProgress): void;
}

const ALWAYS: readonly Specific[] = ['chains', 'seed', 'workers'];
const CHAINS: readonly Specific[] = [...ALWAYS, 'warmup', 'draws', 'thin', 'initial', 'radius'];
const HAMILTONIAN: readonly Specific[] = [
  ...CHAINS,
  ...(['targetAcceptance', 'metric', 'metricAdaptation', 'stepSize', 'jitter'] as const),
];

/** An option that is left out where settings have 0 for a value to be found. */
const unlessZero = (name: string, value: number): Given => (value > 0 ? { [name]: value } : {});

const hamiltonian = ({ targetAcceptance, metric, adaptation, stepSize }: RunSettings): Given => ({
  targetAcceptance,
  metric,
  ...(adaptation && { metricAdaptation: adaptation }),
  ...unlessZero('stepSize', stepSize),
});

export const SAMPLERS: Readonly<Record<SamplerName, ChainSampler | WholeSampler>> = {
  nuts: {
    kind: 'chains',
    options: [...HAMILTONIAN, 'maxTreeDepth'],
    made: ({ algorithm }) => algorithm.kind === 'nuts',
    recall(settings) {
      const { maxTreeDepth, jitter } = settings.algorithm as { maxTreeDepth: number; jitter?: number };
      return { ...hamiltonian(settings), maxTreeDepth, jitter };
    },
    run: nuts,
  },
  hmc: {
    kind: 'chains',
    options: [...HAMILTONIAN, 'steps', 'integrationTime', 'maxSteps'],
    made: ({ algorithm }) => algorithm.kind === 'hmc',
    recall(settings) {
      const { steps, integrationTime, maxSteps, jitter } = settings.algorithm as Extract<
        RunSettings['algorithm'],
        { kind: 'hmc' }
      >;
      const length = steps > 0 ? { steps } : { integrationTime };
      return { ...hamiltonian(settings), ...length, maxSteps, jitter };
    },
    run: hmc,
  },
  walnuts: {
    kind: 'chains',
    options: [...HAMILTONIAN, 'maxTreeDepth', 'maxEnergyError', 'maxStepHalvings'],
    made: ({ algorithm }) => algorithm.kind === 'walnuts',
    recall(settings) {
      const { maxTreeDepth, jitter, maxEnergyError, maxStepHalvings } = settings.algorithm as Extract<
        RunSettings['algorithm'],
        { kind: 'walnuts' }
      >;
      return { ...hamiltonian(settings), maxTreeDepth, jitter, maxEnergyError, maxStepHalvings };
    },
    run: walnuts,
  },
  metropolis: {
    kind: 'chains',
    options: [...CHAINS, 'metric', 'stepSize', 'blocks', 'integers', 'proposal'],
    made: ({ algorithm }) => algorithm.kind === 'metropolis',
    recall({ metric, stepSize, algorithm }) {
      if ((algorithm as { proposal?: string }).proposal === 'independence') return {};
      return { metric, ...unlessZero('stepSize', stepSize) };
    },
    remembered: ['blocks', 'integers', 'proposal'],
    run: (posterior, { proposal, ...options }) =>
      metropolis(posterior, {
        ...options,
        ...(proposal !== undefined && { proposal: readJsonObject(proposal as string) as never }),
      }),
  },
  slice: {
    kind: 'chains',
    options: [...CHAINS, 'stepSize'],
    made: ({ algorithm }) => algorithm.kind === 'slice',
    recall: ({ stepSize }) => unlessZero('stepSize', stepSize),
    run: sliceSampling,
  },
  'elliptical-slice': {
    kind: 'chains',
    options: CHAINS,
    made: ({ algorithm }) => algorithm.kind === 'elliptical-slice',
    recall: () => ({}),
    async run(posterior, options) {
      if (posterior instanceof Posterior) return ellipticalSlice(posterior, options);
      throw new Error('--sampler elliptical-slice needs a model made by credence, whose prior is known');
    },
  },
  mclmc: {
    kind: 'chains',
    options: [
      ...CHAINS,
      ...([
        'targetAcceptance',
        'metric',
        'stepSize',
        'adjusted',
        'trajectoryLength',
        'energyVariance',
      ] as const),
    ],
    made: ({ algorithm }) => algorithm.kind === 'mclmc' || algorithm.kind === 'adjusted-mclmc',
    recall({ targetAcceptance, metric, stepSize, algorithm }) {
      const { kind, trajectoryLength, energyVariance } = algorithm as Extract<
        RunSettings['algorithm'],
        { kind: 'mclmc' | 'adjusted-mclmc' }
      >;
      return {
        ...(kind === 'mclmc' ? { energyVariance } : { adjusted: true, targetAcceptance }),
        ...{ metric, ...unlessZero('stepSize', stepSize) },
        ...unlessZero('trajectoryLength', trajectoryLength),
      };
    },
    run: mclmc,
  },
  'parallel-tempering': {
    kind: 'whole',
    options: [...CHAINS, 'levels', 'kernel', 'integers'],
    run: (posterior, options, { onProgress }) => parallelTempering(posterior, { ...options, onProgress }),
  },
  smc: {
    kind: 'whole',
    options: [
      ...ALWAYS,
      ...(['particles', 'kernel', 'threshold', 'correlation', 'maxMoves', 'integers'] as const),
    ],
    run: (posterior, options, { onStage }) =>
      sequentialMonteCarlo(posterior, { ...options, onProgress: onStage }),
  },
};

/** All options that some sampler takes. */
export const SPECIFICS: readonly Specific[] = [
  ...new Set(Object.values(SAMPLERS).flatMap(({ options }) => options)),
];
