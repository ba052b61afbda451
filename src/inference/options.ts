/** Options of the samplers: defaults, and checks that say what was expected and what was found. */

import { freshSeed, requireInteger, requireSeed, shown } from '../arguments';
import { requireKnownOptions } from '../model/known-options';
import { didYouMean } from '../model/nearest';
import type { Checkpoint } from './checkpoint';
import type { NewDraws } from './new-draws';
import type { Adaptation, Metric, RunSettings } from './settings';
import type { Initial } from './starts';
import type { Until } from './until';
import type { WorkerFactory } from './worker/spawn';

/** News of a chain, at the end of each batch of transitions (some 15 ms). */
export interface Progress {
  /** Number of the chain, from 0. */
  readonly chain: number;
  readonly phase: 'warmup' | 'sampling';
  /** Transitions made, warm-up included. */
  readonly iteration: number;
  /** Transitions the chain will make altogether. */
  readonly total: number;
  /** Divergent transitions so far, warm-up included. */
  readonly divergences: number;
  readonly stepSize: number;
}

/** Options common to the samplers. */
export interface SamplerOptions {
  /** Chains; default 4. */
  readonly chains?: number;
  /** Transitions of adaptation per chain; default 1000. */
  readonly warmup?: number;
  /** Draws kept per chain; default 1000. */
  readonly draws?: number;
  /** Keep every n-th transition after warm-up; default 1. */
  readonly thin?: number;
  /**
   * Integer in [0, 2⁵³): the same seed gives the same draws, on every machine. By default a fresh one, to be
   * found in `fit.settings`.
   */
  readonly seed?: number;
  /**
   * Mean acceptance that warm-up aims at, in (0, 1); default 0.8. Higher: smaller steps, fewer divergences.
   */
  readonly targetAcceptance?: number;
  /** What is learnt of the posterior's scales: a variance per dimension (default), the whole covariance, or nothing. */
  readonly metric?: Exclude<Metric, 'auto' | 'low-rank'>;
  /** Step size to start from (with `warmup: 0`: to use); by default one is found. */
  readonly stepSize?: number;
  /**
   * Starting values by parameter name, on the model's own scale; what is not named is drawn. An array gives
   * each chain its own; 'prior' draws all from the prior.
   */
  readonly initial?: Initial;
  /** Starting points are drawn from uniform[−radius, radius) in each unconstrained dimension; default 2. */
  readonly radius?: number;
  /**
   * Threads besides the calling one. 0: none; 'auto' (default): as many as there are processors, once the run
   * proves long enough.
   */
  readonly workers?: 'auto' | number;
  /**
   * Makes a worker that runs the package's worker script, `credence/worker`, where a content policy forbids
   * to make one from a string: `() => new Worker('/assets/credence-worker.js')`.
   */
  readonly worker?: WorkerFactory;
  /**
   * Ends the run early: the promise is rejected with the signal's reason, whose `partial` property holds the
   * fit so far, if any.
   */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
  /** Called with each chain's draws as they come, some 15 ms of them at a time; an exception ends the run. */
  readonly onDraws?: (draws: NewDraws) => void;
  /**
   * Which quantities are kept, by name; default true: all. `false`: no draws are kept in memory at all, so that it
   * stays bounded however long the run; `onDraws` and `checkpoint` get them. What is not kept is not given to these
   * either, `false` aside.
   */
  readonly keep?: boolean | readonly string[];
  /**
   * Ends the run before it has made all its `draws` (default then: 10000), once these are good enough. They are
   * looked at after 100, 150, 200, 250, 350, … draws, so that the same seed still gives the same draws.
   */
  readonly until?: Until;
  /** Where the run is kept so that it can be killed at any moment and taken up again (see docs/sampling.md). */
  readonly checkpoint?: Checkpoint;
}

/** Options common to `nuts` and `hmc`. */
export interface HamiltonianOptions extends Omit<SamplerOptions, 'metric'> {
  /** Transitions of adaptation per chain; default 500, with `metricAdaptation: 'stan'` 1000. */
  readonly warmup?: number;
  /**
   * What is learnt of the posterior's scales: a variance per dimension, the whole covariance, a variance per dimension
   * and up to 32 directions that are wider or narrower ('low-rank', for many dimensions), or nothing. By default, 'auto',
   * each chain learns the covariance in up to 64 dimensions, where that pays: correlations are strong, and the
   * posterior not too far from a Gaussian.
   */
  readonly metric?: Metric;
  /**
   * What the metric is learnt from: draws and their gradients, so that their Fisher divergence from a normal
   * distribution is least (default), or draws alone in Stan's windows (then 'auto' is diagonal).
   */
  readonly metricAdaptation?: Adaptation;
}

