/** A uniform distribution from 0 to an end that has a Pareto distribution. */
import type { RandomStream } from '../../random';
import { special } from '../engine';
import { Pareto } from './pareto';
import { ContinuousDistribution, type Interval } from './univariate';

export class ParetoUniform extends ContinuousDistribution {
  readonly name = 'paretoUniform';
  readonly support: Interval = [0, Infinity];

  constructor(
    readonly minimum: number,
    readonly shape: number,
  ) {
    super();
  }

  get parameters() {
    return { minimum: this.minimum, shape: this.shape };
  }
  get mean(): number {
    return this.end.mean / 2;
  }
  get mode(): number {
    return 0;
  }
  get variance(): number {
    const { mean, variance } = this.end;
    return variance === Infinity ? Infinity : variance / 3 + (mean * mean) / 12;
  }

  logDensity(x: number): number {
    if (!(x >= 0)) return -Infinity;
    const { log } = special();
    const { minimum, shape } = this;
    return log(shape / (shape + 1)) - log(minimum) - (x > minimum ? (shape + 1) * log(x / minimum) : 0);
  }
  cdf(x: number): number {
    const { minimum, shape } = this;
    if (x <= 0) return 0;
    return x <= minimum ? ((x / minimum) * shape) / (shape + 1) : 1 - this.ccdf(x);
  }
  ccdf(x: number): number {
    const { minimum, shape } = this;
    if (x <= minimum) return 1 - this.cdf(x);
    return special().exp(-shape * special().log(x / minimum)) / (shape + 1);
  }
  draws(stream: RandomStream, count: number): Float64Array {
    const ends = this.end.draws(stream, count);
    return stream.uniform(count).map((share, i) => share * ends[i]);
  }

  private get end(): Pareto {
    return new Pareto(this.minimum, this.shape);
  }
}
