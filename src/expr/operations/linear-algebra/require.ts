/** Checks of shapes, with errors that name the operation, what it expects and what it was given. */
import type { Expression } from '../../expression';
import { describeShape } from '../../shape';

/** The extent of a square matrix. */
export function requireSquare(operation: string, a: Expression): number {
  if (a.rank !== 2 || a.shape[0] !== a.shape[1] || a.size === 0) {
    throw new RangeError(`${operation}: expected a square matrix, got ${describeShape(a.shape)}`);
  }
  return a.shape[0];
}

export function requireMatrix(operation: string, a: Expression): void {
  if (a.rank !== 2) throw new RangeError(`${operation}: expected a matrix, got ${describeShape(a.shape)}`);
}

export function requireVector(operation: string, x: Expression): void {
  if (x.rank !== 1) throw new RangeError(`${operation}: expected a vector, got ${describeShape(x.shape)}`);
}

/** A right-hand side of a system of n equations: one vector, or one a column. */
export function requireRightHandSide(operation: string, n: number, b: Expression): void {
  if ((b.rank !== 1 && b.rank !== 2) || b.shape[0] !== n || b.size === 0) {
    throw new RangeError(
      `${operation}: expected a right-hand side of shape [${n}] or [${n}, columns], got ${describeShape(b.shape)}`,
    );
  }
}
