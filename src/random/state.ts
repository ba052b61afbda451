/** The state of a stream as plain data, for saving and restoring. */

/** Plain data, to be kept as JSON. */
export interface RandomState {
  readonly generator: 'xoshiro256++';
  /** The 256 bits, as 64 hexadecimal digits. */
  readonly bits: string;
}

/** Eight words of 32 bits, as data. */
export function describeState(words: Uint32Array): RandomState {
  const bits = Array.from(words, (word) => word.toString(16).padStart(8, '0')).join('');
  return { generator: 'xoshiro256++', bits };
}

/**
 * The words of a saved state.
 *
 * @throws TypeError when it is not one
 */
export function parseState(state: RandomState): Uint32Array {
  const { generator, bits } = (state ?? {}) as Partial<RandomState>;
  if (generator !== 'xoshiro256++') {
    throw new TypeError(`random: a state must be of the generator 'xoshiro256++', got ${String(generator)}`);
  }
  if (typeof bits !== 'string' || !/^[0-9a-f]{64}$/.test(bits) || /^0*$/.test(bits)) {
    throw new TypeError('random: bits of a state must be 64 hexadecimal digits, not all 0');
  }
  return Uint32Array.from({ length: 8 }, (_, i) => parseInt(bits.slice(8 * i, 8 * i + 8), 16));
}
