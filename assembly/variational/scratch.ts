/** Vectors that families work with during a step; nothing in them outlives it. */

import { allocate } from "../memory";
import { vectorBytes } from "../dynamics/space";

let block: usize = 0;
let size: usize = 0;

/** Make room for so many vectors. */
export function reserveScratch(vectors: usize): void {
  const bytes = vectors * vectorBytes();
  if (bytes <= size) return;
  block = allocate(bytes);
  size = bytes;
}

// @ts-ignore: decorator
@inline
export function scratch(): usize {
  return block;
}
