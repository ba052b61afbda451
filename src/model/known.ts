/** What can be known before sampling: values of expressions of data alone, for checks. */
import { Interpreter } from '../backend/baseline';
import { compileProgram } from '../compile';
import { parameterError } from '../distributions/check';
import type { AnyDistribution, Parameter } from '../distributions/distribution';
import { broadcastShapes, expand, Expression, type Operand } from '../expr';
import { graphOf } from '../expr/graph';
import { inOrder, orderText } from '../transforms/bounds';
import { unravel } from './data';

/** Absent, plain, or made of data alone without solving differential equations, which takes longer than a check may. */
export function isKnown(operand: Operand | undefined): boolean {
  return !(operand instanceof Expression) || (operand.isConstant && !solves([operand]));
}

/** Whether expressions depend on the solution of a differential equation. */
export function solves(expressions: readonly Expression[]): boolean {
  const seen = new Set(expressions);
  for (const node of seen) {
    if (node.op.kind === 'ode') return true;
    for (const input of node.inputs) seen.add(input);
  }
  return false;
}

/** Row-major values of an expression of data alone. For checks only: the host's functions may have had a hand in them. */
export function knownValues(expression: Expression): ArrayLike<number> {
  if (expression.values !== undefined) return expression.values;
  const program = new Interpreter(compileProgram({ quantities: { inputs: [], outputs: [expression] } }));
  const values = new Float64Array(expression.size);
  program.call('quantities', [], values);
  return values;
}

/** Throws for the first parameter value that is known and not allowed. Plain values were checked when given. */
export function checkKnownParameters(distribution: AnyDistribution): void {
  for (const [name, parameter] of Object.entries(distribution.parameters)) {
    checkKnownJoint(distribution.name, name, parameter);
    const { value, requirement } = parameter;
    if (!(value instanceof Expression) || !isKnown(value)) continue;
    const values = knownValues(value);
    for (let i = 0; i < values.length; i++) {
      if (requirement.holds(values[i])) continue;
      throw parameterError(distribution.name, name, requirement, values[i], unravel(i, value.shape));
    }
  }
  checkKnownOrder(distribution);
}

/** A vector or matrix that is known must satisfy what its elements must satisfy together. */
function checkKnownJoint(distribution: string, name: string, { value, joint }: Parameter): void {
  if (joint === undefined || !isKnown(value)) return;
  const holds = joint.holds(graphOf(distribution, [value]).expression(value));
  const failed = Array.from(knownValues(holds)).findIndex((held) => held !== 1);
  if (failed < 0) return;
  const where =
    holds.rank === 0 ? '' : `, which that at [${unravel(failed, holds.shape).join(', ')}] does not`;
  throw new RangeError(`${distribution}: ${name} must ${joint.text}${where}`);
}

/** Bounds that are known must be in order at every element. */
function checkKnownOrder({ name, support: { lower, upper, integer } }: AnyDistribution): void {
  if (!(lower instanceof Expression || upper instanceof Expression)) return;
  if (lower === undefined || upper === undefined || !isKnown(lower) || !isKnown(upper)) return;
  const { graph } = lower instanceof Expression ? lower : (upper as Expression);
  const [low, high] = [graph.expression(lower), graph.expression(upper)];
  const shape = broadcastShapes(name, [low.shape, high.shape]);
  const [lows, highs] = [knownValues(expand(low, shape)), knownValues(expand(high, shape))];
  for (let i = 0; i < lows.length; i++) {
    if (inOrder(lows[i], highs[i], integer)) continue;
    const where = shape.length === 0 ? '' : ` at [${unravel(i, shape).join(', ')}]`;
    throw new RangeError(orderText(name, lows[i], highs[i], integer) + where);
  }
}
