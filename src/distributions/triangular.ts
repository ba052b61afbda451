/** Matrices of zeros and ones that keep a part of another, by its order. */

/** 1 below the diagonal. */
export const belowDiagonal = (order: number): number[][] => matrix(order, (i, j) => j < i);

/** 1 on the diagonal. */
export const onDiagonal = (order: number): number[][] => matrix(order, (i, j) => j === i);

function matrix(order: number, keeps: (i: number, j: number) => boolean): number[][] {
  const places = Array.from({ length: order }, (_, i) => i);
  return places.map((i) => places.map((j) => (keeps(i, j) ? 1 : 0)));
}
