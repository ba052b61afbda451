/** Posterior predictive draws: what a fitted model says of data that it may not have seen. */
import { requireInteger } from '../arguments';
import type { Expression } from '../expr';
import { bind } from '../model/condition';
import { Dimensions } from '../model/dimensions';
import { ModelError } from '../model/error';
import { requireKnownOptions } from '../model/known-options';
import type { Posterior } from '../model/posterior';
import type { Layout, Quantity } from '../target/target';
import { Leaves } from '../simulation/leaves';
import { replay } from '../simulation/replay';
import { Simulator } from '../simulation/simulator';
import type { Values } from '../simulation/stage';
import { layoutOf } from './layout';
import { COMMON, seedOf, type PredictionOptions } from './options';
import { Predictions } from './predictions';

/** Draws of a posterior: a `Fit`, or anything that keeps them alike. */
export interface PosteriorDraws {
  readonly layout: Layout;
  readonly drawsPerChain: number;
  /** Draws of one scalar of the layout, one array per chain. */
  quantityDraws(index: number): Float64Array[];
}

/** New data for `predict`. */
export interface PredictOptions extends PredictionOptions {
  /**
   * Data in place of the posterior's, of other lengths along dimensions that no parameter has. What is predicted may be
   * left out, and so may all that no needed step reads. By default the posterior's own.
   */
  readonly data?: Readonly<Record<string, unknown>>;
  /** Predictions of each of the draws, one after another; default 1. Point estimates, a single draw, want many. */
  readonly repeats?: number;
}

/**
 * For every posterior draw `repeats` draws of everything observed, y* ~ p(y* | θ), and the derived quantities on the new
 * data. The same seed gives the same draws on every machine.
 *
 * @param posterior the conditioned model
 * @param fit its draws: a `Fit`, an approximation, or a `PointEstimate` to plug in
 * @throws ModelError where new data do not fit, or a step reads data that are missing, naming both
 * @throws TypeError for a distribution that cannot be drawn from; RangeError for options that make no sense
 */
export async function predict(
  posterior: Posterior,
  fit: PosteriorDraws,
  options: PredictOptions = {},
): Promise<Predictions> {
  requireKnownOptions('predict', options, [...COMMON, 'data', 'repeats']);
  const { model, data, coords } = posterior.origin;
  const seed = seedOf('predict', options);
  const { repeats = 1 } = options;
  requireInteger('predict', 'repeats', repeats, 1);
  const draws = fit.drawsPerChain * repeats;
  const parameters = fit.layout.quantities.filter(({ kind }) => kind === 'parameter');
  checkFit(posterior, parameters);
  const binding = bind(model, options.data ?? data, options.coords ?? (options.data ? {} : coords), {
    dimensions: dimensionsOf(parameters, posterior.layout),
    partial: true,
  });
  const leaves = new Leaves(binding.graph);
  const inputs = new Map<string, Expression>();
  const sites = replay(
    { model, binding, leaves, names: options.names },
    {
      parameter: ({ name }) => {
        const quantity = parameters.find((parameter) => parameter.name === name)!;
        const input = binding.graph.input(name, quantity.shape);
        inputs.set(name, input);
        return input;
      },
      keepsParameters: false,
      term: () => undefined,
    },
  );
  if (sites.length === 0) throw new ModelError('predict: there is nothing to predict');
  const results = sites.map(({ value }) => value);
  const simulator = await Simulator.create(leaves.all, results, seed);
  const layout = layoutOf(sites, binding.dimensions);
  const chains = fit.quantityDraws(0).length;
  const columns = Array.from({ length: chains }, (_, chain) =>
    simulate(simulator, layout, draws, (first, count): Values => {
      const values: Values = new Map();
      for (const { name, offset } of parameters) {
        const input = inputs.get(name)!;
        const block = new Float64Array(count * input.size);
        for (let i = 0; i < input.size; i++) {
          const column = fit.quantityDraws(offset + i)[chain];
          for (let draw = 0; draw < count; draw++) {
            block[draw * input.size + i] = column[Math.floor((first + draw) / repeats)];
          }
        }
        values.set(input, block);
      }
      return values;
    }),
  );
  return new Predictions(layout, columns, draws, seed);
}

/** Draws of each scalar of a layout, made block by block. */
export function simulate(
  simulator: Simulator,
  layout: Layout,
  draws: number,
  inputs: (first: number, count: number) => Values,
): Float64Array[] {
  const columns = Array.from({ length: layout.size }, () => new Float64Array(draws));
  for (let first = 0; first < draws; first += simulator.block) {
    const count = Math.min(simulator.block, draws - first);
    const results = simulator.run(count, inputs(first, count));
    layout.quantities.forEach(({ offset }, k) => {
      const size = results[k].length / count;
      for (let i = 0; i < size; i++) {
        for (let draw = 0; draw < count; draw++)
          columns[offset + i][first + draw] = results[k][draw * size + i];
      }
    });
  }
  return columns;
}

/** A fit of another model, or of other data, would be read in the wrong places. */
function checkFit(posterior: Posterior, found: readonly Quantity[]): void {
  const describe = (quantities: readonly Quantity[]): string =>
    quantities.map(({ name, shape }) => `${name} [${shape.join(', ')}]`).join(', ');
  const own = describe(posterior.layout.quantities.filter(({ kind }) => kind === 'parameter'));
  if (describe(found) === own) return;
  throw new ModelError(
    `predict: the posterior has the parameters ${own}, but the fit has ${describe(found) || 'none'}`,
  );
}

/** Sizes and labels of the dimensions that parameters have: new data must keep them. */
function dimensionsOf(parameters: readonly Quantity[], { coords }: Layout): Dimensions {
  const dimensions = new Dimensions();
  for (const { dims } of parameters) {
    for (const dim of dims) if (dim !== undefined) dimensions.label(dim, coords[dim], 'the fit');
  }
  return dimensions;
}
