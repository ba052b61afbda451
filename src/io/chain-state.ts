/**
 * The file of a chain's state: a header of 64 bytes (`credstat`, the version of the format and the number of the chain
 * from 1 as 32-bit integers, the run's id, then as 64-bit numbers the draws made, the divergences and seconds of
 * warm-up and the seconds of sampling, and the length of the state), then the state; everything little-endian.
 */

import type { Snapshot } from '../inference';
import { FORMAT_VERSION } from './run-format';

const MAGIC = 'credstat';
const HEADER_BYTES = 64;

/** The bytes of the file. */
export function encodeState(id: string, chain: number, snapshot: Snapshot): Uint8Array {
  const { state, draws, warmupDivergences, warmupSeconds, samplingSeconds } = snapshot;
  const bytes = new Uint8Array(HEADER_BYTES + state.length);
  bytes.set(new TextEncoder().encode(MAGIC));
  const view = new DataView(bytes.buffer);
  view.setUint32(8, FORMAT_VERSION, true);
  view.setUint32(12, chain + 1, true);
  view.setBigUint64(16, BigInt(`0x${id}`), true);
  [draws, warmupDivergences, warmupSeconds, samplingSeconds, state.length].forEach((value, i) =>
    view.setFloat64(24 + 8 * i, value, true),
  );
  bytes.set(state, HEADER_BYTES);
  return bytes;
}

/** @throws Error saying what was expected and what was found in the file */
export function decodeState(path: string, bytes: Uint8Array, id: string, chain: number): Snapshot {
  const refuse = (expected: string, found: string): never => {
    throw new Error(`${path}: expected ${expected}, found ${found}`);
  };
  if (bytes.length < HEADER_BYTES) refuse(`a header of ${HEADER_BYTES} bytes`, `${bytes.length} bytes`);
  const magic = new TextDecoder().decode(bytes.subarray(0, 8));
  if (magic !== MAGIC) refuse(`the state of a chain, beginning with '${MAGIC}'`, 'something else');
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const version = view.getUint32(8, true);
  if (version !== FORMAT_VERSION) refuse(`version ${FORMAT_VERSION} of the format`, `${version}`);
  const number = view.getUint32(12, true);
  if (number !== chain + 1) refuse(`the state of chain ${chain + 1}`, `that of chain ${number}`);
  const run = view.getBigUint64(16, true).toString(16).padStart(16, '0');
  if (run !== id) refuse(`a chain of run ${id}`, `one of run ${run}`);
  const [draws, warmupDivergences, warmupSeconds, samplingSeconds, length] = [0, 1, 2, 3, 4].map((i) =>
    view.getFloat64(24 + 8 * i, true),
  );
  if (bytes.length !== HEADER_BYTES + length) {
    refuse(`${HEADER_BYTES + length} bytes`, `${bytes.length}`);
  }
  return { state: bytes.slice(HEADER_BYTES), draws, warmupDivergences, warmupSeconds, samplingSeconds };
}
