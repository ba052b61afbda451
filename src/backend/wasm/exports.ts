/** What the WebAssembly module exports; pointers are byte offsets into its memory. */

export interface Exports {
  /** Verify and prepare the image at the program base; 0, or why it was refused. */
  loadProgram(): number;
  /** Evaluate the host's `env.density` in this many dimensions. */
  attachHost(dimension: number): void;
  density(position: number, gradient: number): number;
  call(procedure: number, input: number, output: number): number;
  /** Where the values of a slot lie; a slot of one element has it in both lanes. */
  slotAddress(slot: number): number;
  /** A fresh block of memory, aligned to 16 bytes. */
  allocate(bytes: number): number;

  /** `extra`: bytes that the sampler keeps behind what all chains have. */
  createChain(metric: number, key: bigint, stream: number, extra: number): number;
  /** Bytes that a sampler that learns its metric from draws and scores keeps for it. */
  scoreBytes(metric: number): number;
  chainBytes(metric: number, extra: number): number;
  configureRun(
    chain: number,
    warmup: number,
    thin: number,
    targetAcceptance: number,
    stepSize: number,
    adaptation: number,
  ): void;
  configureNuts(chain: number, maxTreeDepth: number, jitter: number): void;
  configureHmc(chain: number, steps: number, integrationTime: number, maxSteps: number, jitter: number): void;
  drawPosition(chain: number, radius: number): void;
  /** 1 when log density and gradient at the chain's position are finite. */
  evaluate(chain: number): number;
  advance(
    chain: number,
    transitions: number,
    gradients: number,
    quantities: number,
    records: number,
    recordBytes: number,
  ): number;
  chainPosition(chain: number): number;
  chainLogDensity(chain: number): number;
  chainStatus(chain: number): number;
  chainIteration(chain: number): number;
  chainDivergences(chain: number): number;
  chainGradients(chain: number): number;
  chainStepSize(chain: number): number;
  /** 1 where the metric in force is dense. */
  chainIsDense(chain: number): number;
  copyRoot(chain: number, result: number): void;
}
