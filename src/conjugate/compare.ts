/** Which of several unknowns is greater, and what a wrong choice costs: exact, from their distributions. */
import { bisect } from './distributions/bisect';
import { Beta } from './distributions/beta';
import { Gamma } from './distributions/gamma';
import { integrateLine } from './distributions/integrate';
import { lineOf } from './distributions/line';
import { Normal } from './distributions/normal';
import { ContinuousDistribution, type Interval } from './distributions/univariate';
import { special } from './engine';

/** A posterior of one number, or a distribution. */
export type Arm = ContinuousDistribution | { readonly distribution: ContinuousDistribution };

/** Sums are taken up to so many terms; beyond, quadrature is faster. */
const MOST_TERMS = 2000;

/**
 * P(a > b) of independent unknowns: in closed form for normal and for gamma distributions, as a finite sum for beta
 * distributions with a whole number in the right place (Cook 2005; Miller 2015), by quadrature for others.
 *
 * @throws RangeError when the two do not live on the same range
 */
export function probabilityGreater(a: Arm, b: Arm): number {
  const [left, right] = [distributionOf(a), distributionOf(b)];
  if (left instanceof Beta && right instanceof Beta) return betaGreater(left, right);
  if (left instanceof Gamma && right instanceof Gamma) {
    return special().incBeta(right.shape, left.shape, right.rate / (left.rate + right.rate));
  }
  if (left instanceof Normal && right instanceof Normal) {
    const scale = Math.sqrt(left.variance + right.variance);
    return special().normalCdf((left.location - right.location) / scale);
  }
  lineOf([left, right]);
  return meanOver(left, (x) => right.cdf(x));
}

/**
 * Probability of being the greatest, for each of several independent unknowns; they sum to one.
 *
 * @throws RangeError for fewer than two, or when they do not live on the same range
 */
export function probabilityBest(arms: readonly Arm[]): Float64Array {
  const distributions = several('probabilityBest', arms);
  if (arms.length === 2) {
    return Float64Array.of(probabilityGreater(arms[0], arms[1]), probabilityGreater(arms[1], arms[0]));
  }
  lineOf(distributions);
  return Float64Array.from(distributions, (own) =>
    meanOver(own, (x) => product(distributions, (other) => (other === own ? 1 : other.cdf(x)))),
  );
}

/**
 * What choosing each of several independent unknowns is expected to cost, E[the greatest − it], in their own units: the
 * one with the least loss is to be chosen, and it may be chosen as soon as its loss does not matter.
 *
 * @throws RangeError for fewer than two, unknowns without a finite mean, or when they do not live on the same range
 */
export function expectedLoss(arms: readonly Arm[]): Float64Array {
  const distributions = several('expectedLoss', arms);
  distributions.forEach(({ name, mean }, i) => {
    if (!Number.isFinite(mean)) throw new RangeError(`expectedLoss: arm ${i}, ${name}, has no finite mean`);
  });
  const line = lineOf(distributions);
  // E[max − θ] = ∫ P(θ ≤ x < max) dx, which does not cancel however small.
  return Float64Array.from(distributions, (own) =>
    integrateLine(
      (u) => {
        const x = line.at(u);
        const someAbove = anyAbove(distributions, own, x);
        return someAbove === 0 ? 0 : own.cdf(x) * someAbove * special().exp(line.logSlope(u));
      },
      line.centre,
      line.width,
    ),
  );
}

/**
 * The equal-tailed interval of a − b for independent unknowns.
 *
 * @param mass its probability, 0.95 by default
 */
export function differenceInterval(a: Arm, b: Arm, mass = 0.95): Interval {
  if (!(mass > 0 && mass < 1)) {
    throw new RangeError(`differenceInterval: mass must be strictly between 0 and 1, got ${mass}`);
  }
  const [left, right] = [distributionOf(a), distributionOf(b)];
  lineOf([left, right]);
  const below = (d: number): number =>
    d < 0 ? probabilityAhead(right, left, -d) : 1 - probabilityAhead(left, right, d);
  const above = (d: number): number =>
    d < 0 ? 1 - probabilityAhead(right, left, -d) : probabilityAhead(left, right, d);
  const tail = (1 - mass) / 2;
  const [lower, upper] = [left.support[0] - right.support[1], left.support[1] - right.support[0]];
  return [
    bisect(lower, upper, (d) => below(d) >= tail, 1e-10),
    bisect(lower, upper, (d) => above(d) <= tail, 1e-10),
  ];
}

