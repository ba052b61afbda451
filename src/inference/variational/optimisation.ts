/** A variational optimisation inside the module: advanced batch by batch, its iterates recorded. */

import { timesTranspose } from '../../matrix';
import type { FullExports, Instance } from '../../backend/wasm';
import { type Family, FULL_RANK, PROGRAM, usedElements } from './family';
import type { Records } from './convergence';
import type { Batches } from './minibatch/batches';

/** Iterations between two records. */
export const RECORD_EVERY = 5;
/** Most parameters whose iterates are recorded; of more, as many at even distances. */
const MOST_MONITORED = 256;
/** Bytes of results fetched at once. */
const BLOCK = 1 << 23;

/** Log densities of draws. */
export interface Terms {
  /** Of the posterior, up to its evidence. */
  readonly logDensity: Float64Array;
  readonly logApproximation: Float64Array;
  /** Absent where the density does not say which of its terms are likelihood. */
  readonly logLikelihood?: Float64Array;
}

export interface OptimisationSettings {
  readonly family: Family;
  readonly drawsPerStep: number;
  readonly seed: number;
  /** Gradients follow the path alone (sticking the landing), or have the entropy in closed form. */
  readonly landing: boolean;
  /** Where steps see batches of rows; the instance is theirs then. */
  readonly batches?: Batches;
  /** Whole numbers that a draw of a program holds, if any. */
  readonly choices?: number;
}

export class Optimisation {
  private readonly run: number;
  private readonly monitored: number;
  private readonly monitoredAt: Uint32Array;
  private readonly blockBytes: number;
  private readonly units: number;

  constructor(
    private readonly instance: Instance<FullExports>,
    private readonly settings: OptimisationSettings,
  ) {
    const { exports, dimension } = instance;
    const { family, drawsPerStep, seed } = settings;
    this.run = exports.createVariational(family.code, family.rank, drawsPerStep, family.noise, BigInt(seed));
    this.blockBytes = exports.variationalBlockBytes(this.run);
    this.monitoredAt = monitoredOffsets(family, dimension, this.blockBytes);
    this.monitored = exports.allocate(4 * this.monitoredAt.length);
    instance.bytes(this.monitored, 4 * this.monitoredAt.length).set(new Uint8Array(this.monitoredAt.buffer));
    this.units = exports.allocate(this.blockBytes);
    settings.batches?.attach(this.run, seed);
    if (settings.choices) exports.configureChoices(this.run, settings.choices);
  }

  /** Values of a record: the bound, then the monitored parameters. */
  get width(): number {
    return 1 + this.monitoredAt.length;
  }

  get iteration(): number {
    return this.instance.exports.variationalIteration(this.run);
  }

  get evaluations(): number {
    return this.instance.exports.variationalEvaluations(this.run);
  }

  /** Draws whose density was not finite. */
  get nonFinite(): number {
    return this.instance.exports.variationalFailures(this.run);
  }

  /** Steps in a row without any draw of finite density. */
  get barren(): number {
    return this.instance.exports.variationalBarren(this.run);
  }

  /** Sets the first vectors of the parameters, in order: location, log scales (or rows of a triangle), … */
  begin(vectors: readonly Float64Array[]): void {
    const { exports, dimension } = this.instance;
    const { vectors: count } = usedElements(this.settings.family, dimension);
    vectors.forEach((vector, i) => {
      const at = exports.variationalParameters(this.run) + (i * this.blockBytes) / count;
      this.instance.view(at, vector.length).set(vector);
    });
    exports.beginVariational(this.run);
  }

  set rate(rate: number) {
    this.instance.exports.configureVariational(this.run, rate, this.settings.landing ? 1 : 0);
  }

  /** Looks at all rows once where the approximation stands now, if steps see batches only. */
  anchor(): void {
    this.settings.batches?.anchor(this.vector(0));
  }

  beginAverage(): void {
    this.instance.exports.beginAverage(this.run);
  }

  adoptAverage(): void {
    this.instance.exports.adoptAverage(this.run);
  }

  /** Units of the monitored parameters: marginal standard deviations, or ones. */
  monitoredUnits(): Float64Array {
    const { exports } = this.instance;
    exports.unitsOf(this.run, exports.variationalParameters(this.run), this.units);
    const units = this.instance.view(this.units, this.blockBytes / 8);
    return Float64Array.from(this.monitoredAt, (offset) => units[offset / 8]);
  }

  /** Makes up to `steps` steps, fewer once `evaluations` gradients are spent; the records of the way. */
  advance(steps: number, evaluations: number): Records {
    const { instance, run, width } = this;
    const { exports } = instance;
    const before = this.iteration;
    const most = Math.floor(steps / RECORD_EVERY) + 1;
    const records = instance.buffer(8 * most * width);
    const made = exports.advanceVariational(
      run,
      steps,
      evaluations,
      RECORD_EVERY,
      this.monitored,
      this.monitoredAt.length,
      records,
    );
    const rows = Math.floor((before + made) / RECORD_EVERY) - Math.floor(before / RECORD_EVERY);
    return { values: instance.view(records, rows * width).slice(), rows, width };
  }

