/** What the full build exports of assembly/variational; `run` is a pointer to a run, `parameters` one to its parameters. */

export interface VariationalExports {
  /** Family (see src/inference/variational/family.ts), columns beside the diagonal, draws per step, noise of a program's draw. */
  createVariational(family: number, rank: number, draws: number, noise: number, key: bigint): number;
  /** Reserves what the family works with and gives random parameters their first values. */
  beginVariational(run: number): void;
  configureVariational(run: number, rate: number, landing: number): void;
  /** Lets the program of a run draw whole numbers: procedure 2 gives a signal for each, slot 1 takes their weights. */
  configureChoices(run: number, choices: number): void;
  variationalBytes(family: number, rank: number): number;
  variationalBlockBytes(run: number): number;
  variationalParameters(run: number): number;
  variationalAverage(run: number): number;
  variationalIteration(run: number): number;
  variationalBarren(run: number): number;
  variationalEvaluations(run: number): number;
  variationalFailures(run: number): number;
  /** Steps see batches of `size` of `rows` rows, in an order that the key decides; the program has procedure `batch`. */
  createBatches(run: number, rows: number, size: number, key: bigint): void;
  /** Vectors for an anchor and the gradient of all rows there. */
  anchorPosition(): number;
  anchorGradient(): number;
  /** Corrects batches by the anchor written, where all rows have this log density; by none where it is not finite. */
  anchorBatches(value: number): void;
  /** Goes on with batches behind the place of a run that was saved. */
  resumeBatches(run: number): void;
  beginAverage(run: number): void;
  adoptAverage(run: number): void;
  /** Marginal standard deviations (or ones) in the layout of the parameters. */
  unitsOf(run: number, parameters: number, units: number): void;
  /** Steps; a record is written after every `every`-th iteration. Returns the steps made. */
  advanceVariational(
    run: number,
    steps: number,
    evaluations: number,
    every: number,
    monitored: number,
    count: number,
    records: number,
  ): number;
  /** Rows of log density, log approximation, log likelihood. */
  variationalTerms(
    run: number,
    parameters: number,
    key: bigint,
    stream: number,
    count: number,
    likelihood: number,
    results: number,
  ): void;
  variationalDraws(
    run: number,
    parameters: number,
    key: bigint,
    stream: number,
    count: number,
    width: number,
    positions: number,
    logs: number,
  ): void;
  /** Log density of the approximation at a position, padded; NaN where a program has none. */
  logApproximation(run: number, parameters: number, position: number): number;
  /** Pareto-smooths the logarithms of the largest weights, ascending and relative to the largest; returns the shape. */
  smoothTail(tail: number, count: number, cutoff: number, scratch: number): number;
  /** Indices (i32) drawn by weight; the log weights are replaced by running sums. */
  sampleByWeight(
    logWeights: number,
    count: number,
    key: bigint,
    stream: number,
    draws: number,
    indices: number,
  ): void;
}
