/** What structures take, and the error where that is more than there is. */

import type { LaplaceStructure } from './structure';

const MEBIBYTE = 1048576;
/** Room for curvature beside the program: a WebAssembly memory ends at 4 GiB. */
const MOST_BYTES = 3072 * MEBIBYTE;

/** Bytes of a structure in so many dimensions. */
export function structureBytes(structure: LaplaceStructure, dimension: number, rank: number): number {
  switch (structure) {
    case 'full':
      return 16 * dimension * dimension;
    case 'diagonal':
      return 64 * dimension;
    case 'low-rank':
      return 8 * dimension * (4 * rank + 40);
  }
}

/** @throws RangeError where a structure does not fit, naming its size and those that do */
export function checkMemory(structure: LaplaceStructure, dimension: number, rank: number): void {
  const bytes = structureBytes(structure, dimension, rank);
  if (bytes <= MOST_BYTES) return;
  const fitting = (['low-rank', 'diagonal'] as const)
    .filter((other) => other !== structure && structureBytes(other, dimension, rank) <= MOST_BYTES)
    .map((other) => `'${other}' (${inWords(structureBytes(other, dimension, rank))})`);
  const advice =
    fitting.length === 0 ? 'no structure fits' : `structures that would fit: ${fitting.join(', ')}`;
  throw new RangeError(
    `laplaceApproximation: structure '${structure}' of ${dimension} parameters takes ${inWords(bytes)}, more than the ` +
      `${inWords(MOST_BYTES)} there are; ${advice}`,
  );
}

/** @throws RangeError where so many draws would not fit in memory, naming how many would */
export function checkDraws(draws: number, dimension: number, quantities: number): void {
  const each = 8 * (dimension + 2 * quantities);
  if (each * draws <= MOST_BYTES) return;
  throw new RangeError(
    `laplaceApproximation: ${draws} draws of ${dimension} parameters and ${quantities} quantities take ${inWords(each * draws)}, more ` +
      `than ${inWords(MOST_BYTES)}; draws: ${Math.floor(MOST_BYTES / each)} would fit`,
  );
}

function inWords(bytes: number): string {
  const mebibytes = bytes / MEBIBYTE;
  return mebibytes >= 1024 ? `${(mebibytes / 1024).toFixed(1)} GiB` : `${Math.ceil(mebibytes)} MiB`;
}
