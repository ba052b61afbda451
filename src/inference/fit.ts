/** The result of sampling: draws by name, statistics of the sampler, a summary. */

import { timesTranspose } from '../matrix';
import { type Summary, summarize, type SummaryOptions } from '../report';
import type { Layout } from '../target/target';
import { STATISTICS } from './chain';
import type { Continuation, ContinueOptions } from './continuation';
import { comparable } from './comparable';
import { type LowRankMetric, lowRankMetric, varianceOf } from './low-rank-metric';
import { NamedDraws } from './named-draws';
import type { Ranks } from './posterior';
import type { Recording } from './recording';
import type { Ending, Failure, Run } from './run';
import type { RunSettings } from './settings';

/** Statistics of the kept transitions: one array per chain, one value per draw. */
export interface SamplerStatistics {
  /** Log density of the unconstrained position, Jacobian included. */
  readonly logDensity: readonly Float64Array[];
  /** Mean acceptance probability along the trajectory. */
  readonly acceptance: readonly Float64Array[];
  readonly stepSize: readonly Float64Array[];
  /** Doublings of the trajectory; 0 with static HMC. */
  readonly treedepth: readonly Float64Array[];
  readonly leapfrogs: readonly Float64Array[];
  /** 1 where the trajectory diverged, else 0. */
  readonly divergent: readonly Float64Array[];
  /** The Hamiltonian at the draw. */
  readonly energy: readonly Float64Array[];
}

export interface FitTiming {
  /** Seconds of warm-up, summed over the chains. */
  readonly warmupSeconds: number;
  /** Seconds of sampling, summed over the chains. */
  readonly samplingSeconds: number;
  /** Seconds from call to result. */
  readonly seconds: number;
}

/** Draws from a posterior whose quantities have ranks R. */
export class Fit<R extends Ranks = Ranks> extends NamedDraws<R> {
  readonly layout: Layout;
  /** Numbers of the chains whose draws are here, from 0; a lost chain leaves a gap. */
  readonly chains: readonly number[];
  readonly drawsPerChain: number;
  readonly stats: SamplerStatistics;
  /** Chains that were lost, and why. */
  readonly failures: readonly Failure[];
  readonly settings: RunSettings;
  readonly timing: FitTiming;
  /** What brought the run to its end; 'signal' in the `partial` of an abort. */
  readonly ending: Ending;
  /** Gradients evaluated by all chains, warm-up included. */
  readonly gradientEvaluations: number;
  /** Divergent transitions during warm-up, all chains together: no cause for concern. */
  readonly warmupDivergences: number;

  protected override readonly title = 'fit';
  protected override readonly absence =
    '; what depends on data alone is not drawn, and the option keep leaves out what it does not name';
  private readonly recordings: readonly Recording[];
  private readonly dimension: number;

  /** For the drivers: gathers what a run has brought. */
  constructor(
    run: Run,
    seconds: number,
    private readonly continuation: Continuation<R>,
  ) {
    super();
    const kept = comparable(run.alive.map((chain) => run.recordings[chain]));
    const keeps = kept.length > 0 && kept[0].keeps;
    const draws = keeps ? kept.reduce((least, { count }) => Math.min(least, count), Infinity) : 0;
    this.layout = keeps || kept.length === 0 ? run.selection.layout : NOTHING;
    this.recordings = kept;
    this.dimension = run.dimension;
    this.chains = kept.map(({ chain }) => chain);
    this.drawsPerChain = draws;
    this.ending = run.ending;
    this.stats = Object.fromEntries(
      STATISTICS.map((name) => [name, kept.map((recording) => recording.statistic(name, draws))]),
    ) as unknown as SamplerStatistics;
    this.failures = run.failures;
    this.settings = run.settings;
    const total = (of: (recording: Recording) => number): number =>
      run.recordings.reduce((sum, recording) => sum + of(recording), 0);
    this.timing = {
      warmupSeconds: total(({ warmupSeconds }) => warmupSeconds),
      samplingSeconds: total(({ samplingSeconds }) => samplingSeconds),
      seconds,
    };
    this.gradientEvaluations = total(({ gradients }) => gradients);
    this.warmupDivergences = total(({ warmupDivergences }) => warmupDivergences);
  }

  /** Depth at which trees stopped growing; undefined with static HMC. */
  get maxTreeDepth(): number | undefined {
    const { algorithm } = this.settings;
    return 'maxTreeDepth' in algorithm ? algorithm.maxTreeDepth : undefined;
  }

  override quantityDraws(index: number): Float64Array[] {
    return this.recordings.map((recording) => recording.quantity(index, this.drawsPerChain));
  }

  /**
   * Inverse metric of each chain: its diagonal (d values), or when dense its d rows (d × d values); of one of low rank
   * `lowRankMetrics` has the rest. Empty arrays for chains that were cut short.
   */
  get inverseMetric(): readonly Float64Array[] {
    const metrics = this.lowRankMetrics;
    if (metrics !== undefined) return metrics.map(varianceOf);
    return this.recordings.map(({ metricRoot = new Float64Array() }) =>
      metricRoot.length > this.dimension
        ? timesTranspose(metricRoot, this.dimension)
        : metricRoot.map((s) => s * s),
    );
  }

  /** With `metric: 'low-rank'`, the inverse metric of each chain; without scales for chains that were cut short. */
  get lowRankMetrics(): readonly LowRankMetric[] | undefined {
    if (this.settings.metric !== 'low-rank') return undefined;
    return this.recordings.map(({ metricRoot = new Float64Array() }) =>
      lowRankMetric(metricRoot, Math.min(metricRoot.length, this.dimension)),
    );
  }

  /**
   * Adds draws to the chains of this run: the result is that of one longer run. Chains that were lost stay lost.
   *
   * @param options how many, and whom to tell
   * @throws RangeError, TypeError for options that make no sense
   */
  continue(options: ContinueOptions = {}): Promise<Fit<R>> {
    return this.continuation(options);
  }

  /** Estimates with their Monte Carlo errors and diagnostics, and warnings in words; prints as a table. */
  summary(options?: SummaryOptions): Summary {
    return summarize(this, options);
  }
}

/** What a run without draws in memory has. */
const NOTHING: Layout = { quantities: [], size: 0, coords: {} };
