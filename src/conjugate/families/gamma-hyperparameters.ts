/** What the families of an unknown rate share: events and exposure are added to those of the prior. */
import { Gamma } from '../distributions/gamma';
import { special } from '../engine';
import { requireCount } from '../hyperparameters';
import { compensated, nothing, plus, valueOf, type Compensated } from '../statistics/compensated';

/** Prior events and exposure, both > 0: the mean is shape/rate. */
export interface GammaHyperparameters {
  readonly shape: number;
  readonly rate: number;
}

export interface Exposure {
  readonly count: number;
  /** What is added to the shape, and to the rate. */
  readonly events: Compensated;
  readonly exposure: Compensated;
  /** What the density of the data has beside λ^events·e^(−λ·exposure), as a logarithm. */
  readonly constant: Compensated;
}

export const gammaFamily = {
  nothing: (): Exposure => ({ count: 0, events: nothing, exposure: nothing, constant: nothing }),
  join: (a: Exposure, b: Exposure): Exposure => ({
    count: a.count + b.count,
    events: plus(a.events, b.events),
    exposure: plus(a.exposure, b.exposure),
    constant: plus(a.constant, b.constant),
  }),
  observations: ({ count }: Exposure): number => count,
  posterior: <H extends GammaHyperparameters>(prior: H, { events, exposure }: Exposure): H => ({
    ...prior,
    shape: prior.shape + valueOf(events),
    rate: prior.rate + valueOf(exposure),
  }),
  logEvidence({ shape, rate }: GammaHyperparameters, { events, exposure, constant }: Exposure): number {
    const { logRisingFactorial, log, log1p } = special();
    const [more, longer] = [valueOf(events), valueOf(exposure)];
    return (
      logRisingFactorial(shape, more) -
      shape * log1p(longer / rate) -
      more * log(rate + longer) +
      valueOf(constant)
    );
  },
  distribution: ({ shape, rate }: GammaHyperparameters): Gamma => new Gamma(shape, rate),
};

/** A number of observations and their sum, as given in place of them. */
export function countAndSum(name: string, data: object, whole: boolean): { count: number; sum: number } {
  const { count, sum } = data as { count?: unknown; sum?: unknown };
  requireCount(name, 'count', count);
  if (whole) requireCount(name, 'sum', sum);
  else if (!(typeof sum === 'number' && sum >= 0 && sum < Infinity)) {
    throw new RangeError(`${name}: sum must be ≥ 0 and finite, got ${String(sum)}`);
  }
  return { count: count as number, sum: sum as number };
}

/** A further statistic that may be left out: then the evidence is unknown. */
export function constantOf(count: number, given: number | undefined): Compensated {
  return compensated(given ?? (count === 0 ? 0 : NaN));
}
