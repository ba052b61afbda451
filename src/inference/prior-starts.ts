/** Starts that are drawn from a model's prior: all parameters, or the discrete ones given the others. */

import { interiorOf } from '../distributions/support';
import { expand, type Expression } from '../expr';
import { random, type RandomStream } from '../random';
import { bind } from '../model/condition';
import type { Dimensions } from '../model/dimensions';
import { during, ModelError } from '../model/error';
import { resolveDistribution, shapeOfParameter } from '../model/parameter';
import type { Posterior } from '../model/posterior';
import type { ParameterStep } from '../model/step';
import { Leaves } from '../simulation/leaves';
import { drawnFromPrior, requireNoPriorTerm } from '../simulation/prior';
import { replay } from '../simulation/replay';
import { Simulator } from '../simulation/simulator';
import type { Values } from '../simulation/stage';
import type { Quantity } from '../target/target';
import { type InitialValues, type Placed, QUANTITIES, type Start, UNCONSTRAIN } from './start';
import type { Initial } from './starts';

/**
 * Starts of so many chains: with 'prior' every parameter is drawn; otherwise the discrete ones that are not given,
 * conditional on what the others start from.
 *
 * @throws TypeError for 'prior' without a model
 * @throws ModelError for 'prior' where the prior cannot be drawn from
 */
export async function priorStarts(
  posterior: Posterior | undefined,
  initial: Initial | undefined,
  seed: number,
  count: number,
): Promise<Start[]> {
  if (posterior === undefined) {
    throw new TypeError(
      "initial: 'prior' needs a conditioned model; a density function does not say its prior",
    );
  }
  const all = initial === 'prior';
  const given = Array.from({ length: count }, (_, chain) =>
    all ? undefined : Array.isArray(initial) ? initial[chain] : initial,
  ) as (InitialValues | undefined)[];
  const streams = (await random(seed)).split(count);
  const kinds = new Map<string, PriorDraws>();
  const starts: Start[] = [];
  for (const [chain, values] of given.entries()) {
    const names = Object.keys(values ?? {});
    const drawn = posterior.layout.quantities.filter(
      ({ kind, name, discrete }) => kind === 'parameter' && !names.includes(name) && (all || discrete),
    );
    const key = drawn.map(({ name }) => name).join(' ');
    if (drawn.length > 0 && !kinds.has(key)) kinds.set(key, await PriorDraws.create(posterior, drawn, all));
    starts.push({ given: values, draw: kinds.get(key)?.drawingFrom(streams[chain]) });
  }
  return starts;
}

/** Draws some parameters given the values of the others. */
class PriorDraws {
  private constructor(
    private readonly posterior: Posterior,
    private readonly simulator: Simulator,
    private readonly drawn: readonly Quantity[],
    private readonly all: boolean,
    /** What stands for the parameters that are not drawn. */
    private readonly fixed: ReadonlyMap<Quantity, Expression>,
  ) {}

  static async create(posterior: Posterior, drawn: readonly Quantity[], all: boolean): Promise<PriorDraws> {
    const { origin, layout } = posterior;
    const fixed = new Map<Quantity, Expression>();
    const simulator = await during(all ? "initial: 'prior'" : 'starting values', () => {
      if (all && origin.replacedPrior) {
        throw new ModelError('the prior is one of earlier draws (withPrior), which cannot be drawn from');
      }
      const binding = bind(origin.model, origin.data, origin.coords);
      const { graph, dimensions } = binding;
      const leaves = new Leaves(graph);
      const parameter = (step: ParameterStep, scope: Record<string, Expression>): Expression => {
        const quantity = layout.quantities.find(({ name }) => name === step.name)!;
        if (drawn.includes(quantity)) {
          return all
            ? drawnFromPrior(step, scope, leaves, dimensions)
            : drawnOrInside(step, scope, leaves, dimensions);
        }
        const input = graph.input(step.name, quantity.shape);
        fixed.set(quantity, input);
        return input;
      };
      const names = drawn.map(({ name }) => name);
      const sites = replay(
        { model: origin.model, binding, leaves, names },
        { parameter, keepsParameters: true, term: all ? requireNoPriorTerm : () => undefined },
      );
      return Simulator.create(
        leaves.all,
        sites.map(({ value }) => value),
        0,
      );
    });
    return new PriorDraws(posterior, simulator, drawn, all, fixed);
  }

  /** What puts draws from a stream at a chain's position, one draw a call. */
  drawingFrom(stream: RandomStream): NonNullable<Start['draw']> {
    const simulator = this.simulator.drawingFrom(stream);
    return (chain) => this.put(chain, simulator);
  }

  /** NaN, which no density takes for possible, where a distribution has impossible parameters. */
  private put({ instance, pointer }: Placed, simulator: Simulator): void {
    const { posterior, drawn, all, fixed } = this;
    const { dimension, inputs, layout } = posterior;
    // Calls into the module move its memory when it grows.
    const position = (): Float64Array => instance.view(instance.exports.chainPosition(pointer), dimension);
    const given: Values = new Map();
    if (fixed.size > 0) {
      const now = instance.call(QUANTITIES, position().slice(), layout.size);
      for (const [{ offset }, input] of fixed) given.set(input, now.slice(offset, offset + input.size));
    }
    const values = valuesOf(simulator, given, drawn);
    if (all) {
      const constrained = Float64Array.from(values.flatMap((x) => [...x]));
      const moved = instance.call(UNCONSTRAIN, constrained, dimension);
      position().set(moved);
      return;
    }
    let offset = 0;
    for (const { name, size } of inputs) {
      const k = drawn.findIndex((quantity) => quantity.name === name);
      if (k >= 0) position().set(values[k], offset);
      offset += size;
    }
  }
}

/** A draw of each parameter. */
function valuesOf(simulator: Simulator, given: Values, drawn: readonly Quantity[]): Float64Array[] {
  try {
    return simulator.run(1, given);
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    return drawn.map(({ shape }) => new Float64Array(shape.reduce((a, b) => a * b, 1)).fill(NaN));
  }
}

/** A draw of a discrete parameter, or a point of its support where its distribution cannot be drawn from. */
function drawnOrInside(
  step: ParameterStep,
  scope: Record<string, Expression>,
  leaves: Leaves,
  dimensions: Dimensions,
): Expression {
  try {
    return drawnFromPrior(step, scope, leaves, dimensions);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    const distribution = resolveDistribution(step.distribution, scope);
    return expand(interiorOf(distribution.support), shapeOfParameter(step, distribution, dimensions));
  }
}
