/** Whether a run agrees with reference draws: the rule of the posteriordb collection's README that the project uses. */
import { essMean, essQuantile, essSd } from '../../src/diagnostics';
import type { Fit } from '../../src/inference';

/** Summary of 10,000 near-independent reference draws of one quantity. */
export interface Reference {
  mean: number;
  sd: number;
  mcse_mean: number;
  q5: number;
  q50: number;
  q95: number;
}

/** Reasons why draws disagree with the reference; none when they agree. */
export function disagreements(name: string, chains: readonly Float64Array[], reference: Reference): string[] {
  const reasons: string[] = [];
  const check = (what: string, found: number, expected: number, tolerance: number): void => {
    if (!(Math.abs(found - expected) <= tolerance))
      reasons.push(`${name}: ${what} is ${found}, expected ${expected} ± ${tolerance}`);
  };
  const all = Float64Array.from(chains.flatMap((chain) => [...chain]));
  const n = all.length;
  const mean = all.reduce((sum, x) => sum + x, 0) / n;
  const moment = (power: number): number => all.reduce((sum, x) => sum + (x - mean) ** power, 0) / n;
  const sd = Math.sqrt((moment(2) * n) / (n - 1));
  const kurtosis = moment(4) / moment(2) ** 2;
  const error = sd / Math.sqrt(essMean(chains));
  const errorOfSd = sd * Math.sqrt((kurtosis - 1) / (4 * essSd(chains)));
  check('mean', mean, reference.mean, 4 * Math.hypot(error, reference.mcse_mean));
  check(
    'sd',
    sd,
    reference.sd,
    0.02 * reference.sd + 4 * Math.sqrt(errorOfSd ** 2 + (reference.sd ** 2 * (kurtosis - 1)) / 40000),
  );
  for (const [p, quantile] of [
    [0.05, reference.q5],
    [0.5, reference.q50],
    [0.95, reference.q95],
  ]) {
    const below = all.filter((x) => x < quantile).length / n;
    const ess = essMean(chains.map((chain) => chain.map((x) => (x < quantile ? 1 : 0))));
    check(`share below the ${p} quantile`, below, p, 4 * Math.sqrt(p * (1 - p) * (1 / ess + 1e-4)));
  }
  // Finite everywhere, or the comparisons above would have been vacuous.
  if (!Number.isFinite(essQuantile(chains, 0.5))) reasons.push(`${name}: the draws do not vary`);
  return reasons;
}

/** Reasons why a run should not be trusted at all. */
export function misgivings(fit: Fit): string[] {
  const reasons: string[] = [];
  for (const row of fit.summary().rows) {
    // What is the same in every draw has nothing to converge.
    if (row.sd === 0) continue;
    if (!(row.rhat < 1.01)) reasons.push(`${row.name}: R-hat is ${row.rhat}`);
    if (!(row.essBulk >= 400 && row.essTail >= 400))
      reasons.push(`${row.name}: ESS is ${row.essBulk} bulk, ${row.essTail} tail`);
  }
  return reasons;
}