/**
 * P(a − b > lead ≥ 0), over the one of the two whose integrand ends where there is little mass: there it has a kink, which
 * quadrature is slow at.
 */
function probabilityAhead(a: ContinuousDistribution, b: ContinuousDistribution, lead: number): number {
  const [lower, upper] = a.support;
  if (lead === 0) return probabilityGreater(a, b);
  return a.mean + b.mean > lower + upper
    ? meanOver(a, (x) => b.cdf(x - lead))
    : meanOver(b, (x) => a.ccdf(x + lead));
}

function distributionOf(arm: Arm): ContinuousDistribution {
  const found = (arm as { distribution?: unknown } | undefined)?.distribution ?? arm;
  if (found instanceof ContinuousDistribution) return found;
  throw new TypeError(
    `compare: expected posteriors of one continuous number, or distributions, got ${String(arm)}`,
  );
}

function several(method: string, arms: readonly Arm[]): ContinuousDistribution[] {
  if (arms.length < 2) throw new RangeError(`${method}: expected at least 2 arms, got ${arms.length}`);
  return arms.map(distributionOf);
}

/** E[f(x)] of f with values in [0, 1]. */
function meanOver(distribution: ContinuousDistribution, f: (x: number) => number): number {
  // Their densities may grow without bound at the ends, where x rounds, or underflows, and logit and logarithm do not.
  if (distribution instanceof Beta || distribution instanceof Gamma)
    return Math.min(1, distribution.meanOf(f));
  const { exp } = special();
  const line = lineOf([distribution]);
  const integrand = (u: number): number => {
    const x = line.at(u);
    const weight = exp(distribution.logDensity(x) + line.logSlope(u));
    return weight > 0 ? weight * f(x) : 0;
  };
  return Math.min(1, integrateLine(integrand, line.centre, line.width));
}

function product(
  distributions: readonly ContinuousDistribution[],
  of: (distribution: ContinuousDistribution) => number,
): number {
  return distributions.reduce((value, distribution) => value * of(distribution), 1);
}

/** 1 − Π F over the others, from their complements. */
function anyAbove(
  distributions: readonly ContinuousDistribution[],
  own: ContinuousDistribution,
  x: number,
): number {
  let above = 0;
  for (const other of distributions) if (other !== own) above += (1 - above) * other.ccdf(x);
  return above;
}

/** Positive terms throughout: sums of P(a > b) itself where a count of a or b allows, else of what is left of one. */
function betaGreater(a: Beta, b: Beta): number {
  if (isCount(a.alpha)) return sumOver(a.alpha, a.beta, b.alpha, b.beta);
  if (isCount(b.beta)) return sumOver(b.beta, b.alpha, a.beta, a.alpha);
  if (isCount(b.alpha)) return 1 - sumOver(b.alpha, b.beta, a.alpha, a.beta);
  if (isCount(a.beta)) return 1 - sumOver(a.beta, a.alpha, b.beta, b.alpha);
  return Math.min(
    1,
    a.meanOf((_p, _q, logit) => b.cdfOfLogit(logit)),
  );
}

function isCount(x: number): boolean {
  return Number.isInteger(x) && x <= MOST_TERMS;
}

/** P(a > b) = Σ B(α_b + i, β_a + β_b) / ((β_a + i) B(1 + i, β_a) B(α_b, β_b)) over i < α_a, a whole number. */
function sumOver(alphaA: number, betaA: number, alphaB: number, betaB: number): number {
  const { lbeta, log, exp } = special();
  const constant = lbeta(alphaB, betaB);
  let sum = 0;
  for (let i = 0; i < alphaA; i++) {
    sum += exp(lbeta(alphaB + i, betaA + betaB) - log(betaA + i) - lbeta(1 + i, betaA) - constant);
  }
  return Math.min(1, sum);
}
