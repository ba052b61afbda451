/** Values of expressions of data alone, by the module's arithmetic: the same on every machine. */

import { fullInstance } from '../backend/wasm';
import { compileProgram } from '../compile';
import type { Expression } from '../expr';

const QUANTITIES = 1;

/** Row-major values of each expression, which must not depend on parameters. */
export async function constantValues(expressions: readonly Expression[]): Promise<Float64Array[]> {
  const program = compileProgram({ quantities: { inputs: [], outputs: expressions } });
  const instance = await fullInstance({ kind: 'program', dimension: 0, program });
  const length = expressions.reduce((sum, { size }) => sum + size, 0);
  const all = instance.call(QUANTITIES, new Float64Array(0), length);
  let start = 0;
  return expressions.map(({ size }) => all.slice(start, (start += size)));
}
