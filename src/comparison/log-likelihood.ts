/** The log likelihood of every observation under every draw. */

import { fullInstance, type FullExports, type Instance } from '../backend/wasm';
import { compileProgram } from '../compile';
import { withGraph } from '../expr';
import { NamedDraws } from '../inference';
import { evaluateDraws } from '../inference/approximation';
import { Unconstrained } from '../inference/positions';
import { requireKnownOptions } from '../model/known-options';
import { didYouMean } from '../model/nearest';
import type { Posterior } from '../model';
import type { Layout } from '../target/target';

export interface LogLikelihoodOptions {
  /** Observed variables to include, by name; all by default. */
  readonly names?: readonly string[];
}

/** Log likelihoods by the name of what was observed, of the shape of the data, in the chains of the draws. */
export class LogLikelihood extends NamedDraws {
  protected override readonly title = 'log likelihood';
  private readonly columns: readonly (readonly Float64Array[])[];

  /** @param values of each scalar observation the draws of all chains, one chain after another */
  constructor(
    readonly layout: Layout,
    values: readonly Float64Array[],
    readonly drawsPerChain: number,
  ) {
    super();
    this.columns = values.map((column) =>
      Array.from({ length: column.length / drawsPerChain }, (_, chain) =>
        column.subarray(chain * drawsPerChain, (chain + 1) * drawsPerChain),
      ),
    );
  }

  /** Number of observations. */
  get observations(): number {
    return this.layout.size;
  }

  override quantityDraws(index: number): Float64Array[] {
    return [...this.columns[index]];
  }
}

/** The pointwise log likelihood of a model, ready to be evaluated anywhere. */
export class Pointwise {
  private constructor(
    readonly layout: Layout,
    readonly space: Unconstrained,
    private readonly instance: Instance<FullExports>,
  ) {}

  /** @throws RangeError for unknown names, and where nothing observed has a likelihood of its own */
  static async of(method: string, posterior: Posterior, names?: readonly string[]): Promise<Pointwise> {
    const observed = posterior.terms.filter(({ role, pointwise }) => role === 'likelihood' && pointwise);
    for (const name of names ?? []) {
      if (observed.some((term) => term.name === name)) continue;
      const known = observed.map((term) => term.name);
      throw new RangeError(`${method}: nothing called '${name}' is observed${didYouMean(name, known)}`);
    }
    const chosen = observed.filter(({ name }) => names === undefined || names.includes(name));
    if (chosen.length === 0) {
      throw new RangeError(
        `${method}: the model has no .observe(…), whose elements have log likelihoods of their own`,
      );
    }
    const { graph, inputs } = posterior;
    const values = withGraph(graph, () => chosen.map(({ pointwise }) => pointwise!()));
    const program = compileProgram({
      density: { inputs, outputs: [], value: graph.scalar(0) },
      quantities: { inputs, outputs: values },
    });
    let offset = 0;
    const quantities = chosen.map(({ name }, i) => {
      const { shape, size } = values[i];
      const dims = shape.map(() => undefined);
      const quantity = { name, shape, dims, offset, kind: 'derived' as const };
      offset += size;
      return quantity;
    });
    const dimension = posterior.dimension;
    return new Pointwise(
      { quantities, size: offset, coords: {} },
      await Unconstrained.of(posterior),
      await fullInstance({ kind: 'program', dimension, program }),
    );
  }

  /** Of each observation its log likelihoods at positions that follow one another. */
  at(positions: Float64Array): Float64Array[] {
    const { size } = this.layout;
    const { quantities } = evaluateDraws(this.instance, this.layout, positions);
    return Array.from({ length: size }, (_, i) =>
      Float64Array.from({ length: quantities.length / size }, (_, draw) => quantities[draw * size + i]),
    );
  }
}

/**
 * The log likelihood of every observation under every draw of a posterior, however the draws were made.
 *
 * @param posterior the conditioned model, or the same model with other data whose parameters have the same shapes
 * @param draws a fit or an approximation with all parameters
 * @throws RangeError for draws of another model, and for unknown names
 */
export async function logLikelihood(
  posterior: Posterior,
  draws: NamedDraws,
  options: LogLikelihoodOptions = {},
): Promise<LogLikelihood> {
  requireKnownOptions('logLikelihood', options, ['names']);
  const { names } = options;
  if (names?.length === 0)
    throw new RangeError('logLikelihood: names must name something observed, got none');
  const pointwise = await Pointwise.of('logLikelihood', posterior, names);
  const positions = pointwise.space.positionsOf('logLikelihood', draws);
  return new LogLikelihood(pointwise.layout, pointwise.at(positions), draws.drawsPerChain);
}
