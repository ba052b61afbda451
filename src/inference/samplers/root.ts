/** Square roots of covariances, for chains whose metric is given. */

import type { FullExports, Instance } from '../../backend/wasm';

/** Gives a chain the square root of its inverse metric: d values, or d rows of a lower triangle. */
export function giveRoot(instance: Instance<FullExports>, chain: number, root: Float64Array): void {
  const pointer = instance.buffer(root.byteLength);
  instance.view(pointer, root.length).set(root);
  instance.exports.setRoot(chain, pointer);
}
