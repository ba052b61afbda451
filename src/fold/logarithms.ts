/** Σ log(s·fᵢ) with a scalar s and known fᵢ: one logarithm, and a number. */
import { log, mul, add, type Expression } from '../expr';
import { sumOperation } from '../expr/operations/reduce';
import { affineOf } from './affine';
import { DoubleDouble } from './doubleDouble';
import type { Folded } from './folded';
import type { KnownData } from './knownData';
import { exactLog } from './logarithm';

export function foldLogarithms({ op, inputs, size, graph }: Expression, data: KnownData): Folded | undefined {
  if (op !== sumOperation || size !== 1 || inputs[0].op.name !== 'log') return undefined;
  const [of] = inputs[0].inputs;
  const product = affineOf(of, of.size, data);
  if (product?.parts.length !== 1 || product.known.length > 0) return undefined;
  const [part] = product.parts;
  if (part.kind !== 'column') return undefined;
  const sum = new DoubleDouble();
  for (const factor of part.factor.rows()) sum.add(exactLog(factor), 0);
  if (!Number.isFinite(sum.high)) return undefined;
  const value = add(mul(of.size, log(part.scale)), graph.scalar(sum.high));
  return { value, rows: of.size, into: { kind: 'distinct', rows: 1 } };
}