  /** Log densities of `count` draws; the same stream gives the same noise. */
  terms(stream: number, count: number, likelihood: boolean): Terms {
    const { exports } = this.instance;
    const results = this.instance.buffer(24 * count + 16);
    exports.variationalTerms(this.run, this.parameters, this.key, stream, count, likelihood ? 1 : 0, results);
    const rows = this.instance.view(results, 3 * count);
    const column = (number: number): Float64Array =>
      Float64Array.from({ length: count }, (_, draw) => rows[3 * draw + number]);
    return {
      logDensity: column(0),
      logApproximation: column(1),
      ...(likelihood && { logLikelihood: column(2) }),
    };
  }

  /** Draws: rows of `width` values (a program may give more than unknowns), and the densities of their noise. */
  draws(stream: number, count: number, width: number): { rows: Float64Array; logs: Float64Array } {
    const { exports } = this.instance;
    if (8 * count * (width + 1) > BLOCK * 64) {
      const size = Math.ceil((8 * count * (width + 1)) / 1048576);
      throw new RangeError(
        `variational: ${count} draws take ${size} MiB; ask for fewer with the option draws`,
      );
    }
    const positions = this.instance.buffer(8 * count * (width + 1) + 64);
    const logs = positions + 8 * (count * width + 4);
    exports.variationalDraws(this.run, this.parameters, this.key, stream, count, width, positions, logs);
    return {
      rows: this.instance.view(positions, count * width).slice(),
      logs: this.instance.view(logs, count).slice(),
    };
  }

  /** Log density of a Gaussian family at an unconstrained position. */
  logDensity(position: Float64Array): number {
    const input = this.instance.buffer(8 * (position.length + 8));
    this.instance.view(input, position.length).set(position);
    return this.instance.exports.logApproximation(this.run, this.parameters, input);
  }

  /** A copy of one vector of the parameters. */
  vector(number: number): Float64Array {
    const { vectors } = usedElements(this.settings.family, this.instance.dimension);
    return this.instance
      .view(this.parameters + (number * this.blockBytes) / vectors, this.instance.dimension)
      .slice();
  }

  /** Covariance of a Gaussian family, row-major: dimension² values. */
  covariance(): Float64Array {
    const { exports, dimension } = this.instance;
    const { code, rank } = this.settings.family;
    exports.unitsOf(this.run, this.parameters, this.units);
    const deviations = this.instance.view(this.units, dimension).slice();
    const rows = new Float64Array(dimension * (code === FULL_RANK ? dimension : rank));
    if (code === FULL_RANK) {
      for (let i = 0; i < dimension; i++) rows.set(this.vector(1 + i), i * dimension);
    } else {
      for (let k = 0; k < rank; k++) this.vector(2 + k).forEach((x, i) => (rows[i * rank + k] = x));
    }
    const result = timesTranspose(rows, dimension);
    deviations.forEach((deviation, i) => (result[i * dimension + i] = deviation * deviation));
    return result;
  }

  /** The parameters as they are, padding included. */
  parameterBytes(): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.instance.bytes(this.parameters, this.blockBytes));
  }

  /** Takes parameters of before. */
  replaceParameters(bytes: Uint8Array): void {
    this.instance.bytes(this.parameters, this.blockBytes).set(bytes);
  }

  /** Everything that decides the later iterates. */
  save(): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.instance.bytes(this.run, this.bytes));
  }

  /** Becomes a run of the same family that was saved. */
  load(state: Uint8Array): void {
    if (state.length !== this.bytes) {
      throw new RangeError(
        `variational: the saved state has ${state.length} bytes, this family and posterior need ${this.bytes}`,
      );
    }
    this.instance.exports.beginVariational(this.run);
    this.instance.bytes(this.run, state.length).set(state);
    this.settings.batches?.resume(this.run);
  }

  private get bytes(): number {
    const { code, rank } = this.settings.family;
    return this.instance.exports.variationalBytes(code, rank);
  }

  private get parameters(): number {
    return this.instance.exports.variationalParameters(this.run);
  }

  private get key(): bigint {
    return BigInt(this.settings.seed);
  }
}

/** Byte offsets, within the parameters, of what is recorded; a program's parameters are not: they mean nothing one by one. */
function monitoredOffsets(family: Family, dimension: number, blockBytes: number): Uint32Array<ArrayBuffer> {
  if (family.code === PROGRAM) return new Uint32Array(0);
  const { vectors, used } = usedElements(family, dimension);
  let total = 0;
  for (let vector = 0; vector < vectors; vector++) total += used(vector);
  const count = Math.min(total, MOST_MONITORED);
  const offsets = new Uint32Array(count);
  let vector = 0;
  let start = 0;
  for (let i = 0; i < count; i++) {
    const wanted = Math.floor((i * total) / count);
    while (wanted >= start + used(vector)) start += used(vector++);
    offsets[i] = (vector * blockBytes) / vectors + 8 * (wanted - start);
  }
  return offsets;
}
