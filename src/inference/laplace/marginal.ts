/** Nested Laplace: latent parameters integrated out around their mode, hyperparameters sampled with NUTS. */

import { type FullExports, fullInstance, type Instance } from '../../backend/wasm';
import { paretoSmooth } from '../../diagnostics';
import { type Expression, gradient, total, withGraph } from '../../expr';
import { Posterior } from '../../model/posterior';
import { didYouMean } from '../../model/nearest';
import { type Summary, summarize, type SummaryOptions } from '../../report';
import type { DensityFunction, Layout } from '../../target/target';
import { evaluateDraws } from '../approximation';
import { requireContinuous } from '../continuous';
import type { Fit } from '../fit';
import { fromFunction } from '../from-function';
import { NamedDraws } from '../named-draws';
import { nuts, type NutsOptions } from '../nuts';
import { objectiveTarget } from '../optimize/objective';
import type { Ranks, Samplable } from '../posterior';
import { colorCoordinates } from './coloring';

export interface LaplaceMarginalOptions extends Omit<
  NutsOptions,
  'initial' | 'workers' | 'worker' | 'keep' | 'onDraws' | 'until' | 'checkpoint'
> {
  /**
   * Names of the parameters that are integrated out: given all others, their prior is normal, or nearly so in their
   * unconstrained form.
   */
  readonly latent: readonly string[];
}

/** The marginal density of hyperparameters, ready to be evaluated, with draws of the latents that belong to them. */
export interface MarginalDensity {
  /** Names and shapes of the hyperparameters, unconstrained. */
  readonly parameters: Readonly<Record<string, readonly number[]>>;
  readonly dimension: number;
  /** Number of latent coordinates, and whether their Hessian is diagonal given the hyperparameters. */
  readonly latents: number;
  readonly separable: boolean;
  /** Log density, NaN where the latents have no mode, and its gradient. */
  readonly density: DensityFunction;
  /** A draw of the latents at the hyperparameters last evaluated: the whole position, and its log density given them. */
  readonly draw: (random: number) => { position: Float64Array; logDensity: number };
  readonly instance: Instance<FullExports>;
}

/** log p(hyperparameters, data) with the latents integrated out by Laplace's method. */
export async function marginalDensity(
  posterior: Posterior,
  latent: readonly string[],
): Promise<MarginalDensity> {
  const { inputs } = posterior;
  const chosen = inputs.filter(({ name }) => latent.includes(name!));
  const others = inputs.filter(({ name }) => !latent.includes(name!));
  const parts = { products: true, pullback: false, curvatureSlope: true };
  const target = objectiveTarget(posterior, 'density', parts);
  const instance = await fullInstance(target);
  const { exports } = instance;
  exports.configureProducts(1);
  const separable = areSeparable(posterior, chosen);
  const place = (list: readonly Expression[]): [pointer: number, count: number] => {
    const indices = coordinatesOf(inputs, list);
    const pointer = exports.allocate(4 * indices.length + 16);
    new Int32Array(instance.bytes(pointer, 4 * indices.length).buffer, pointer, indices.length).set(indices);
    return [pointer, indices.length];
  };
  const [latentAt, latents] = place(chosen);
  const [othersAt, dimension] = place(others);
  exports.configureMarginal(latentAt, latents, othersAt, dimension, separable ? 1 : 0);
  const from = exports.allocate(8 * dimension + 64);
  const to = exports.allocate(8 * dimension + 64);
  const whole = exports.allocate(8 * posterior.dimension + 64);
  return {
    parameters: Object.fromEntries(others.map(({ name, shape }) => [name!, shape])),
    dimension,
    latents,
    separable,
    instance,
    density(position, slopes) {
      instance.view(from, dimension).set(position);
      const value = exports.marginalDensity(from, to);
      slopes.set(instance.view(to, dimension));
      return value;
    },
    draw(random) {
      const logDensity = exports.drawLatents(random, whole);
      return { position: instance.view(whole, posterior.dimension).slice(), logDensity };
    },
  };
}

/** Whether no two latent coordinates meet once the others are given. */
function areSeparable({ graph, terms }: Posterior, latents: readonly Expression[]): boolean {
  const slopes = withGraph(graph, () => gradient(total(terms.map(({ value }) => value)), latents));
  return colorCoordinates(slopes, latents)?.count === 1;
}

/** Numbers of the coordinates of some inputs in the position. */
function coordinatesOf(inputs: readonly Expression[], chosen: readonly Expression[]): number[] {
  const found: number[] = [];
  let start = 0;
  for (const input of inputs) {
    if (chosen.includes(input)) for (let i = 0; i < input.size; i++) found.push(start + i);
    start += input.size;
  }
  return found;
}

interface MarginalParts {
  readonly layout: Layout;
  readonly hyperparameters: Fit;
  readonly quantities: Float64Array;
  readonly logRatios: Float64Array;
}

/** Draws of all parameters: hyperparameters by NUTS, latents by their normal approximation given these. */
export class LaplaceMarginalFit<R extends Ranks = Ranks> extends NamedDraws<R> {
  protected override readonly title: string = 'nested Laplace approximation';
  readonly layout: Layout;
  readonly drawsPerChain: number;
  readonly chains: readonly number[];
  /** The run over the unconstrained hyperparameters, with its diagnostics. */
  readonly hyperparameters: Fit;
  /**
   * Shape k of the importance ratios of the posterior to what was drawn from: below 0.7 the latents are near enough to
   * normal.
   */
  readonly paretoK: number;
  private readonly quantities: Float64Array;

