/** Draws of an approximation of the posterior, with what it takes to judge them. */

import { paretoSmooth } from '../diagnostics';
import { type FullExports, type Instance } from '../backend/wasm';
import { type Summary, summarize, type SummaryOptions } from '../report';
import type { Layout } from '../target/target';
import { NamedDraws } from './named-draws';
import type { Ranks } from './posterior';

/** Independent draws q(θ) and their log densities. */
export interface ApproximateDraws {
  readonly layout: Layout;
  /** Unconstrained positions, draw after draw. */
  readonly positions: Float64Array;
  /** Quantities, draw after draw: count × layout.size. */
  readonly quantities: Float64Array;
  /** Log density of the posterior at each draw, up to its evidence, Jacobian included. */
  readonly logDensities: Float64Array;
  /** Log density of the approximation at each draw, in the unconstrained space. */
  readonly logApproximations: Float64Array;
}

/** Log ratios this close, in nats, may be those of the same whole numbers. */
const EQUAL = 0.01;

/** Draws of an approximation of a posterior whose quantities have ranks R. */
export class Approximation<R extends Ranks = Ranks> extends NamedDraws<R> {
  protected override readonly title: string = 'approximation';
  readonly layout: Layout;
  readonly drawsPerChain: number;
  readonly chains: readonly number[] = [0];
  /** Unconstrained positions, draw after draw. */
  readonly positions: Float64Array;
  /** Log density of the posterior at each draw, up to its evidence, Jacobian included. */
  readonly logDensities: Float64Array;
  /** Log density of the approximation at each draw, in the unconstrained space. */
  readonly logApproximations: Float64Array;
  /** What these draws were taken from by importance; undefined for draws of the approximation itself. */
  readonly resampledFrom: Approximation<R> | undefined;
  private readonly quantities: Float64Array;
  private readonly columns = new Map<number, Float64Array>();
  private smoothed?: { readonly k: number; readonly logWeights: Float64Array };

  constructor(
    { layout, positions, quantities, logDensities, logApproximations }: ApproximateDraws,
    resampledFrom?: Approximation<R>,
  ) {
    super();
    const count = logDensities.length;
    this.layout = layout;
    this.drawsPerChain = count;
    this.positions = positions;
    this.logDensities = logDensities;
    this.logApproximations = logApproximations;
    this.quantities = quantities;
    this.resampledFrom = resampledFrom;
  }

  override quantityDraws(index: number): Float64Array[] {
    // Columns are made when they are asked for: there may be millions, of few draws each.
    let column = this.columns.get(index);
    if (column === undefined) {
      const { drawsPerChain, layout, quantities } = this;
      column = Float64Array.from(
        { length: drawsPerChain },
        (_, draw) => quantities[draw * layout.size + index],
      );
      this.columns.set(index, column);
    }
    return [column];
  }

  /**
   * Shape k of the generalised Pareto distribution of the largest importance ratios p/q (Vehtari et al. 2024): below
   * 0.7 the approximation can be corrected by importance weights, above it is not to be trusted. Of draws that were
   * taken by importance, it is that of the draws they were taken from.
   */
  get paretoK(): number {
    return this.resampledFrom?.paretoK ?? this.smooth().k;
  }

  /**
   * Log importance weights of the draws, Pareto-smoothed; their exponentials sum to one. They are equal for draws that
   * were taken by importance, which would else count twice.
   */
  get logWeights(): Float64Array {
    return this.smooth().logWeights;
  }

  /** Estimates as a table; the draws are independent. */
  summary(options?: SummaryOptions): Summary {
    return summarize(this, options);
  }

  private smooth(): { readonly k: number; readonly logWeights: Float64Array } {
    return (this.smoothed ??= paretoSmooth(
      this.resampledFrom === undefined
        ? this.logDensities.map((value, draw) => value - this.logApproximations[draw])
        : new Float64Array(this.drawsPerChain),
      1,
      this.layout.quantities.some(({ discrete }) => discrete) ? EQUAL : 0,
    ));
  }
}

/** Bytes of positions that are sent to the module at once. */
const BLOCK = 1 << 22;

/** Quantities and log densities of positions, draw after draw. */
export function evaluateDraws(
  instance: Instance<FullExports>,
  layout: Layout,
  positions: Float64Array,
): Pick<ApproximateDraws, 'layout' | 'positions' | 'quantities' | 'logDensities'> {
  const { dimension, exports } = instance;
  const count = positions.length / dimension;
  const quantities = instance.hasQuantities ? new Float64Array(count * layout.size) : positions;
  const logDensities = new Float64Array(count);
  const width = dimension + layout.size + 1;
  const rows = Math.max(1, Math.min(count, Math.floor(BLOCK / (8 * width))));
  const input = instance.buffer(8 * (rows * width + 8));
  const densities = input + 8 * rows * dimension;
  // Procedures read and write whole vectors.
  const results = (densities + 8 * rows + 15) & ~15;
  for (let from = 0; from < count; from += rows) {
    const block = Math.min(rows, count - from);
    instance
      .view(input, block * dimension)
      .set(positions.subarray(from * dimension, (from + block) * dimension));
    exports.logDensities(input, block, densities);
    logDensities.set(instance.view(densities, block), from);
    if (instance.hasQuantities) {
      exports.quantitiesOf(input, block, layout.size, results);
      quantities.set(instance.view(results, block * layout.size), from * layout.size);
    }
  }
  return { layout, positions, quantities, logDensities };
}
