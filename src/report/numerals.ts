/** How many digits of an estimate are worth printing. */

/** Beyond these a fixed-point number is harder to read than one with an exponent. */
const LARGEST_FIXED = 1e7;
const MOST_DECIMALS = 7;

/** Decimals at which one digit of the Monte Carlo error shows; undefined where there is no error to go by. */
export function decimalsFor(error: number): number | undefined {
  if (!(error > 0) || error === Infinity) return undefined;
  return Math.max(0, -Math.floor(Math.log10(error)));
}

/** A number at the given decimals, or at up to six significant digits; a dash for NaN. */
export function numeral(value: number, decimals: number | undefined): string {
  if (Number.isNaN(value)) return '-';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  if (decimals === undefined) return String(Number(value.toPrecision(6)));
  if (decimals > MOST_DECIMALS || Math.abs(value) >= LARGEST_FIXED) return value.toExponential(2);
  const text = value.toFixed(decimals);
  return Number(text) === 0 ? text.replace('-', '') : text;
}
