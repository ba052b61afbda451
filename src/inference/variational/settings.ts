/** Options of variational inference: defaults and checks. */

import { requireInteger } from '../../arguments';
import { requireKnownOptions } from '../../model/known-options';
import { OptionReader } from '../options';
import { OF_SAMPLERS } from '../optimize/maximize';
import type { Ranks } from '../posterior';
import type { InitialValues } from '../start';
import type { FamilyName } from './family';
import type { FlowSettings, LayerKind } from './flow/flow';
import type { Guide } from './guide/guide';
import type { MinibatchSettings } from './minibatch/target';
import type { VariationalProgress } from './schedule';
import type { VariationalState } from './watch';

/** `R`: names and ranks of the posterior's quantities. */
export interface VariationalOptions<R extends Ranks = Ranks> {
  /**
   * `'mean-field'` (default): independent Gaussians on the unconstrained scale; `'full-rank'`: a Gaussian with any
   * covariance; `'low-rank'`: diagonal plus `rank` columns; `'flow'`: a normalizing flow on top of the full-rank Gaussian,
   * for models (not for functions of the host). Discrete parameters go with `'mean-field'` only, where each is independent
   * of all else: with a probability for each of few values, else binomial or negative binomial.
   */
  readonly family?: FamilyName;
  /**
   * An approximation of one's own, in place of a family: a function that draws each parameter of the model from a
   * distribution with variational parameters (see docs/variational.md).
   */
  readonly guide?: Guide<R>;
  /** Layers of the flow, in the order in which noise passes them, and units of each layer's network. */
  readonly flow?: Partial<FlowSettings>;
  /** Columns of the low-rank family; 1 to dimension, default 5 or the dimension if that is less. */
  readonly rank?: number;
  /**
   * `'sticking-the-landing'` (default): gradients along the path alone, without noise once the approximation is exact
   * (Roeder, Wu & Duvenaud 2017); `'reparameterised'`: with those of the density of the draws as well, for Gaussians those
   * of the entropy in closed form. Flows have the second only.
   */
  readonly gradient?: GradientName;
  /**
   * How a mean-field Gaussian moves: `'natural'` gradient (default) or `'online-newton'`, the variational online Newton
   * method with momentum (Shen et al. 2024).
   */
  readonly update?: UpdateName;
  /**
   * Steps see batches of `size` rows along a `dimension` of the data, drawn without replacement within epochs; their
   * likelihood is scaled to all rows. For Gaussian families, and likelihoods that are sums over rows given the
   * parameters. Draws, bound and Pareto k of the result are those of all rows.
   */
  readonly minibatch?: MinibatchSettings;
  /** Draws per step; default 10. */
  readonly drawsPerStep?: number;
  /** First step size, halved from stage to stage; by default one that suits the family. */
  readonly stepSize?: number;
  /** Default 50000. */
  readonly maxIterations?: number;
  /** Stops once half the step size raises the bound by no more than this many nats, or than its error; default 0.01. */
  readonly tolerance?: number;
  /** Monte Carlo error of the averaged parameters, in the approximation's standard deviations; default 0.02. */
  readonly precision?: number;
  /** Independent draws of the result; default 4000, with minibatch 1000, fewer in very many dimensions. */
  readonly draws?: number;
  /** Integer in [0, 2⁵³): the same seed gives the same draws, on every machine. By default a fresh one. */
  readonly seed?: number;
  /** `'prior'` or starting values by parameter name, on the model's own scale; what is not named is drawn. Not for guides. */
  readonly initial?: 'prior' | InitialValues;
  /** Starting points are drawn from uniform[−radius, radius) in each unconstrained dimension; default 2. */
  readonly radius?: number;
  /** Ends the run early: the promise is rejected with the signal's reason. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: VariationalProgress) => void;
  /** Called with the state of the run at the end of each stage: plain data, to be given as `resume`. */
  readonly onState?: (state: VariationalState) => void;
  /** Goes on from such a state, of the same posterior and options. */
  readonly resume?: VariationalState;
}

const GRADIENTS = ['sticking-the-landing', 'reparameterised'] as const;
export type GradientName = (typeof GRADIENTS)[number];
const UPDATES = ['natural', 'online-newton'] as const;
export type UpdateName = (typeof UPDATES)[number];
const FAMILIES: readonly FamilyName[] = ['mean-field', 'full-rank', 'low-rank', 'flow'];
const LAYERS: readonly LayerKind[] = ['spline', 'autoregressive'];
const FLOW: FlowSettings = { layers: ['spline', 'spline', 'autoregressive', 'autoregressive'], hidden: 16 };

/** What a run was told: plain data. */
export interface VariationalSettings {
  readonly family: FamilyName | 'guide';
  readonly rank: number;
  readonly flow: FlowSettings | undefined;
  readonly gradient: GradientName;
  readonly update: UpdateName;
  readonly minibatch: MinibatchSettings | undefined;
  readonly drawsPerStep: number;
  /** 0: what suits the family. */
  readonly stepSize: number;
  readonly maxIterations: number;
  readonly tolerance: number;
  readonly precision: number;
  readonly draws: number;
  readonly seed: number;
  readonly radius: number;
}

