/** A chain of the module, as a kernel of the host sees it. */

import type { FullExports, Instance } from '../../backend/wasm';
import type { ChainRandom, KernelChain, Transition } from './kernel';

/** Kinds of draws the module makes for a host. */
const UNIFORM = 0;
const NORMAL = 1;
const EXPONENTIAL = 2;

/** Bytes of a vector with its padding. */
export function vectorBytes(dimension: number): number {
  return 32 * (Math.floor(dimension / 4) + 1);
}

export class HostChain implements KernelChain {
  readonly random: ChainRandom;
  readonly state: Float64Array;
  private evaluations = 0;

  constructor(
    private readonly instance: Instance<FullExports>,
    private readonly pointer: number,
    readonly warmup: number,
    /** Room for a position and a gradient; records of draws lie in the instance's own buffer. */
    private readonly vectors: number,
    stateSize: number,
  ) {
    const draw =
      (kind: number): (() => number) =>
      () =>
        instance.exports.drawFrom(pointer, kind);
    // A copy: memory may move while the kernel evaluates.
    this.state = this.stored(stateSize).slice();
    this.random = { uniform: draw(UNIFORM), normal: draw(NORMAL), exponential: draw(EXPONENTIAL) };
  }

  get dimension(): number {
    return this.instance.dimension;
  }

  get iteration(): number {
    return this.instance.exports.chainIteration(this.pointer);
  }

  get position(): Float64Array {
    return this.place().slice();
  }

  get logDensity(): number {
    return this.instance.exports.chainLogDensity(this.pointer);
  }

  get stepSize(): number {
    return this.instance.exports.chainStepSize(this.pointer);
  }

  set stepSize(value: number) {
    this.instance.exports.setStepSize(this.pointer, value);
  }

  evaluate(position: Float64Array, gradient = new Float64Array(this.dimension)): number {
    this.evaluations++;
    const { instance, dimension, vectors } = this;
    if (position.length !== dimension || gradient.length !== dimension) {
      throw new RangeError(`evaluate: position and gradient must have ${dimension} numbers`);
    }
    instance.view(vectors, dimension).set(position);
    const slope = vectors + vectorBytes(dimension);
    const value = instance.exports.density(vectors, slope);
    gradient.set(instance.view(slope, dimension));
    return Number.isFinite(value) ? value : -Infinity;
  }

  /** Takes the outcome of a transition. */
  settle({ position, logDensity, acceptance = 1, divergent = false }: Transition): void {
    const { instance, pointer, dimension } = this;
    if (position?.length !== dimension || !Number.isFinite(logDensity)) {
      throw new RangeError(
        `sampleWith: a transition must give a position of ${dimension} numbers and its finite log density, got ` +
          `${position?.length} numbers and ${String(logDensity)}`,
      );
    }
    this.place().set(position);
    instance.exports.settleHost(pointer, logDensity, acceptance, this.evaluations, divergent ? 1 : 0);
  }

  /** Puts the state back where it is kept. */
  keepState(): void {
    this.stored(this.state.length).set(this.state);
  }

  private stored(length: number): Float64Array {
    return this.instance.view(this.instance.exports.chainExtra(this.pointer), length);
  }

  private place(): Float64Array {
    return this.instance.view(this.instance.exports.chainPosition(this.pointer), this.dimension);
  }
}