/** What the drivers need besides the settings of the chains. */
export interface RunOptions {
  readonly initial: Initial | undefined;
  readonly workers: 'auto' | number;
  readonly worker: WorkerFactory | undefined;
  readonly signal: AbortSignal | undefined;
  readonly onProgress: ((progress: Progress) => void) | undefined;
  readonly onDraws?: ((draws: NewDraws) => void) | undefined;
  /** Names of the quantities to keep; undefined: all. */
  readonly keep?: readonly string[] | undefined;
  /** Whether draws are kept in memory; default true. */
  readonly inMemory?: boolean;
  readonly checkpoint?: Checkpoint | undefined;
  /** Whether the seed was chosen by the caller. */
  readonly seedGiven?: boolean;
}

/** Options that all samplers take. */
export const COMMON: readonly string[] = [
  'chains',
  'warmup',
  'draws',
  'thin',
  'seed',
  'targetAcceptance',
  'metric',
  'stepSize',
  'initial',
  'radius',
  'workers',
  'worker',
  'signal',
  'onProgress',
  'onDraws',
  'keep',
  'until',
  'checkpoint',
];
/** Of 32 bits, with sign: what counts transitions in the module. */
const LARGEST_INTEGER = 0x7fffffff;

/** Criteria of `until`, and what each must exceed. */
const CRITERIA: Readonly<Record<string, number>> = { essBulk: 0, essTail: 0, rhat: 1, seconds: 0 };

const METRICS: readonly Metric[] = ['diagonal', 'dense', 'unit'];

/** Where samplers differ in their defaults. */
interface Defaults {
  readonly warmup: number;
  readonly metric: Metric;
}
const PLAIN: Defaults = { warmup: 1000, metric: 'diagonal' };

/** Checks the options of one sampler; every complaint begins with its name. */
export class OptionReader {
  constructor(
    private readonly sampler: string,
    private readonly options: object,
    own: readonly string[],
    /** Common options that make no sense for this sampler. */
    without: readonly string[] = [],
  ) {
    if (typeof options !== 'object' || options === null) {
      throw new TypeError(`${sampler}: options must be an object, got ${shown(options)}`);
    }
    requireKnownOptions(sampler, options, [...COMMON.filter((name) => !without.includes(name)), ...own]);
  }

  /** An option's value, or its default. */
  private read(name: string, otherwise: unknown): unknown {
    return (this.options as Record<string, unknown>)[name] ?? otherwise;
  }

  private refuse(name: string, expected: string, found: unknown): never {
    throw new RangeError(`${this.sampler}: ${name} must be ${expected}, got ${shown(found)}`);
  }

  /** An integer of at least `least`. */
  integer(name: string, otherwise: number, least: number, most?: number): number {
    const value = requireInteger(this.sampler, name, this.read(name, otherwise), least, most);
    if (value > LARGEST_INTEGER) this.refuse(name, 'below 2³¹', value);
    return value;
  }

  /** True or false. */
  flag(name: string, otherwise: boolean): boolean {
    const value = this.read(name, otherwise);
    if (typeof value !== 'boolean') this.refuse(name, 'true or false', value);
    return value as boolean;
  }

  /** One of a few words. */
  choice<T extends string>(name: string, otherwise: T, among: readonly T[]): T {
    const value = this.read(name, otherwise);
    if (!among.includes(value as T)) this.refuse(name, among.map((word) => `'${word}'`).join(' or '), value);
    return value as T;
  }

  /** A number strictly between two others. */
  between(name: string, otherwise: number, lower: number, upper = Infinity): number {
    const value = this.read(name, otherwise);
    if (!(typeof value === 'number' && value > lower && value < upper)) {
      const expected =
        upper === Infinity ? `a finite number > ${lower}` : `a number between ${lower} and ${upper}`;
      this.refuse(name, expected, value);
    }
    return value as number;
  }

  /** A number from 0 inclusive to 1 exclusive. */
  fraction(name: string, otherwise: number): number {
    const value = this.read(name, otherwise);
    if (!(typeof value === 'number' && value >= 0 && value < 1))
      this.refuse(name, 'a number in [0, 1)', value);
    return value as number;
  }

  /** Whether the option was given. */
  has(name: string): boolean {
    return this.read(name, undefined) !== undefined;
  }

