/** Conditioning on further data: rows that are independent given the parameters, or the next ones of a time series. */
import { BaselineProgram } from '../backend/baseline';
import { compileProgram } from '../compile';
import { total, withGraph } from '../expr';
import type { Label } from './declaration';
import { ModelError } from './error';
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
  const { data, coords: before } = posterior.origin;
  const dimension = growingDimension(posterior, more);
  const joined = { ...data };
  for (const [name, rows] of Object.entries(more)) joined[name] = concatenated(name, data[name], rows);
  const labels = { ...before };
  if (before[dimension] !== undefined || coords[dimension] !== undefined) {
    labels[dimension] = joinedLabels(dimension, before[dimension], coords[dimension], order);
  }
  if (order === 'time') return posterior.recondition(joined, labels);
  const grown = posterior.quantities.find(
    ({ kind, dims }) => kind === 'parameter' && dims.includes(dimension),
  );
  if (grown !== undefined) {
    throw new ModelError(
      `update: parameter '${grown.name}' has an element for each position along '${dimension}', so more rows are more ` +
        `parameters; condition the model on all data, or pass { order: 'time' } for the next rows of a time series`,
    );
  }
  const whole = posterior.recondition(joined, labels);
  checkIndependence(posterior, { ...data, ...more }, { ...labels, [dimension]: undefined }, whole);
  return whole;
}

/** The one dimension along which the new data have further rows. */
function growingDimension(posterior: Posterior, more: Readonly<Record<string, unknown>>): string {
  const { data: declared, dimensions } = posterior.origin.model;
  const names = Object.keys(more);
  if (names.length === 0) throw new ModelError('update: there are no new data');
  for (const name of names) {
    if (name in declared) continue;
    throw new ModelError(`update: there is no data '${name}'${didYouMean(name, Object.keys(declared))}`);
  }
  const dimension = declared[names[0]].dims[0];
  if (typeof dimension !== 'string') {
    throw new ModelError(`update: '${names[0]}' has no named first dimension along which it could grow`);
  }
  if (dimensions.has(dimension)) {
    throw new ModelError(
      `update: dimension '${dimension}' has a fixed size by .dim, so no rows can be added`,
    );
  }
  for (const [name, { dims }] of Object.entries(declared)) {
    if (dims.lastIndexOf(dimension) > 0) {
      throw new ModelError(`update: '${name}' has '${dimension}' as another than its first dimension`);
    }
    if ((dims[0] === dimension) === names.includes(name)) continue;
    throw new ModelError(
      dims[0] === dimension
        ? `update: '${name}' has the dimension '${dimension}' too; give its new rows`
        : `update: '${name}' has other rows than '${names[0]}', which grows along '${dimension}'`,
    );
  }
  return dimension;
}

function concatenated(name: string, old: unknown, rows: unknown): unknown {
  const isList = (value: unknown): boolean => Array.isArray(value) || ArrayBuffer.isView(value);
  if (!isList(rows)) throw new ModelError(`update: '${name}' must be an array of further rows`);
  return [...(old as Iterable<unknown>), ...(rows as Iterable<unknown>)];
}

function joinedLabels(
  dimension: string,
  old: readonly Label[] | undefined,
  added: readonly Label[] | undefined,
  order: 'any' | 'time',
): readonly Label[] {
  if (old === undefined || added === undefined) {
    const which = old === undefined ? 'the old positions have none' : 'give them in coords';
    throw new ModelError(
      `update: labels of '${dimension}' must be given for all positions or none: ${which}`,
    );
  }
  const joined = [...old, ...added];
  if (order === 'time' && joined.every((label) => typeof label === 'number')) {
    const late = joined.findIndex((label, i) => i > 0 && !(joined[i - 1] < label));
    if (late > 0) {
      throw new ModelError(
        `update: '${dimension}' must go forward in time, but ${joined[late]} comes after ${joined[late - 1]}`,
      );
    }
  }
  return joined;
}

/** Likelihoods of parts must add up to that of the whole, and the prior must be the same. */
function checkIndependence(
  first: Posterior,
  secondData: Readonly<Record<string, unknown>>,
  labels: Readonly<Record<string, readonly Label[] | undefined>>,
  whole: Posterior,
): void {
  // Positions along the dimensions of parameters are those of the first part, whichever of them the second has.
  const known = Object.fromEntries(
    Object.entries({ ...first.layout.coords, ...labels }).filter(([, given]) => given !== undefined),
  ) as Record<string, readonly Label[]>;
  const sameShape = first.dimension === whole.dimension;
  if (!sameShape) {
    throw new ModelError(
      `update: with the new rows the model has ${whole.dimension} unconstrained parameters, with the old ones ` +
        `${first.dimension}; condition the model on all data`,
    );
  }
  let second: Posterior;
  try {
    second = first.recondition(secondData, known);
  } catch (cause) {
    throw new ModelError(`update: the new rows alone do not fit the model: ${(cause as Error).message}`, {
      cause,
    });
  }
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
  const program = new BaselineProgram(compileProgram({ quantities: { inputs, outputs } }));
  const found = new Float64Array(2);
  return (position) => {
    program.call('quantities', position, found);
    return { likelihood: found[0], prior: found[1] };
  };
}
