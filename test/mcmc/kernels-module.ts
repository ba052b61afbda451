/** Compiles the test-only module and instantiates it for a density of the host. */
import asc from 'assemblyscript/asc';

type Pointer = number;

export interface Kernels {
  allocate(bytes: number): Pointer;
  vectorBytes(): number;
  createChain(metric: number, key: bigint, stream: number, extra: number): Pointer;
  configureRun(
    chain: Pointer,
    warmup: number,
    thin: number,
    targetAcceptance: number,
    stepSize: number,
  ): void;
  chainPosition(chain: Pointer): Pointer;
  rootOf(chain: Pointer): Pointer;
  evaluate(chain: Pointer): number;
  pointOf(chain: Pointer, momentum: Pointer, count: number): Pointer;
  positionOf(point: Pointer): Pointer;
  momentumOf(point: Pointer): Pointer;
  energyOf(point: Pointer): number;
  integrate(chain: Pointer, from: Pointer, step: number, count: number): Pointer;
  build(chain: Pointer, from: Pointer, depth: number, step: number): number;
  emptyPoint(): Pointer;
  divideStep(chain: Pointer, tolerance: Pointer, from: Pointer, to: Pointer, step: number): number;
  leapfrogsOf(chain: Pointer): number;
  divergentOf(chain: Pointer): number;
  builtProposal(): Pointer;
  builtSum(): Pointer;
  builtLogWeight(): number;
  windowEnds(chain: Pointer, short: number, ends: Pointer, counted: Pointer): number;
  averageOver(chain: Pointer, acceptances: Pointer, count: number, stepSizes: Pointer): void;
  geometricMeanBytes(count: number, rowBytes: number): number;
  geometricMean(count: number, a: Pointer, b: Pointer, rowBytes: number, most: number, work: Pointer): number;
  solveLowerTransposed(lower: Pointer, rowBytes: number, count: number, x: Pointer, result: Pointer): void;
  cholesky(matrix: Pointer, rowBytes: number, count: number, lower: Pointer): number;
  multiplyLower(lower: Pointer, rowBytes: number, count: number, x: Pointer, result: Pointer): void;
  multiplyLowerTransposed(lower: Pointer, rowBytes: number, count: number, x: Pointer, result: Pointer): void;
  attachHost(dimension: number): void;
  scoreBytes(metric: number): number;
  takeIn(chain: Pointer, position: Pointer, score: Pointer): void;
  learn(chain: Pointer): void;
  chainDirections(chain: Pointer): number;
  copyDirections(chain: Pointer, result: Pointer): void;
  direction(root: Pointer, k: number): Pointer;
  setDirectionCount(root: Pointer, count: number): void;
  setEigenvalue(root: Pointer, k: number, value: number): void;
  multiplyLowRank(root: Pointer, x: Pointer, result: Pointer): void;
  multiplyLowRankTransposed(root: Pointer, x: Pointer, result: Pointer): void;
  solveLowRankTransposed(root: Pointer, x: Pointer, result: Pointer): void;
}

export type Density = (position: Float64Array, gradient: Float64Array) => number;

let compiled: Promise<WebAssembly.Module> | undefined;

async function compile(): Promise<WebAssembly.Module> {
  let binary: Uint8Array<ArrayBuffer> | undefined;
  const { error, stderr } = await asc.main(
    [
      'test/mcmc/kernels.ts',
      '--outFile',
      'kernels.wasm',
      '-O1',
      '--noAssert',
      '--runtime',
      'stub',
      '--enable',
      'simd',
      '--importMemory',
    ],
    {
      writeFile: (name, contents) => {
        if (name === 'kernels.wasm') binary = contents as Uint8Array<ArrayBuffer>;
      },
    },
  );
  if (error !== null) throw new Error(stderr.toString());
  return WebAssembly.compile(binary!);
}

/** The module's parts, for a density in `dimension` unknowns. */
export class Harness {
  private constructor(
    readonly kernels: Kernels,
    private readonly memory: WebAssembly.Memory,
    readonly dimension: number,
  ) {}

  static async create(dimension: number, density: Density): Promise<Harness> {
    const memory = new WebAssembly.Memory({ initial: 64 });
    const host = (position: Pointer, gradient: Pointer): number =>
      density(
        new Float64Array(memory.buffer, position, dimension),
        new Float64Array(memory.buffer, gradient, dimension),
      );
    const abort = (): never => {
      throw new Error('abort');
    };
    compiled ??= compile();
    const instance = await WebAssembly.instantiate(await compiled, { env: { memory, density: host, abort } });
    const kernels = instance.exports as unknown as Kernels;
    kernels.attachHost(dimension);
    return new Harness(kernels, memory, dimension);
  }

  view(pointer: Pointer, length = this.dimension): Float64Array {
    return new Float64Array(this.memory.buffer, pointer, length);
  }

  integers(pointer: Pointer, length: number): Int32Array {
    return new Int32Array(this.memory.buffer, pointer, length);
  }

  /** A new block with the given values. */
  put(values: ArrayLike<number>): Pointer {
    const pointer = this.kernels.allocate(8 * values.length + 64);
    this.view(pointer, values.length).set(values);
    return pointer;
  }

  /** A chain at a position; `root` is the square root of the inverse metric, diagonal or in rows. */
  chainAt(
    position: readonly number[],
    root: readonly number[] | readonly (readonly number[])[],
    seed = 1n,
  ): Pointer {
    const { kernels } = this;
    const dense = Array.isArray(root[0]);
    const chain = kernels.createChain(dense ? 2 : 1, seed, 0, 0);
    this.view(kernels.chainPosition(chain)).set(position);
    const rows = (dense ? root : [root]) as readonly (readonly number[])[];
    rows.forEach((row, i) => this.view(kernels.rootOf(chain) + i * kernels.vectorBytes()).set(row));
    kernels.evaluate(chain);
    return chain;
  }

  /** A point at the chain's position. */
  pointAt(chain: Pointer, momentum: readonly number[]): Pointer {
    return this.kernels.pointOf(chain, this.put(momentum), this.dimension);
  }
}
