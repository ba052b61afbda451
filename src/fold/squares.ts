/** The fused kernels of normal densities, seen alike. */
import type { Expression } from '../expr';
import { gaussianOperation } from '../expr/operations/fused';
import { groupedGaussianOperation } from '../expr/operations/grouped-gaussian';

/** −½ Σ ((x − μ)·w)² over `rows` elements; each has as many, or is a scalar. */
export interface Squares {
  readonly x: Expression;
  readonly mu: Expression;
  readonly w: Expression;
  readonly rows: number;
}

export function squaresOf({ op, inputs }: Expression): Squares | undefined {
  if (op === gaussianOperation) {
    const [x, mu, w] = inputs;
    return { x, mu, w, rows: Math.max(x.size, mu.size, w.size) };
  }
  if (op !== groupedGaussianOperation) return undefined;
  const [x, table, index, factor, offset, w] = inputs;
  return { x, mu: table.gather(index).add(factor.mul(offset)), w, rows: index.size };
}
