/** The rows of a model's data: taking some of them, leaving others out. */

import { shown } from '../arguments';
import type { NamedDraws } from '../inference';
import type { Label, Posterior } from '../model';

/** Samples a posterior: `(posterior) => nuts(posterior, { seed: 1 })`. */
export type Refit = (posterior: Posterior) => Promise<NamedDraws>;

/** @throws TypeError where a function that samples is missing */
export function requireRefit(caller: string, sample: unknown): void {
  if (typeof sample !== 'function') {
    throw new TypeError(
      `${caller}: sample must be a function, such as (posterior) => nuts(posterior), got ${shown(sample)}`,
    );
  }
}

/** A model whose observed variables all lie along one dimension. */
export class Rows {
  private constructor(
    private readonly posterior: Posterior,
    readonly dimension: string,
    /** Number of rows. */
    readonly count: number,
  ) {}

  /**
   * @param names the observed variables that matter; all by default
   * @throws RangeError where they have no first dimension in common, or parameters or sizes depend on it
   */
  static of(method: string, posterior: Posterior, names?: readonly string[]): Rows {
    const { model, data } = posterior.origin;
    const observed = model.steps.filter(
      (step) => step.kind === 'observe' && (names === undefined || names.includes(step.name)),
    );
    const dimensions = new Set(observed.map((step) => model.data[step.name]?.dims[0]));
    const [dimension] = dimensions;
    if (dimensions.size !== 1 || typeof dimension !== 'string') {
      throw new RangeError(
        `${method}: what is observed must have one named first dimension in common, whose positions can be left out`,
      );
    }
    const grown = posterior.quantities.find(
      ({ kind, dims }) => kind === 'parameter' && dims.includes(dimension),
    );
    if (grown !== undefined) {
      throw new RangeError(
        `${method}: parameter '${grown.name}' has an element for each position along '${dimension}', so rows cannot be left out`,
      );
    }
    if (model.dimensions.has(dimension)) {
      throw new RangeError(`${method}: dimension '${dimension}' has a fixed size by .dim`);
    }
    for (const [name, { dims }] of Object.entries(model.data)) {
      if (dims.lastIndexOf(dimension) > 0) {
        throw new RangeError(`${method}: '${name}' has '${dimension}' as another than its first dimension`);
      }
    }
    return new Rows(posterior, dimension, (data[observed[0].name] as ArrayLike<unknown>).length);
  }

  /** The posterior given these rows only. */
  given(rows: readonly number[]): Posterior {
    const { posterior, dimension } = this;
    const { model, data, coords } = posterior.origin;
    const taken: Record<string, unknown> = { ...data };
    for (const [name, { dims }] of Object.entries(model.data)) {
      if (dims[0] !== dimension || data[name] === undefined) continue;
      const values = data[name] as ArrayLike<unknown>;
      taken[name] = rows.map((row) => values[row]);
    }
    const labels: Record<string, readonly Label[]> = { ...this.labels(), ...coords };
    if (coords[dimension] !== undefined) labels[dimension] = rows.map((row) => coords[dimension][row]);
    else delete labels[dimension];
    return posterior.recondition(taken, labels);
  }

  /** All rows but these. */
  without(rows: readonly number[]): Posterior {
    const left = new Set(rows);
    return this.given(Array.from({ length: this.count }, (_, i) => i).filter((i) => !left.has(i)));
  }

  /** Positions along the dimensions of parameters are all there, whichever of them the rows have. */
  private labels(): Record<string, readonly Label[]> {
    const { layout, origin } = this.posterior;
    const labels: Record<string, readonly Label[]> = { ...layout.coords };
    for (const { into } of Object.values(origin.model.data)) {
      if (into === undefined || labels[into] !== undefined || origin.model.dimensions.has(into)) continue;
      for (const { shape, dims } of layout.quantities) {
        const axis = dims.indexOf(into);
        if (axis >= 0) labels[into] = Array.from({ length: shape[axis] }, (_, i) => i);
      }
    }
    return labels;
  }
}
