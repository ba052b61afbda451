/** ArviZ's InferenceData: groups of named arrays with named dimensions, made from runs and predictions. */

import type { SamplerStatistics } from '../inference';
import { STATISTICS } from '../inference/chain';
import type { Layout } from '../target/target';
import { VERSION } from '../version';
import type { RecordedRun, RunOrigin } from './recorded-run';
import type { Statistic } from './stored-run';

/** Numbers in row-major order, or truth values as 0 and 1. */
export interface Variable {
  /** Name of every axis. */
  readonly dims: readonly string[];
  readonly shape: readonly number[];
  readonly values: Float64Array;
  readonly type: 'float' | 'bool';
}

export type Labels = readonly (string | number)[];

/** One group. */
export interface Dataset {
  readonly variables: Readonly<Record<string, Variable>>;
  /** Labels along dimensions. */
  readonly coords: Readonly<Record<string, Labels>>;
  /** Facts about the group: text and numbers. */
  readonly attrs: Readonly<Record<string, string | number>>;
}

/** Groups as ArviZ's schema names them. */
export const GROUPS = [
  'posterior',
  'sample_stats',
  'log_likelihood',
  'posterior_predictive',
  'prior',
  'prior_predictive',
  'observed_data',
] as const;
export type GroupName = (typeof GROUPS)[number];

export type InferenceData = Readonly<Partial<Record<GroupName, Dataset>>>;

/** Draws by chain with a layout: a fit, a run read from files, predictions. */
export interface Drawn {
  readonly layout: Layout;
  quantityDraws(index: number): readonly ArrayLike<number>[];
}

/** Nested arrays of numbers, or a flat array. */
export type Observed = number | ArrayLike<number> | readonly Observed[];

export interface InferenceDataOptions {
  /** Draws of data given the posterior, as `predict` makes them. */
  readonly posteriorPredictive?: Drawn;
  /** Log likelihood of every observation, at each draw. */
  readonly logLikelihood?: Drawn;
  /** Draws of the parameters from their prior. */
  readonly prior?: Drawn;
  /** Draws of data from the prior. */
  readonly priorPredictive?: Drawn;
  /** What was observed, by name. */
  readonly observedData?: Readonly<Record<string, Observed>>;
  /**
   * Quantities of the run that belong to other groups, by name, as generated quantities of a Stan program do:
   * `{ log_lik: 'log_likelihood', y_rep: 'posterior_predictive' }`.
   */
  readonly groups?: Readonly<Record<string, GroupName>>;
}

/** ArviZ's names of the sampler's statistics. */
export const SAMPLE_STATS: Readonly<Record<Statistic, string>> = {
  logDensity: 'lp',
  acceptance: 'acceptance_rate',
  stepSize: 'step_size',
  treedepth: 'tree_depth',
  leapfrogs: 'n_steps',
  divergent: 'diverging',
  energy: 'energy',
};

type Run = RecordedRun & { readonly origin?: RunOrigin; readonly recorded?: ReadonlySet<Statistic> };

/**
 * A run, with what belongs to it, as InferenceData. Dimensions and coordinates are those of the model; an axis without a
 * name is called `NAME_dim_0`, as ArviZ would.
 *
 * @throws RangeError for a group of a quantity that the run does not have
 */
