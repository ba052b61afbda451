/** Normal scores: the standard normal quantile, and its values at Blom's plotting positions of ranks. */

// Wichura (1988), Algorithm AS 241 (PPND16), Applied Statistics 37(3): relative error about 1e-16.
const CENTRAL_NUMERATOR = [
  3.387132872796366608, 1.3314166789178437745e2, 1.9715909503065514427e3, 1.3731693765509461125e4,
  4.5921953931549871457e4, 6.7265770927008700853e4, 3.3430575583588128105e4, 2.5090809287301226727e3,
];
const CENTRAL_DENOMINATOR = [
  1, 4.2313330701600911252e1, 6.871870074920579083e2, 5.3941960214247511077e3, 2.1213794301586595867e4,
  3.930789580009271061e4, 2.8729085735721942674e4, 5.226495278852854561e3,
];
const NEAR_NUMERATOR = [
  1.42343711074968357734, 4.6303378461565452959, 5.7694972214606914055, 3.64784832476320460504,
  1.27045825245236838258, 2.4178072517745061177e-1, 2.27238449892691845833e-2, 7.7454501427834140764e-4,
];
const NEAR_DENOMINATOR = [
  1, 2.05319162663775882187, 1.6763848301838038494, 6.8976733498510000455e-1, 1.4810397642748007459e-1,
  1.51986665636164571966e-2, 5.475938084995344946e-4, 1.05075007164441684324e-9,
];
const FAR_NUMERATOR = [
  6.6579046435011037772, 5.4637849111641143699, 1.7848265399172913358, 2.9656057182850489123e-1,
  2.6532189526576123093e-2, 1.2426609473880784386e-3, 2.71155556874348757815e-5, 2.01033439929228813265e-7,
];
const FAR_DENOMINATOR = [
  1, 5.9983220655588793769e-1, 1.3692988092273580531e-1, 1.48753612908506148525e-2, 7.868691311456132591e-4,
  1.8463183175100546818e-5, 1.4215117583164458887e-7, 2.04426310338993978564e-15,
];

function ratio(numerator: readonly number[], denominator: readonly number[], x: number): number {
  let a = 0;
  let b = 0;
  for (let i = 7; i >= 0; i--) {
    a = a * x + numerator[i];
    b = b * x + denominator[i];
  }
  return a / b;
}

/** The standard normal quantile of a probability in (0, 1); ∓∞ at 0 and 1, NaN outside. */
export function normalQuantile(probability: number): number {
  const q = probability - 0.5;
  if (Math.abs(q) <= 0.425) return q * ratio(CENTRAL_NUMERATOR, CENTRAL_DENOMINATOR, 0.180625 - q * q);
  const tail = q < 0 ? probability : 1 - probability;
  if (!(tail > 0)) return tail === 0 ? Math.sign(q) * Infinity : NaN;
  const r = Math.sqrt(-Math.log(tail));
  const z =
    r <= 5 ? ratio(NEAR_NUMERATOR, NEAR_DENOMINATOR, r - 1.6) : ratio(FAR_NUMERATOR, FAR_DENOMINATOR, r - 5);
  return q < 0 ? -z : z;
}

/** Scores of the integer ranks, of the last number of draws asked for: all quantities of a fit share one. */
let table = new Float64Array(0);

/** The normal score of a rank among n: the normal quantile of (rank − 3/8) / (n + 1/4) (Blom 1958). */
export function normalScore(rank: number, n: number): number {
  return normalQuantile((rank - 0.375) / (n + 0.25));
}

/** Normal scores of the ranks 1, …, n. */
export function normalScores(n: number): Float64Array {
  if (table.length === n) return table;
  table = new Float64Array(n);
  for (let i = 0; i < n >> 1; i++) {
    const score = normalScore(i + 1, n);
    table[i] = score;
    table[n - 1 - i] = -score;
  }
  return table;
}
