/** Sum, mean and variance of one array of numbers. */

/** Sum of the values from start to before end; by default of all. */
export function sum(values: Float64Array, start = 0, end = values.length): number {
  let total = 0;
  for (let i = start; i < end; i++) total += values[i];
  return total;
}

/** Sum of squared distances from a centre. */
export function sumOfSquares(values: Float64Array, centre: number): number {
  let squares = 0;
  for (let i = 0; i < values.length; i++) squares += (values[i] - centre) * (values[i] - centre);
  return squares;
}

export function mean(values: Float64Array): number {
  return sum(values) / values.length;
}

/** Mean and sample variance (divisor n − 1). */
export function momentsOf(values: Float64Array): { readonly mean: number; readonly variance: number } {
  const centre = mean(values);
  return { mean: centre, variance: sumOfSquares(values, centre) / (values.length - 1) };
}
