/** The multivariate Student's t distribution: a multivariate normal whose covariance is not known. */
import { solveLower, squaredLength } from '../../matrix';
import type { RandomStream } from '../../random';
import { special } from '../engine';
import { logDeterminant, requireCholesky } from '../matrix';
import type { Numbers } from '../statistics/blocks';
import { LOG_PI } from './constants';
import { MultivariateDistribution } from './multivariate';
import { StudentT } from './student-t';

export class MultivariateStudentT extends MultivariateDistribution {
  readonly name = 'multivariateStudentT';
  private readonly factor: Float64Array;

  /** `scale` is the matrix whose multiple by df/(df − 2) is the covariance. */
  constructor(
    readonly df: number,
    readonly location: Float64Array,
    readonly scale: Float64Array,
  ) {
    super();
    this.factor = requireCholesky(this.name, 'scale', scale, location.length);
  }

  get size(): number {
    return this.location.length;
  }
  get mean(): Float64Array {
    return this.location.map((x) => (this.df > 1 ? x : NaN));
  }
  get mode(): Float64Array {
    return this.location;
  }
  get covariance(): Float64Array {
    const { df } = this;
    const factor = df > 2 ? df / (df - 2) : NaN;
    return this.scale.map((x) => x * factor);
  }

  logDensity(x: Numbers): number {
    this.check('logDensity', x.length);
    const { logRisingFactorial, log, log1p } = special();
    const { df, size, factor } = this;
    const square = squaredLength(
      solveLower(
        factor,
        this.location.map((location, i) => x[i] - location),
      ),
    );
    return (
      logRisingFactorial(df / 2, size / 2) -
      (size / 2) * (log(df) + LOG_PI) -
      logDeterminant(factor, size) / 2 -
      ((df + size) / 2) * log1p(square / df)
    );
  }
  draws(stream: RandomStream, count: number): Float64Array {
    const { df, location, size } = this;
    const shared = stream.chiSquared(count, df);
    const rows = stream.multivariateNormalCholesky(count, new Float64Array(size), this.factor);
    return rows.map((x, at) => location[at % size] + x / Math.sqrt(shared[Math.floor(at / size)] / df));
  }
  marginal(element: number): StudentT {
    this.checkElement(element);
    return new StudentT(this.df, this.location[element], Math.sqrt(this.scale[element * (this.size + 1)]));
  }
}
