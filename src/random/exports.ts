/** What the module exports for random variates; pointers are byte offsets into its memory. */

/**
 * `count` draws into `out`; `parameters` are three pairs (address, step in bytes), a step of 0 for one value.
 */
export type Fill = (state: number, out: number, count: number, parameters: number) => void;

/** The samplers that fill arrays by up to three parameters. */
type Scalar =
  | 'Below'
  | 'Beta'
  | 'Binomial'
  | 'Cauchy'
  | 'ChiSquared'
  | 'Exponential'
  | 'Gamma'
  | 'Geometric'
  | 'Hypergeometric'
  | 'InverseGamma'
  | 'InverseGaussian'
  | 'Laplace'
  | 'LogBeta'
  | 'LogGamma'
  | 'LogNormal'
  | 'Logistic'
  | 'NegativeBinomial'
  | 'Normal'
  | 'Poisson'
  | 'StudentT'
  | 'Uniform'
  | 'VonMises'
  | 'Weibull';

export type Exports = Record<`fill${Scalar}`, Fill> & {
  allocate(bytes: number): number;
  seedStream(state: number, key: bigint): void;
  splitStream(parent: number, child: number): void;
  aliasBytes(size: number): number;
  buildAlias(table: number, weights: number, size: number): void;
  fillAlias(state: number, out: number, count: number, table: number, size: number): void;
  fillCategorical(state: number, out: number, count: number, weights: number, size: number): void;
  dirichletBytes(size: number): number;
  fillDirichlet(
    state: number,
    out: number,
    count: number,
    size: number,
    concentration: number,
    step: number,
    logarithm: number,
    workspace: number,
  ): void;
  fillMultinomial(
    state: number,
    out: number,
    count: number,
    size: number,
    trials: number,
    trialsStep: number,
    weights: number,
    weightsStep: number,
    tails: number,
  ): void;
  factorise(matrix: number, size: number): number;
  fillMultivariateNormal(
    state: number,
    out: number,
    count: number,
    size: number,
    mean: number,
    meanStep: number,
    factor: number,
  ): void;
  fillWishart(
    state: number,
    out: number,
    count: number,
    size: number,
    freedom: number,
    factor: number,
    workspace: number,
  ): void;
  fillLkjCholesky(state: number, out: number, count: number, size: number, shape: number): void;
  fillLkj(state: number, out: number, count: number, size: number, shape: number, workspace: number): void;
};
