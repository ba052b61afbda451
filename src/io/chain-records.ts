/** Reads the records of a chain's file, some megabytes at a time. Node only. */

import { closeSync, openSync, readSync } from 'node:fs';
import { HEADER_BYTES, headerFault } from './run-format';

/** Bytes read at a time. */
const CHUNK = 1 << 22;

/**
 * The first `draws` records of a chain's file in pieces of whole records; each is good until the next.
 *
 * @param id of the run it must belong to
 * @param width values of a record
 * @throws Error naming the file when it is not that chain's, or shorter than that
 */
export function* recordsOf(
  path: string,
  id: string,
  chain: number,
  width: number,
  draws: number,
): Generator<Float64Array> {
  const file = openSync(path, 'r');
  try {
    const header = new Uint8Array(HEADER_BYTES);
    const length = readSync(file, header, 0, HEADER_BYTES, 0);
    const fault = headerFault(header.subarray(0, length), id, chain, width);
    if (fault !== undefined) throw new Error(`${path}: ${fault}`);
    const rows = Math.max(1, Math.floor(CHUNK / (8 * width)));
    const buffer = new Float64Array(width * Math.min(rows, draws));
    for (let first = 0; first < draws; first += rows) {
      const records = buffer.subarray(0, width * Math.min(rows, draws - first));
      const bytes = new Uint8Array(buffer.buffer, 0, records.byteLength);
      for (let at = 0; at < bytes.length;) {
        const read = readSync(file, bytes, at, bytes.length - at, HEADER_BYTES + 8 * width * first + at);
        if (read === 0) throw new Error(`${path}: the file became shorter while it was read`);
        at += read;
      }
      yield records;
    }
  } finally {
    closeSync(file);
  }
}
