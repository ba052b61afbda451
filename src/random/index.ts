/** Random variates, drawn in WebAssembly. */
import { isSeed } from '../arguments';
import { loadEngine } from './engine';
import { parseState, type RandomState } from './state';
import { RandomStream } from './stream';

export type { Numbers } from './check';
export type { Matrix } from './matrix';
export type { RandomState } from './state';
export { RandomStream } from './stream';
export type { Target } from './target';

/**
 * A stream of random variates, ready once the WebAssembly module is; its methods are synchronous.
 *
 * @param seed an integer in [0, 2⁵³), a bigint in [0, 2⁶⁴), or a saved state. A stream never meets the chains
 *   of samplers with the same seed.
 * @throws RangeError for another seed
 * @throws TypeError for what is not a saved state
 */
export async function random(seed: number | bigint | RandomState): Promise<RandomStream> {
  const words = typeof seed === 'object' ? parseState(seed) : undefined;
  const key = words === undefined ? keyOf(seed) : 0n;
  const engine = await loadEngine();
  if (words !== undefined) return new RandomStream(engine, words);
  engine.exports.seedStream(engine.state, key);
  return new RandomStream(engine, engine.words(engine.state, 8).slice());
}

function keyOf(seed: unknown): bigint {
  if (typeof seed === 'bigint' && seed >= 0n && seed < 1n << 64n) return seed;
  if (isSeed(seed)) return BigInt(seed);
  throw new RangeError(
    `random: seed must be an integer in [0, 2⁵³) or a bigint in [0, 2⁶⁴), got ${String(seed)}`,
  );
}