  constructor({ layout, hyperparameters, quantities, logRatios }: MarginalParts) {
    super();
    this.layout = layout;
    this.hyperparameters = hyperparameters;
    this.drawsPerChain = hyperparameters.drawsPerChain;
    this.chains = hyperparameters.chains;
    this.quantities = quantities;
    this.paretoK = paretoSmooth(logRatios).k;
  }

  override quantityDraws(index: number): Float64Array[] {
    const { drawsPerChain, layout, quantities } = this;
    return this.chains.map((_, chain) =>
      Float64Array.from(
        { length: drawsPerChain },
        (_value, draw) => quantities[(chain * drawsPerChain + draw) * layout.size + index],
      ),
    );
  }

  /** Estimates with their Monte Carlo errors and the diagnostics of the run over the hyperparameters; prints as a table. */
  summary(options?: SummaryOptions): Summary {
    const { hyperparameters } = this;
    return summarize(
      {
        layout: this.layout,
        quantityDraws: (index) => this.quantityDraws(index),
        stats: hyperparameters.stats,
        maxTreeDepth: hyperparameters.maxTreeDepth,
        failures: hyperparameters.failures,
        timing: hyperparameters.timing,
        gradientEvaluations: hyperparameters.gradientEvaluations,
      },
      options,
    );
  }
}

/** Options of NUTS that do not go with densities of this thread. */
const REFUSED = ['initial', 'workers', 'worker', 'keep', 'onDraws', 'until', 'checkpoint'];

/**
 * Samples a model whose latent parameters are nearly normal given the rest (groups' effects, Gaussian processes under counts
 * or classes): these are integrated out around their mode at each value of the hyperparameters, whose marginal density NUTS
 * then samples without the funnels between the two; afterwards latents are drawn given each draw of the hyperparameters.
 * Exact where the latents' posterior given the hyperparameters is normal. A gradient takes some Newton steps, each as many
 * Hessian products as there are latents, or one where the graph proves that no two latents meet.
 *
 * @param options `latent`, and the options of `nuts` except starting values, workers and what concerns long runs
 * @throws TypeError where the posterior is a density function, or `latent` is missing
 * @throws RangeError for names that are no parameters, or all of them
 * @throws Error where an operation of the model has no third derivative
 */
export async function laplaceMarginal<R extends Ranks>(
  posterior: Samplable<R>,
  options: LaplaceMarginalOptions,
): Promise<LaplaceMarginalFit<R>> {
  if (!(posterior instanceof Posterior)) {
    throw new TypeError(
      'laplaceMarginal: posterior must be a conditioned model, got a density function, which has no second derivatives',
    );
  }
  requireContinuous('laplaceMarginal', posterior);
  const { latent, ...sampling } = options;
  checkLatent(posterior, latent);
  for (const name of REFUSED) {
    if (name in sampling) throw new TypeError(`laplaceMarginal: there is no option '${name}'`);
  }
  const marginal = await marginalDensity(posterior, latent);
  const { parameters, density, instance, draw } = marginal;
  const fit = await nuts(fromFunction({ parameters, density }), { ...sampling, workers: 0 });

  const { layout, dimension } = posterior;
  const { chains, drawsPerChain } = fit;
  const positions = new Float64Array(chains.length * drawsPerChain * dimension);
  const logApproximations = new Float64Array(chains.length * drawsPerChain);
  const columns = Array.from({ length: marginal.dimension }, (_, k) => fit.quantityDraws(k));
  const slopes = new Float64Array(marginal.dimension);
  chains.forEach((number, chain) => {
    // Streams beyond those of the chains themselves.
    const random = instance.exports.createRandom(BigInt(fit.settings.seed), fit.settings.chains + number);
    for (let t = 0; t < drawsPerChain; t++) {
      const value = density(
        Float64Array.from(columns, (column) => column[chain][t]),
        slopes,
      );
      const drawn = draw(random);
      const row = chain * drawsPerChain + t;
      positions.set(drawn.position, row * dimension);
      logApproximations[row] = value + drawn.logDensity;
    }
  });
  const { quantities, logDensities } = evaluateDraws(instance, layout, positions);
  return new LaplaceMarginalFit<R>({
    layout,
    hyperparameters: fit as Fit,
    quantities,
    logRatios: logDensities.map((value, row) => value - logApproximations[row]),
  });
}

function checkLatent({ inputs }: Posterior, latent: unknown): void {
  if (!Array.isArray(latent) || latent.length === 0) {
    throw new TypeError('laplaceMarginal: latent must be an array of names of parameters to integrate out');
  }
  const names = inputs.map(({ name }) => name!);
  for (const name of latent as string[]) {
    if (!names.includes(name)) {
      throw new RangeError(
        `laplaceMarginal: latent: there is no parameter '${name}'${didYouMean(name, names)}`,
      );
    }
  }
  if (names.every((name) => (latent as string[]).includes(name))) {
    throw new RangeError(
      'laplaceMarginal: latent names all parameters, and none is left to sample; laplaceApproximation does that',
    );
  }
}
