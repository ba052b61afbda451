/** Where the elements of lower triangular matrices stand, one matrix after another, row by row. */
import { bySize } from './table';

/** Free numbers below the diagonal of a K×K matrix. */
export const belowDiagonal = (order: number): number => (order * (order - 1)) / 2;

/**
 * For each element of `count` matrices the position of its free number, those below the diagonal numbered row by row;
 * elsewhere the position after the last.
 */
export const strictlyLower = bySize((count: number, order: number): Int32Array => {
  const free = belowDiagonal(order);
  const index = new Int32Array(count * order * order).fill(count * free);
  for (let matrix = 0, element = 0; matrix < count; matrix++)
    for (let i = 0; i < order; i++)
      for (let j = 0; j < order; j++, element++)
        if (j < i) index[element] = matrix * free + belowDiagonal(i) + j;
  return index;
});

/** The inverse: for each free number the element it stands for. */
export const elementsBelow = bySize((count: number, order: number): Int32Array => {
  const index = new Int32Array(count * belowDiagonal(order));
  strictlyLower(count, order).forEach((free, element) => {
    if (free < index.length) index[free] = element;
  });
  return index;
});

/** Identity matrices below one another: [count·K, K]. */
export const identities = bySize((count: number, order: number): number[][] =>
  Array.from({ length: count * order }, (_, row) =>
    Array.from({ length: order }, (_, column) => (row % order === column ? 1 : 0)),
  ),
);

/** Square matrix of ones where `row < column`, zeros elsewhere: sums what stands to the left. */
export const sumsBefore = bySize((order: number): number[][] =>
  Array.from({ length: order }, (_, row) => Array.from({ length: order }, (_, column) => +(row < column))),
);

/** The same where `row > column`: sums what stands to the right. */
export const sumsAfter = bySize((order: number): number[][] =>
  Array.from({ length: order }, (_, row) => Array.from({ length: order }, (_, column) => +(row > column))),
);

/** A number for each element below the diagonal of `count` matrices, zeros elsewhere. */
/* @__NO_SIDE_EFFECTS__ */
export function weightsBelow(weight: (i: number, j: number, order: number) => number) {
  return bySize((count: number, order: number): Float64Array => {
    const weights = new Float64Array(count * order * order);
    for (let element = 0; element < weights.length; element++) {
      const [i, j] = [Math.floor(element / order) % order, element % order];
      if (j < i) weights[element] = weight(i, j, order);
    }
    return weights;
  });
}
