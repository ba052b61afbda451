/** How a distribution is drawn: an expression over standard draws, which whoever runs it makes. */
import type { Expression, Operand, Shape } from '../expr';
import type { Graph } from '../expr/graph';

type Draw1 = (a: Operand) => Expression;
type Draw2 = (a: Operand, b: Operand) => Expression;
type Draw3 = (a: Operand, b: Operand, c: Operand) => Expression;

/** Standard draws: each element of `shape` independently, parameters broadcasting to it. */
export interface ElementDraws {
  /** By the two shapes. */
  readonly beta: Draw2;
  /** By trials and probability. */
  readonly binomial: Draw2;
  /** By location and scale. */
  readonly cauchy: Draw2;
  /** By degrees of freedom. */
  readonly chiSquared: Draw1;
  /** By lower and upper end, both possible. */
  readonly discreteUniform: Draw2;
  /** By rate. */
  readonly exponential: Draw1;
  /** By shape and rate. */
  readonly gamma: Draw2;
  /** By probability; failures before the first success. */
  readonly geometric: Draw1;
  /** By number of draws, successes and failures. */
  readonly hypergeometric: Draw3;
  /** By shape and scale. */
  readonly inverseGamma: Draw2;
  /** By mean and shape. */
  readonly inverseGaussian: Draw2;
  /** By location and scale. */
  readonly laplace: Draw2;
  /** The logarithm of a gamma draw, by shape and rate. */
  readonly logGamma: Draw2;
  /** By location and scale. */
  readonly logistic: Draw2;
  /** By location and scale of the logarithm. */
  readonly logNormal: Draw2;
  /** By mean and dispersion. */
  readonly negativeBinomial: Draw2;
  /** By shape and rate. */
  readonly negativeBinomialShapeRate: Draw2;
  /** By mean and standard deviation. */
  readonly normal: Draw2;
  /** By mean. */
  readonly poisson: Draw1;
  /** By degrees of freedom, location and scale. */
  readonly studentT: Draw3;
  /** By lower and upper end. */
  readonly uniform: Draw2;
  /** By mean and concentration. */
  readonly vonMises: Draw2;
  /** By shape and scale. */
  readonly weibull: Draw2;
}

/** Draws that a value of some shape is made of. */
export interface Variates extends ElementDraws {
  readonly graph: Graph;
  readonly shape: Shape;
  /** Draws for values of another shape. */
  readonly over: (shape: Shape) => Variates;
  /** Positions by weights, the last axis of which there is beyond those of `shape`. */
  readonly categorical: (weights: Operand) => Expression;
  /** Counts along the last axis of `shape`, by trials (one number a vector) and weights along that axis. */
  readonly multinomial: (trials: Operand, weights: Operand) => Expression;
}

/** Gives a value of shape `draw.shape`, or one that broadcasts to it. */
export type Variate = (draw: Variates) => Expression;