export function inferenceData(run: Run, options: InferenceDataOptions = {}): InferenceData {
  const { groups: moved = {}, observedData } = options;
  const known = run.layout.quantities.map(({ name }) => name);
  const absent = Object.keys(moved).find((name) => !known.includes(name));
  if (absent !== undefined) {
    throw new RangeError(`inferenceData: there is no quantity '${absent}'; the run has ${known.join(', ')}`);
  }
  const of = (group: GroupName): string[] => known.filter((name) => (moved[name] ?? 'posterior') === group);
  const merged = (group: GroupName, drawn: Drawn | undefined): Dataset | undefined => {
    const inside = of(group).length === 0 ? undefined : datasetOf(run, of(group));
    const beside = drawn && datasetOf(drawn);
    return inside && beside
      ? { ...inside, variables: { ...inside.variables, ...beside.variables } }
      : (inside ?? beside);
  };
  const { posteriorPredictive, logLikelihood } = options;
  return withoutUndefined({
    posterior: { ...datasetOf(run, of('posterior')), attrs: attrsOf(run) },
    sample_stats: statisticsOf(run),
    log_likelihood: merged('log_likelihood', logLikelihood && named(logLikelihood, posteriorPredictive)),
    posterior_predictive: merged('posterior_predictive', posteriorPredictive),
    prior: merged('prior', options.prior),
    prior_predictive: merged('prior_predictive', options.priorPredictive),
    observed_data: observedData && observedDataset(observedData, run.layout, posteriorPredictive?.layout),
  });
}

/** Log likelihoods with the dimensions of predictions of the same name and shape: they are of the same observations. */
function named(drawn: Drawn, like: Drawn | undefined): Drawn {
  if (like === undefined) return drawn;
  const quantities = drawn.layout.quantities.map((quantity) => {
    const other = like.layout.quantities.find(({ name }) => name === quantity.name);
    const fits = other !== undefined && String(other.shape) === String(quantity.shape);
    return fits ? { ...quantity, dims: other.dims } : quantity;
  });
  const coords = { ...like.layout.coords, ...drawn.layout.coords };
  return {
    layout: { ...drawn.layout, quantities, coords },
    quantityDraws: (index) => drawn.quantityDraws(index),
  };
}

function attrsOf(run: Run): Dataset['attrs'] {
  const { settings, origin, timing, layout } = run;
  return {
    created_at: new Date().toISOString(),
    inference_library: 'credence',
    inference_library_version: VERSION,
    ...(timing && { sampling_time: timing.samplingSeconds, tuning_time: timing.warmupSeconds }),
    ...(settings.warmup !== undefined && { tuning_steps: settings.warmup }),
    // So that a file read back is the run it was written from.
    credence: JSON.stringify({
      origin: origin ?? { model: 'unknown' },
      settings,
      chains: run.chains,
      derived: layout.quantities.filter(({ kind }) => kind === 'derived').map(({ name }) => name),
    }),
  };
}

function datasetOf(drawn: Drawn, names?: readonly string[]): Dataset {
  const quantities = drawn.layout.quantities.filter(({ name }) => names?.includes(name) ?? true);
  const taken = new Set(['chain', 'draw', ...quantities.map(({ name }) => name)]);
  const variables: Record<string, Variable> = {};
  const coords: Record<string, Labels> = {};
  for (const { name, shape, dims, offset } of quantities) {
    if (name === 'chain' || name === 'draw') {
      throw new RangeError(
        `inferenceData: no quantity may be called '${name}': it is the name of an axis of draws`,
      );
    }
    const size = shape.reduce((product, length) => product * length, 1);
    const columns = Array.from({ length: size }, (_, i) => drawn.quantityDraws(offset + i));
    const { chains, draws } = extentOf(drawn);
    const values = new Float64Array(chains * draws * size);
    columns.forEach((perChain, i) =>
      perChain.forEach((column, chain) => {
        for (let draw = 0; draw < draws; draw++) values[(chain * draws + draw) * size + i] = column[draw];
      }),
    );
    const axes = dims.map((dim, axis) => axisName(dim, name, axis, taken));
    axes.forEach((axis, i) => {
      const labels = drawn.layout.coords[dims[i] ?? ''];
      if (labels !== undefined) coords[axis] = labels;
    });
    variables[name] = {
      dims: ['chain', 'draw', ...axes],
      shape: [chains, draws, ...shape],
      values,
      type: 'float',
    };
  }
  return { variables, coords, attrs: { inference_library: 'credence', inference_library_version: VERSION } };
}

