/** Sums that keep what rounding takes from them. */

/** A sum and what has to be added to it, so that adding in any order gives the same up to the last rounding. */
export interface Compensated {
  readonly sum: number;
  readonly rest: number;
}

export const nothing: Compensated = { sum: 0, rest: 0 };

/** The exact sum of the leading parts (Knuth's two-sum), the rests added. */
export function plus(a: Compensated, b: Compensated): Compensated {
  const sum = a.sum + b.sum;
  const share = sum - a.sum;
  const lost = a.sum - (sum - share) + (b.sum - share);
  return { sum, rest: a.rest + b.rest + lost };
}

export function compensated(sum: number): Compensated {
  return { sum, rest: 0 };
}

export function valueOf({ sum, rest }: Compensated): number {
  return sum + rest;
}
