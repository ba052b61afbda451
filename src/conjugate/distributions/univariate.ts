/** What every exact distribution of one number offers; a member gives density, distribution function and moments. */
import type { RandomStream } from '../../random';
import { special } from '../engine';
import { bisect } from './bisect';

/** Two ends of an interval. */
export type Interval = readonly [lower: number, upper: number];

/** A distribution of one number, in closed form. */
export abstract class UnivariateDistribution {
  abstract readonly name: string;
  /** What it is given by. */
  abstract readonly parameters: Readonly<Record<string, number>>;
  /** Puts mass on whole numbers only. */
  abstract readonly discrete: boolean;
  /** Least and greatest possible value. */
  abstract readonly support: Interval;
  /** NaN where there is none, Infinity where it diverges. */
  abstract readonly mean: number;
  /** The most probable value, the least where there are several. */
  abstract readonly mode: number;
  abstract readonly variance: number;

  /** Logarithm of the density, or of the probability of a whole number; −∞ outside the support. */
  abstract logDensity(x: number): number;
  /** P(X ≤ x) */
  abstract cdf(x: number): number;
  /** P(X > x), exact also where it is small. */
  abstract ccdf(x: number): number;
  /**
   * Independent draws.
   *
   * @param stream where randomness comes from: `await random(seed)`
   */
  abstract draws(stream: RandomStream, count: number): Float64Array;
  /** The shortest interval of at least this probability; `mass` is checked. */
  protected abstract shortest(mass: number): Interval;
  protected abstract invert(reached: (x: number) => boolean): number;

  get sd(): number {
    return Math.sqrt(this.variance);
  }

  /** The density at x, or the probability of a whole number. */
  density(x: number): number {
    return special().exp(this.logDensity(x));
  }

  /**
   * The least x with P(X ≤ x) ≥ p.
   *
   * @throws RangeError unless 0 ≤ p ≤ 1
   */
  quantile(p: number): number {
    if (!(p >= 0 && p <= 1)) throw new RangeError(`quantile: p must be between 0 and 1, got ${p}`);
    if (p === 0) return this.support[0];
    if (p === 1) return this.support[1];
    return p <= 0.5 ? this.invert((x) => this.cdf(x) >= p) : this.upperQuantile(1 - p);
  }

  /** The least x with P(X > x) ≤ q, precise for small q. */
  private upperQuantile(q: number): number {
    return this.invert((x) => this.ccdf(x) <= q);
  }

  /** The interval that leaves the same probability on either side. */
  interval(mass = 0.95): Interval {
    checkMass('interval', mass);
    const tail = (1 - mass) / 2;
    return [this.quantile(tail), this.upperQuantile(tail)];
  }

  /**
   * The shortest interval of this probability, whose densities are above all others.
   *
   * @throws RangeError where the density has two modes, so that no single interval does
   */
  highestDensityInterval(mass = 0.95): Interval {
    checkMass('highestDensityInterval', mass);
    return this.shortest(mass);
  }
}

/** A distribution with a density. */
export abstract class ContinuousDistribution extends UnivariateDistribution {
  readonly discrete = false;

  /** Where the density rises to one mode or falls from it; U-shaped densities say false. */
  get unimodal(): boolean {
    return true;
  }

  /**
   * What to place quadrature by: where the density grows without bound at an end, and most of its mass may lie beyond
   * the least number, one like it that does not.
   */
  get withoutPoles(): ContinuousDistribution {
    return this;
  }

  protected invert(reached: (x: number) => boolean): number {
    return bisect(...this.support, reached);
  }

  protected shortest(mass: number): Interval {
    if (!this.unimodal) {
      throw new RangeError(
        `highestDensityInterval: ${this.name}(${Object.values(this.parameters).join(', ')}) is densest at both ends, so no one interval is; use interval`,
      );
    }
    // Moving the interval to the right raises the density at its left end and lowers that at its right.
    const ends = (tail: number): Interval => [this.quantile(tail), this.quantile(Math.min(tail + mass, 1))];
    let least = 0;
    let most = 1 - mass;
    for (let step = 0; step < 60; step++) {
      const middle = (least + most) / 2;
      const [left, right] = ends(middle);
      if (this.logDensity(left) < this.logDensity(right)) least = middle;
      else most = middle;
    }
    // Of a density that only falls, the interval starts where the support does.
    return ends(least === 0 ? 0 : most);
  }
}

/** A distribution on whole numbers. */
export abstract class DiscreteDistribution extends UnivariateDistribution {
  readonly discrete = true;

  protected invert(reached: (x: number) => boolean): number {
    const [first, last] = this.support;
    let low = first - 1;
    let step = 1;
    let high = first;
    while (high < last && !reached(high)) {
      low = high;
      high = Math.min(last, high + step);
      step *= 2;
      if (high > Number.MAX_SAFE_INTEGER) return Infinity;
    }
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      if (reached(middle)) high = middle;
      else low = middle;
    }
    return high;
  }

  protected shortest(mass: number): Interval {
    const [first, last] = this.support;
    let low = this.mode;
    let high = low;
    let covered = this.density(low);
    let below = low > first ? this.density(low - 1) : -1;
    let above = high < last ? this.density(high + 1) : -1;
    while (covered < mass && (below > 0 || above > 0)) {
      if (below > above) {
        covered += below;
        low--;
        below = low > first ? this.density(low - 1) : -1;
      } else {
        covered += above;
        high++;
        above = high < last ? this.density(high + 1) : -1;
      }
    }
    return [low, high];
  }
}

function checkMass(method: string, mass: number): void {
  if (!(mass > 0 && mass < 1)) {
    throw new RangeError(`${method}: mass must be strictly between 0 and 1, got ${mass}`);
  }
}
