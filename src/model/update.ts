/** Conditioning on further data: rows that are independent given the parameters, or the next ones of a time series. */
import { Interpreter } from '../backend/baseline';
import { compileProgram } from '../compile';
import { total, withGraph } from '../expr';
import type { Dimension, Label } from './declaration';
import { during, ModelError } from './error';
import { solves } from './known';
import { didYouMean } from './nearest';
import type { Posterior, PosteriorTerm } from './posterior';

export interface UpdateOptions {
  /**
   * 'any': the new rows are independent of the old ones given the parameters, which is checked. 'time': they follow the
   * old ones in time. Default 'any'.
   */
  readonly order?: 'any' | 'time';
  /** Labels of the new positions, where the old ones have labels. */
  readonly coords?: Readonly<Record<string, readonly Label[]>>;
}

/** Positions at which log densities of parts and whole are compared. */
const PROBES = 4;
const TOLERANCE = 1e-9;

export function update(
  posterior: Posterior,
  more: Readonly<Record<string, unknown>>,
  { order = 'any', coords = {} }: UpdateOptions = {},
): Posterior {
  if (order !== 'any' && order !== 'time') {
    throw new ModelError(`update: order must be 'any' or 'time', got '${String(order)}'`);
  }
  const { model, data, coords: before } = posterior.origin;
  const joined = { ...data };
  const labels = { ...before };
  const growing = new Set<Dimension | undefined>();
  for (const [name, rows] of Object.entries(more)) {
    const dimension = model.data[name]?.dims[0];
    if (typeof dimension !== 'string') {
      throw new ModelError(
        `update: '${name}' must be further rows of data whose first dimension has a name${name in model.data ? '' : didYouMean(name, Object.keys(model.data))}`,
      );
    }
    if (!(Array.isArray(rows) || ArrayBuffer.isView(rows))) {
      throw new ModelError(`update: '${name}' must be an array of further rows, got ${typeof rows}`);
    }
    growing.add(dimension);
    joined[name] = [...(data[name] as Iterable<unknown>), ...(rows as Iterable<unknown>)];
    const added = coords[dimension] ?? [];
    if (dimension in before) labels[dimension] = [...before[dimension], ...added];
    if (order === 'time') checkForward(dimension, labels[dimension] ?? []);
  }
  const absent = Object.entries(model.data).find(
    ([name, { dims }]) => !(name in more) && (growing.size === 0 || growing.has(dims[0])),
  );
  if (absent !== undefined) throw new ModelError(`update: further rows of '${absent[0]}' are missing`);
  if (order === 'time') return posterior.recondition(joined, labels);
  const grown = posterior.quantities.find(
    ({ kind, dims }) => kind === 'parameter' && dims.some((dim) => growing.has(dim)),
  );
  if (grown !== undefined) {
    throw new ModelError(
      `update: parameter '${grown.name}' grows with the rows; condition the model on all data, or pass ` +
        `{ order: 'time' } for the next rows of a time series`,
    );
  }
  const whole = posterior.recondition(joined, labels);
  // Positions along the dimensions of parameters are those of the first part, whichever of them the second has.
  const known = Object.entries({ ...posterior.layout.coords, ...before }).filter(
    ([name]) => !growing.has(name),
  );
  checkIndependence(posterior, { ...data, ...more }, Object.fromEntries(known), whole);
  return whole;
}

/** Times that are given as numbers must increase. */
function checkForward(dimension: string, labels: readonly Label[]): void {
  const late = labels.findIndex(
    (label, i) => i > 0 && typeof label === 'number' && !((labels[i - 1] as number) < label),
  );
  if (late < 0) return;
  throw new ModelError(
    `update: '${dimension}' must go forward in time, but ${labels[late]} comes after ${labels[late - 1]}`,
  );
}

/** Likelihoods of parts must add up to that of the whole, and the prior must be the same. */
function checkIndependence(
  first: Posterior,
  secondData: Readonly<Record<string, unknown>>,
  coords: Readonly<Record<string, readonly Label[]>>,
  whole: Posterior,
): void {
  if (first.dimension !== whole.dimension) {
    throw new ModelError(
      `update: with the new rows the model has ${whole.dimension} unconstrained parameters, with the old ones ` +
        `${first.dimension}; condition the model on all data`,
    );
  }
  if (solves(whole.terms.map(({ value }) => value))) {
    throw new ModelError(
      'update: rows of a model with differential equations follow one another in time; pass ' +
        "{ order: 'time' }, or condition the model on all data",
    );
  }
  const second = during('update: the new rows alone', () => first.recondition(secondData, coords));
  const [a, b, all] = [first, second, whole].map(logDensities);
  for (let probe = 0; probe < PROBES; probe++) {
    const position = Float64Array.from({ length: first.dimension }, (_, i) => spread(i, probe));
    const [left, right, joint] = [a(position), b(position), all(position)];
    if (!Number.isFinite(joint.prior + joint.likelihood)) continue;
    const apart = Math.abs(left.likelihood + right.likelihood - joint.likelihood);
    if (apart > TOLERANCE * (Math.abs(left.likelihood) + Math.abs(right.likelihood) + 1)) {
      throw new ModelError(
        'update: the new rows are not independent of the old ones given the parameters; pass ' +
          "{ order: 'time' } if they follow them in time, else condition the model on all data",
      );
    }
    if (Math.abs(left.prior - joint.prior) > TOLERANCE * (Math.abs(left.prior) + 1)) {
      throw new ModelError('update: the prior depends on the data, so the new rows change it');
    }
  }
}

/** Different numbers in (−1, 1). */
function spread(i: number, probe: number): number {
  const turn = (i + 1) * 0.7548776662466927 + (probe + 1) * 0.5698402909980532;
  return 2 * (turn - Math.floor(turn)) - 1;
}

function logDensities(
  posterior: Posterior,
): (position: Float64Array) => { likelihood: number; prior: number } {
  const { graph, inputs, terms } = posterior;
  const sumOf = (chosen: readonly PosteriorTerm[]) =>
    chosen.length === 0 ? graph.scalar(0) : total(chosen.map(({ value }) => value));
  const outputs = withGraph(graph, () => [
    sumOf(terms.filter(({ role }) => role === 'likelihood')),
    sumOf(terms.filter(({ role }) => role !== 'likelihood')),
  ]);
  const program = new Interpreter(compileProgram({ quantities: { inputs, outputs } }));
  const found = new Float64Array(2);
  return (position) => {
    program.call('quantities', position, found);
    return { likelihood: found[0], prior: found[1] };
  };
}
