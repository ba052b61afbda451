/** What a sampler sees of a posterior: a dimension, a way to evaluate it, and the layout of what it yields. */

/** One named quantity of a draw: where its values lie and what its axes are called. */
export interface Quantity {
  readonly name: string;
  readonly shape: readonly number[];
  /** Name of each axis, or undefined where it has none. */
  readonly dims: readonly (string | undefined)[];
  /** Offset of the first value in the vector of all quantities. */
  readonly offset: number;
  /** A parameter of the model, or derived from parameters. */
  readonly kind: 'parameter' | 'derived';
  /** Present where a parameter takes whole numbers only. */
  readonly discrete?: true;
}

/** Layout of a draw. Parameters come first, in the model's order; values are row-major. */
export interface Layout {
  readonly quantities: readonly Quantity[];
  /** Total number of values. */
  readonly size: number;
  /** Labels of the positions along named dimensions. */
  readonly coords: Readonly<Record<string, readonly (string | number)[]>>;
}

/** A compiled density: plain data, fit for a worker, a file or another machine. */
export interface ProgramTarget {
  readonly kind: 'program';
  readonly dimension: number;
  readonly program: Uint8Array;
  readonly layout: Layout;
  /** Names of the terms of the log density, in the order in which procedure `terms` writes them. */
  readonly terms: readonly string[];
  /** Names of the slots whose values can be replaced in the loaded program, by number. */
  readonly slots?: readonly string[];
  /** Coordinates that take whole numbers only; absent where there are none. Gradients are 0 along them. */
  readonly integers?: readonly number[];
}

/**
 * A density written in JavaScript: returns the log density at `position` and writes its gradient into `gradient`.
 * An exception counts as a log density of −∞ once sampling has begun.
 */
export type DensityFunction = (position: Float64Array, gradient: Float64Array) => number;

/** A density function of the calling thread: its chains run there. */
export interface FunctionTarget {
  readonly kind: 'function';
  readonly dimension: number;
  readonly density: DensityFunction;
  readonly layout: Layout;
}

/** A density function exported by a module: its chains run in workers, each of which imports the module. */
export interface ModuleTarget {
  readonly kind: 'module';
  readonly dimension: number;
  readonly url: string;
  readonly exportName: string;
  readonly layout: Layout;
}

export type Target = ProgramTarget | FunctionTarget | ModuleTarget;
