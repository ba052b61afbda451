/** What a Gaussian around a mode can do, however its precision is kept: whole, by its diagonal, or by a few directions. */

/** Which form the precision takes. Kronecker-factored blocks, of the layers of networks, would be one more. */
export type LaplaceStructure = 'full' | 'diagonal' | 'low-rank';

/** How the second derivatives were found. */
export interface HessianReport {
  /**
   * `exact`: by symbolic second derivatives, all that the structure needs. `estimated`: by random probes. `differences`: by
   * central differences of gradients, for density functions and where an operation has no second derivative.
   */
  readonly kind: 'exact' | 'estimated' | 'differences';
  /** Why that is so, in words: `separable`, `17 colours`, … */
  readonly because: string;
  /** Products of the Hessian with vectors that were made. */
  readonly products: number;
  /** Standard error of each diagonal element that was estimated. */
  readonly standardErrors?: Float64Array;
}

/** Draws of the unconstrained parameters. */
export interface GaussianDraws {
  /** Draw after draw: count × dimension. */
  readonly positions: Float64Array;
  /** −½ of each draw's squared length in standard units: its log density up to a constant. */
  readonly exponents: Float64Array;
}

/** A normal distribution around the mode. */
export interface Gaussian {
  readonly hessian: HessianReport;
  /** What is not as it should be, naming parameters. */
  readonly warnings: readonly string[];
  /** log |precision| */
  readonly logDeterminant: number;
  /** Squared distance from the mode in standard units: xᵀ·precision·x of `offset`, `dimension` values. */
  squaredDistance(offset: Float64Array): number;
  /** Draws by the random numbers of a seed. */
  draw(count: number, seed: number): GaussianDraws;
}
