/** A run read from files: the same face as a fit, for summaries, plots and conversion. */

import { type Failure, NamedDraws, type RunSettings, type SamplerStatistics } from '../inference';
import { STATISTICS } from '../inference/chain';
import { type Summary, summarize, type SummaryOptions, type Timing } from '../report';
import type { Layout } from '../target/target';
import type { RecordedRun, RunOrigin } from './recorded-run';

/** Name of a sampler statistic. */
export type Statistic = (typeof STATISTICS)[number];

/** What a reader has found. */
export interface StoredParts {
  readonly layout: Layout;
  /** Number of each chain, from 0. */
  readonly chains: readonly number[];
  readonly drawsPerChain: number;
  /** Draws of scalar `index` of all quantities, one array per chain. */
  readonly quantityDraws: (index: number) => Float64Array[];
  /** The statistics that the files hold, one array per chain. */
  readonly statistics: Partial<SamplerStatistics>;
  readonly origin: RunOrigin;
  readonly settings?: Partial<RunSettings>;
  readonly inverseMetric?: readonly Float64Array[];
  readonly failures?: readonly Failure[];
  readonly timing?: Timing;
  readonly gradientEvaluations?: number;
  /** False while the run goes on, or when it was cut short; default true. */
  readonly complete?: boolean;
}

/** Statistics of which nothing is known: a sampler that does not report them has no divergences and no trees. */
const UNKNOWN: Partial<Record<Statistic, number>> = { divergent: 0, treedepth: 0 };

export class StoredRun extends NamedDraws implements RecordedRun {
  readonly layout: Layout;
  readonly chains: readonly number[];
  readonly drawsPerChain: number;
  /** What the files do not hold is NaN, divergences and tree depths 0; `recorded` tells which. */
  readonly stats: SamplerStatistics;
  /** Names of the statistics that the files hold. */
  readonly recorded: ReadonlySet<Statistic>;
  readonly origin: RunOrigin;
  readonly settings: Partial<RunSettings>;
  readonly inverseMetric: readonly Float64Array[];
  readonly failures: readonly Failure[];
  readonly timing: Timing | undefined;
  readonly gradientEvaluations: number | undefined;
  readonly complete: boolean;
  private readonly scalars: (index: number) => Float64Array[];

  /** For readers. */
  constructor(parts: StoredParts) {
    super();
    this.layout = parts.layout;
    this.chains = parts.chains;
    this.drawsPerChain = parts.drawsPerChain;
    this.scalars = parts.quantityDraws;
    this.recorded = new Set(STATISTICS.filter((name) => parts.statistics[name] !== undefined));
    this.stats = Object.fromEntries(
      STATISTICS.map((name) => [name, parts.statistics[name] ?? this.unknown(name)]),
    ) as unknown as SamplerStatistics;
    this.origin = parts.origin;
    this.settings = parts.settings ?? {};
    this.inverseMetric = parts.inverseMetric ?? parts.chains.map(() => new Float64Array());
    this.failures = parts.failures ?? [];
    this.timing = parts.timing;
    this.gradientEvaluations = parts.gradientEvaluations;
    this.complete = parts.complete ?? true;
  }

  /** Depth at which trees stopped growing, where it is known. */
  get maxTreeDepth(): number | undefined {
    const { algorithm } = this.settings;
    return algorithm !== undefined && 'maxTreeDepth' in algorithm ? algorithm.maxTreeDepth : undefined;
  }

  protected override get title(): string {
    return `run of '${this.origin.model}'`;
  }

  /** Draws of the scalar at this position in the vector of all quantities, one array per chain. */
  override quantityDraws(index: number): Float64Array[] {
    return this.scalars(index);
  }

  /** Estimates with their Monte Carlo errors and diagnostics, and warnings in words; prints as a table. */
  summary(options?: SummaryOptions): Summary {
    return summarize(this, options);
  }

  private unknown(name: Statistic): Float64Array[] {
    return this.chains.map(() => new Float64Array(this.drawsPerChain).fill(UNKNOWN[name] ?? NaN));
  }
}
