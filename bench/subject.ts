/** What is measured: one posterior, written in up to four ways besides. */
import type { Samplable, Ranks } from '../src/inference/posterior';
import type { Posterior } from '../src/model';

/** Log density at an unconstrained position, with all its constants; writes the gradient. */
export type HandWritten = (position: Float64Array, gradient: Float64Array) => number;

/** A kernel of `bench/assembly` and its data, which it finds as a record of words: the numbers, then an address an array. */
export interface FusedKernel {
  /** Its number in `bench/assembly/index.ts`. */
  readonly kernel: number;
  readonly numbers: readonly number[];
  readonly arrays: readonly (Float64Array | Int32Array)[];
}

/** Data of a Stan program: a number, numbers, or an array row by row. */
export type StanValue =
  number | ArrayLike<number> | { readonly values: ArrayLike<number>; readonly shape: readonly number[] };

/** The same model and data for Stan. */
export interface StanProgram {
  /** Name of a file of `bench/stan/programs`, whose parameters have the model's names. */
  readonly program: string;
  readonly data: Readonly<Record<string, StanValue>>;
  /** How far log densities may differ, relative to their size, where the two solve approximately; default 1e-9. */
  readonly tolerance?: number;
}

export interface Subject {
  /** The model as users write it, conditioned: run by both interpreters and by the sampler. */
  readonly posterior: Samplable<Ranks> & Pick<Posterior, 'target' | 'terms'>;
  readonly typescript?: HandWritten;
  readonly fused?: FusedKernel;
  readonly stan?: StanProgram;
  /** Where densities are compared and timed. */
  readonly position: Float64Array;
}

/** A subject by name, built when its turn comes. */
export interface Candidate {
  readonly model: string;
  readonly build: () => Subject;
}
