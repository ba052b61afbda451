/** A target loaded into the full module. */

import { fullInstance, type FullExports, type Instance } from '../../backend/wasm';
import type { Target } from '../../target/target';
import { loadFunction } from '../module-function';

export async function instanceOf(target: Target): Promise<Instance<FullExports>> {
  if (target.kind !== 'module') return fullInstance(target);
  return fullInstance({ kind: 'function', dimension: target.dimension, density: await loadFunction(target) });
}