/** An axis may not share its name with a variable: xarray would take the variable for its coordinate. */
function axisName(
  dim: string | undefined,
  variable: string,
  axis: number,
  taken: ReadonlySet<string>,
): string {
  if (dim === undefined) return `${variable}_dim_${axis}`;
  return taken.has(dim) ? `${dim}_dim` : dim;
}

function extentOf(drawn: Drawn): { chains: number; draws: number } {
  const columns = drawn.layout.size === 0 ? [] : drawn.quantityDraws(0);
  return { chains: columns.length, draws: columns[0]?.length ?? 0 };
}

function statisticsOf(run: Run): Dataset {
  const recorded = STATISTICS.filter((name) => run.recorded?.has(name) ?? true);
  const variables = recorded.map((name): [string, Variable] => {
    const chains = run.stats[name as keyof SamplerStatistics];
    const draws = chains[0].length;
    const values = new Float64Array(chains.length * draws);
    chains.forEach((chain, i) => values.set(Array.from(chain), i * draws));
    const type = name === 'divergent' ? 'bool' : 'float';
    return [SAMPLE_STATS[name], { dims: ['chain', 'draw'], shape: [chains.length, draws], values, type }];
  });
  return {
    variables: Object.fromEntries(variables),
    coords: {},
    attrs: { inference_library: 'credence', inference_library_version: VERSION },
  };
}

/** Observations have the dimensions of their predictions, where there are such, or of a quantity of the same name. */
function observedDataset(
  observed: Readonly<Record<string, Observed>>,
  ...layouts: readonly (Layout | undefined)[]
): Dataset {
  const taken = new Set(Object.keys(observed));
  const variables: Record<string, Variable> = {};
  const coords: Record<string, Labels> = {};
  for (const [name, value] of Object.entries(observed)) {
    const { shape, values } = flattened(name, value);
    const described = layouts.find((layout) => layout?.quantities.some((quantity) => quantity.name === name));
    const named = described?.quantities.find((quantity) => quantity.name === name);
    const fitting = named?.shape.length === shape.length ? named.dims : shape.map(() => undefined);
    const dims = fitting.map((dim, axis) => axisName(dim, name, axis, taken));
    dims.forEach((dim, axis) => {
      const labels = described?.coords[fitting[axis] ?? ''];
      if (labels?.length === shape[axis]) coords[dim] = labels;
    });
    variables[name] = { dims, shape, values, type: 'float' };
  }
  return { variables, coords, attrs: { inference_library: 'credence', inference_library_version: VERSION } };
}

/**
 * Shape and row-major values of nested arrays.
 *
 * @throws RangeError for rows of unequal length, TypeError for what is not a number
 */
export function flattened(name: string, value: Observed): { shape: number[]; values: Float64Array } {
  const shape: number[] = [];
  for (let at: Observed = value; typeof at === 'object' && at !== null; at = at[0] as Observed) {
    shape.push(at.length);
    if (at.length === 0) break;
  }
  const values: number[] = [];
  const visit = (part: Observed, axis: number): void => {
    if (axis === shape.length) {
      if (typeof part !== 'number') throw new TypeError(`'${name}': expected a number, found ${typeof part}`);
      values.push(part);
    } else {
      const found = typeof part === 'object' && part !== null ? part.length : undefined;
      if (found !== shape[axis]) {
        throw new RangeError(
          `'${name}': expected ${shape[axis]} values along axis ${axis}, found ${found ?? 'one number'}`,
        );
      }
      for (let i = 0; i < shape[axis]; i++) visit((part as readonly Observed[])[i], axis + 1);
    }
  };
  visit(value, 0);
  return { shape, values: Float64Array.from(values) };
}

function withoutUndefined(groups: Partial<Record<GroupName, Dataset | undefined>>): InferenceData {
  return Object.fromEntries(Object.entries(groups).filter(([, dataset]) => dataset !== undefined));
}
