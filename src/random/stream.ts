/** A stream of random variates: each method fills an array in one call. */
import { requireInteger } from '../arguments';
import { checkParameter, count, populated } from './check';
import { STATE_WORDS } from './source';
import { targetArray, type Target } from './target';
import { VectorStream } from './vector-stream';

/** Selections from populations up to so many times as large shuffle an array of all of it. */
const DENSE = 16;

/**
 * A stream of xoshiro256++ (Blackman and Vigna 2021). Every method fills an array: the first argument is how
 * many draws to make, or a Float64Array to fill, which is returned. Parameters are numbers, or arrays with an
 * element for each draw. The same seed and calls give the same draws, bit for bit, on every machine and in
 * every browser.
 *
 * Methods throw a RangeError that names method, parameter and element where an argument is illegal; nothing
 * is drawn then.
 */
export class RandomStream extends VectorStream {
  /**
   * Streams independent of this one and of each other, which moves on: the next split gives others. Seeded by
   * draws of this stream, hashed; among k streams of length n some two overlap with probability below k² n /
   * 2²⁵⁶.
   */
  split(streams: number): RandomStream[] {
    requireInteger('split', 'streams', streams, 0);
    const { engine } = this;
    return Array.from({ length: streams }, () => {
      this.within(() => engine.exports.splitStream(engine.state, engine.child));
      return new RandomStream(engine, engine.words(engine.child, STATE_WORDS).slice());
    });
  }

  /** The numbers 0 … length − 1 in random order, all orders equally likely. */
  permutation(length: number): Float64Array {
    checkParameter('permutation', { name: 'length', value: length, requirement: count }, 1);
    return this.shuffle(Float64Array.from({ length }, (_, i) => i));
  }

  /** Brings an array into random order, in place; returns it. */
  shuffle<A extends { readonly length: number; [index: number]: unknown }>(array: A): A {
    return this.shuffleFirst(array, array.length);
  }

  /**
   * Different numbers out of 0 … population − 1, all selections and orders equally likely.
   *
   * @param target how many, or the array to fill; at most `population`
   */
  sampleWithoutReplacement(target: Target, population: number): Float64Array {
    const method = 'sampleWithoutReplacement';
    const out = targetArray(method, target, 1);
    checkParameter(method, { name: 'population', value: population, requirement: count }, 1);
    if (out.length > population) {
      throw new RangeError(
        `${method}: at most ${population} can be drawn from ${population}, got ${out.length}`,
      );
    }
    if (population <= DENSE * (out.length + 1)) {
      const all = this.shuffleFirst(
        Float64Array.from({ length: population }, (_, i) => i),
        out.length,
      );
      out.set(all.subarray(0, out.length));
      return out;
    }
    // The same steps, keeping only the few numbers that are not in their own place.
    const moved = new Map<number, number>();
    this.shuffleSteps(population, out.length).forEach((step, i) => {
      out[i] = moved.get(i + step) ?? i + step;
      moved.set(i + step, moved.get(i) ?? i);
    });
    return out;
  }

  /** Numbers out of 0 … population − 1, any of them any number of times. */
  sampleWithReplacement(target: Target, population: number): Float64Array {
    const method = 'sampleWithReplacement';
    const out = targetArray(method, target, 1);
    const requirement = out.length > 0 ? populated : count;
    checkParameter(method, { name: 'population', value: population, requirement }, 1);
    return this.below(out, population);
  }

  /** The first `places` steps of Fisher and Yates's shuffle. */
  private shuffleFirst<A extends { readonly length: number; [index: number]: unknown }>(
    array: A,
    places: number,
  ): A {
    const steps = this.shuffleSteps(array.length, places);
    const elements: { [index: number]: unknown } = array;
    for (let i = 0; i < places; i++) {
      const from = i + steps[i];
      const chosen = elements[from];
      elements[from] = elements[i];
      elements[i] = chosen;
    }
    return array;
  }

  /** For each of the first places, how far ahead its element comes from. */
  private shuffleSteps(length: number, places: number): Float64Array {
    const ahead = Float64Array.from({ length: places }, (_, i) => length - i);
    return this.below(new Float64Array(places), ahead);
  }
}
