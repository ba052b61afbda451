/** A sampler of one's own: what it is given, and what it must do. */

/** Random numbers of a chain: part of its state, so that runs repeat, resume and do not depend on other chains. */
export interface ChainRandom {
  /** Uniform on [0, 1). */
  uniform(): number;
  /** Standard normal. */
  normal(): number;
  /** Standard exponential. */
  exponential(): number;
}

/** A chain as a kernel sees it during a call. */
export interface KernelChain {
  /** Unconstrained dimensions. */
  readonly dimension: number;
  /** Transitions made so far. */
  readonly iteration: number;
  /** Transitions of warm-up. */
  readonly warmup: number;
  /** Where the chain is, unconstrained: a copy. */
  readonly position: Float64Array;
  /** Log density there, Jacobian included. */
  readonly logDensity: number;
  /** The kernel's own numbers, `stateSize` of them, zeros at first; what is written here stays. */
  readonly state: Float64Array;
  /** The step size: shown with progress and kept with each draw. */
  stepSize: number;
  readonly random: ChainRandom;
  /**
   * Log density at a position (−∞ where it is not a finite number); writes the gradient where an array is given. Counts as an
   * evaluation.
   */
  evaluate(position: Float64Array, gradient?: Float64Array): number;
}

/** What a transition came to. */
export interface Transition {
  /** The next position; may be the old one. */
  readonly position: Float64Array;
  /** Log density there, as `evaluate` gave it. */
  readonly logDensity: number;
  /** Probability with which the proposal was to be accepted; default 1. */
  readonly acceptance?: number;
  /** Whether the transition went wrong in a way that biases draws; default false. */
  readonly divergent?: boolean;
}

/** A sampler: transitions and adaptation apart, its state in the chain. */
export interface Kernel {
  /** What it is called in settings and files. */
  readonly name: string;
  /**
   * Whether it keeps discrete parameters at whole numbers: their coordinates are `posterior.integers`, their gradients 0.
   * Default false: models that have some are refused.
   */
  readonly discrete?: boolean;
  /** Numbers of state a chain needs in so many dimensions; default none. */
  stateSize?(dimension: number): number;
  /** Before the first transition: fill the state. */
  begin?(chain: KernelChain): void;
  /** One transition, which must leave the target invariant given the state. */
  transition(chain: KernelChain): Transition;
  /** After each transition of warm-up, and never later: change state or step size. */
  adapt?(chain: KernelChain, last: Transition): void;
}
