/** What is measured: one posterior, written four times. */
import type { Samplable, Ranks } from '../src/inference/posterior';
import type { ProgramTarget } from '../src/target/target';

/** Log density at an unconstrained position, with all its constants; writes the gradient. */
export type HandWritten = (position: Float64Array, gradient: Float64Array) => number;

/** A kernel of `bench/assembly` and its data, which it finds as a record of words: the numbers, then an address an array. */
export interface FusedKernel {
  /** Its number in `bench/assembly/index.ts`. */
  readonly kernel: number;
  readonly numbers: readonly number[];
  readonly arrays: readonly (Float64Array | Int32Array)[];
}

export interface Subject {
  /** The model as users write it, conditioned: run by both interpreters and by the sampler. */
  readonly posterior: Samplable<Ranks> & { readonly target: ProgramTarget };
  readonly typescript: HandWritten;
  readonly fused: FusedKernel;
  /** Where densities are compared and timed. */
  readonly position: Float64Array;
}

/** A subject by name, built when its turn comes. */
export interface Candidate {
  readonly model: string;
  readonly build: () => Subject;
}
