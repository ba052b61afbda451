/** What the families of an unknown probability share: successes and failures are added to those of the prior. */
import { Beta } from '../distributions/beta';
import { special } from '../engine';
import { compensated, plus, valueOf, type Compensated } from '../statistics/compensated';

/** Prior successes and failures, both > 0: 1 and 1 are uniform, ½ and ½ Jeffreys' prior. */
export interface BetaHyperparameters {
  readonly alpha: number;
  readonly beta: number;
}

export interface Trials {
  readonly count: number;
  readonly successes: number;
  readonly failures: number;
  /** Σ log of the ways each observation can come about. */
  readonly ways: Compensated;
}

/** What the families do alike. */
export const betaFamily = {
  nothing: (): Trials => trials(0, 0, 0),
  join: (a: Trials, b: Trials): Trials => ({
    count: a.count + b.count,
    successes: a.successes + b.successes,
    failures: a.failures + b.failures,
    ways: plus(a.ways, b.ways),
  }),
  observations: ({ count }: Trials): number => count,
  posterior: <H extends BetaHyperparameters>(prior: H, { successes, failures }: Trials): H => ({
    ...prior,
    alpha: prior.alpha + successes,
    beta: prior.beta + failures,
  }),
  logEvidence({ alpha, beta }: BetaHyperparameters, { successes, failures, ways }: Trials): number {
    const { logRisingFactorial } = special();
    return (
      logRisingFactorial(alpha, successes) +
      logRisingFactorial(beta, failures) -
      logRisingFactorial(alpha + beta, successes + failures) +
      valueOf(ways)
    );
  },
  distribution: ({ alpha, beta }: BetaHyperparameters): Beta => new Beta(alpha, beta),
  strength: ({ alpha, beta }: BetaHyperparameters) => ({ mean: alpha + beta, mode: alpha + beta - 2 }),
};

export function trials(count: number, successes: number, failures: number, ways = 0): Trials {
  return { count, successes, failures, ways: compensated(ways) };
}