const OWN = [
  'family',
  'guide',
  'rank',
  'flow',
  'gradient',
  'update',
  'minibatch',
  'drawsPerStep',
  'maxIterations',
  'tolerance',
  'precision',
  'onState',
  'resume',
];
/** Numbers that the draws of a result may take. */
const MOST_NUMBERS = 1 << 26;
const DRAWS = 4000;
/** With batches, where a draw's density is what costs most. */
const DRAWS_OF_BATCHES = 1000;

/**
 * Checked settings and what concerns the driver only.
 *
 * @param size numbers of a draw: unknowns and quantities
 */
export function readVariational<R extends Ranks>(
  options: VariationalOptions<R>,
  dimension: number,
  size: number,
) {
  const reader = new OptionReader(
    'variational',
    options,
    OWN,
    OF_SAMPLERS.filter((name) => name !== 'draws' && name !== 'stepSize'),
  );
  const common = reader.common();
  if (Array.isArray(options.initial)) {
    throw new TypeError(
      "variational: initial must be one object of values by parameter name, or 'prior', got a list",
    );
  }
  const { signal } = reader.run(common);
  if (options.guide !== undefined && typeof options.guide !== 'function') {
    throw new TypeError(`variational: guide must be a function, got ${typeof options.guide}`);
  }
  if (options.guide !== undefined && options.family !== undefined) {
    throw new TypeError('variational: give a family or a guide, not both');
  }
  if (options.guide !== undefined && options.initial !== undefined) {
    throw new TypeError(
      'variational: initial goes with a family; the parameters of a guide start where its real and positive say',
    );
  }
  const family = options.guide ? 'guide' : reader.choice('family', 'mean-field', FAMILIES);
  const update = reader.choice('update', 'natural', UPDATES);
  if (update === 'online-newton' && family !== 'mean-field') {
    throw new TypeError(`variational: update 'online-newton' goes with family 'mean-field', got '${family}'`);
  }
  for (const [option, only] of [
    ['rank', 'low-rank'],
    ['flow', 'flow'],
  ] as const) {
    if (reader.has(option) && family !== only) {
      throw new TypeError(`variational: ${option} goes with family '${only}', got '${family}'`);
    }
  }
  const usual = family === 'flow' ? 'reparameterised' : 'sticking-the-landing';
  const gradient = reader.choice('gradient', usual, GRADIENTS);
  if (gradient === 'sticking-the-landing' && family === 'flow') {
    throw new TypeError("variational: family 'flow' goes with gradient 'reparameterised' only");
  }
  const minibatch = reader.has('minibatch') ? readMinibatch(options.minibatch!, family) : undefined;
  const affordable = Math.max(25, Math.floor(MOST_NUMBERS / (dimension + size)));
  const settings: VariationalSettings = {
    family,
    rank: family === 'low-rank' ? reader.integer('rank', Math.min(5, dimension), 1, dimension) : 0,
    flow: family === 'flow' ? readFlow(options.flow) : undefined,
    gradient,
    update,
    minibatch,
    drawsPerStep: reader.integer('drawsPerStep', 10, 1),
    stepSize: reader.has('stepSize') ? reader.between('stepSize', 1, 0) : 0,
    maxIterations: reader.integer('maxIterations', 50_000, 1),
    tolerance: reader.between('tolerance', 0.01, 0),
    precision: reader.between('precision', 0.02, 0),
    draws: reader.integer('draws', Math.min(minibatch ? DRAWS_OF_BATCHES : DRAWS, affordable), 2),
    seed: common.seed,
    radius: common.radius,
  };
  return { settings, signal };
}

function readMinibatch(given: MinibatchSettings, family: VariationalSettings['family']): MinibatchSettings {
  if (family === 'flow' || family === 'guide') {
    const what = family === 'flow' ? "family 'flow'" : 'a guide';
    throw new TypeError(`variational: minibatch goes with Gaussian families, got ${what}`);
  }
  if (typeof given !== 'object') {
    throw new TypeError(`variational: minibatch must be { dimension, size }, got ${String(given)}`);
  }
  requireKnownOptions('variational: minibatch', given, ['dimension', 'size']);
  const { dimension, size } = given;
  if (typeof dimension !== 'string') {
    throw new TypeError(
      `variational: minibatch.dimension must be the name of a dimension, got ${String(dimension)}`,
    );
  }
  requireInteger('variational', 'minibatch.size', size, 1);
  return { dimension, size };
}

function readFlow(given: Partial<FlowSettings> = {}): FlowSettings {
  requireKnownOptions('variational: flow', given, Object.keys(FLOW));
  const { layers = FLOW.layers, hidden = FLOW.hidden } = given;
  if (!(Array.isArray(layers) && layers.length > 0 && layers.every((layer) => LAYERS.includes(layer)))) {
    throw new RangeError(
      `variational: flow.layers must be a list of 'spline' and 'autoregressive', got ${JSON.stringify(layers)}`,
    );
  }
  requireInteger('variational', 'flow.hidden', hidden, 1);
  return { layers: [...layers], hidden };
}
