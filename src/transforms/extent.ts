/** Sizes of vectors and matrices under a constraint, with errors that name it. */
import { describeShape, type Shape } from '../expr';

/** Length of the last axis; throws where there is none, or it is below `least`. */
export function vectorLength(constraint: string, shape: Shape, least: number): number {
  const length = shape.at(-1);
  if (length !== undefined && length >= least) return length;
  const expected = least > 1 ? `a last axis of at least ${least} elements` : 'at least one axis';
  throw new RangeError(`${constraint}: expected ${expected}, got ${describeShape(shape)}; give dims`);
}

/** Number of rows of the square matrices in the last two axes; throws where they are not square. */
export function matrixOrder(constraint: string, shape: Shape, least: number): number {
  const [rows, columns] = shape.slice(-2);
  if (shape.length >= 2 && rows === columns && rows >= least) return rows;
  const size = least > 1 ? ` of at least ${least} rows` : '';
  throw new RangeError(
    `${constraint}: expected a square matrix${size} in the last two axes, got ${describeShape(shape)}; give dims`,
  );
}