  /** The settings that all samplers share. */
  common(defaults: Defaults = PLAIN): Omit<RunSettings, 'algorithm'> {
    const seed = requireSeed(this.sampler, this.read('seed', undefined) ?? freshSeed());
    const metrics = defaults.metric === 'auto' ? (['auto', ...METRICS, 'low-rank'] as const) : METRICS;
    const metric = this.choice('metric', defaults.metric, metrics);
    const settings = {
      chains: this.integer('chains', 4, 1),
      warmup: this.integer('warmup', defaults.warmup, 0),
      draws: this.integer('draws', this.has('until') ? 10_000 : 1000, 1),
      thin: this.integer('thin', 1, 1),
      seed,
      targetAcceptance: this.between('targetAcceptance', 0.8, 0, 1),
      metric,
      stepSize: this.has('stepSize') ? this.between('stepSize', 1, 0) : 0,
      radius: this.has('radius') && this.read('radius', 2) === 0 ? 0 : this.between('radius', 2, 0),
    };
    const until = this.until();
    const total = settings.warmup + settings.draws * settings.thin;
    if (total > LARGEST_INTEGER) this.refuse('warmup + draws × thin', 'below 2³¹', total);
    return until === undefined ? settings : { ...settings, until };
  }

  /** Criteria that end a run. */
  until(): Until | undefined {
    const until = this.read('until', undefined);
    if (until === undefined) return undefined;
    if (typeof until !== 'object') this.refuse('until', 'an object', until);
    const given = Object.entries(until as object).filter(([, value]) => value !== undefined);
    for (const [name, value] of given) {
      const least = CRITERIA[name];
      if (least === undefined) {
        const known = Object.keys(CRITERIA);
        const hint = didYouMean(name, known) || `; there are ${known.join(', ')}`;
        throw new TypeError(`${this.sampler}: until has no criterion '${name}'${hint}`);
      }
      if (!(typeof value === 'number' && value > least)) {
        this.refuse(`until.${name}`, `a number > ${least}`, value);
      }
    }
    if (this.read('keep', true) === false && given.some(([name]) => name !== 'seconds')) {
      throw new TypeError(`${this.sampler}: until looks at draws that are kept, but keep is false`);
    }
    return Object.fromEntries(given);
  }

  /** What `nuts` and `hmc` share besides: how they learn their metric. */
  hamiltonian(): Omit<RunSettings, 'algorithm'> {
    const adaptation = this.choice<Adaptation>('metricAdaptation', 'fisher', ['fisher', 'stan']);
    const common = this.common({ warmup: adaptation === 'stan' ? 1000 : 500, metric: 'auto' });
    if (adaptation !== 'stan') return common;
    if (common.metric === 'low-rank') {
      throw new TypeError(
        `${this.sampler}: metric 'low-rank' is learnt from draws and gradients, not by metricAdaptation: 'stan'`,
      );
    }
    return { ...common, adaptation };
  }

  /** What concerns the driver only. */
  run(settings: Omit<RunSettings, 'algorithm'>): RunOptions {
    const workers = this.read('workers', 'auto');
    if (workers !== 'auto') this.integer('workers', 0, 0);
    const initial = this.read('initial', undefined);
    const starts = Array.isArray(initial) ? initial : initial === 'prior' ? [] : [initial ?? {}];
    for (const values of starts as unknown[]) {
      if (typeof values !== 'object' || values === null) {
        const chains = Array.isArray(initial) ? ' for each chain' : ", or 'prior'";
        this.refuse('initial', `an object of values by parameter name${chains}`, values);
      }
    }
    if (Array.isArray(initial) && initial.length !== settings.chains) {
      this.refuse('initial', `one object, or one for each of the ${settings.chains} chains`, initial.length);
    }
    for (const name of ['onProgress', 'onDraws', 'worker']) {
      const value = this.read(name, undefined);
      if (value !== undefined && typeof value !== 'function') this.refuse(name, 'a function', value);
    }
    const keep = this.read('keep', true);
    if (typeof keep !== 'boolean' && !Array.isArray(keep)) {
      this.refuse('keep', 'true, false or an array of names', keep);
    }
    const signal = this.read('signal', undefined);
    if (signal !== undefined && !(signal instanceof AbortSignal))
      this.refuse('signal', 'an AbortSignal', signal);
    const checkpoint = this.read('checkpoint', undefined);
    if (checkpoint !== undefined && typeof (checkpoint as Partial<Checkpoint>).open !== 'function') {
      this.refuse('checkpoint', 'a Checkpoint, such as runDirectory(path) of credence/node', checkpoint);
    }
    return {
      workers: workers as 'auto' | number,
      initial: initial as RunOptions['initial'],
      worker: this.read('worker', undefined) as WorkerFactory | undefined,
      signal: signal as AbortSignal | undefined,
      onProgress: this.read('onProgress', undefined) as RunOptions['onProgress'],
      onDraws: this.read('onDraws', undefined) as RunOptions['onDraws'],
      keep: typeof keep === 'boolean' ? undefined : (keep as readonly string[]),
      inMemory: keep !== false,
      checkpoint: checkpoint as RunOptions['checkpoint'],
      seedGiven: this.has('seed'),
    };
  }
}
