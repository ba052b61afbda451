/** Writes a run's directory while it is sampled: each draw is on its way to the disk when `append` returns. Node only. */

import {
  closeSync,
  fdatasyncSync,
  ftruncateSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Fit, RunSettings, Snapshot } from '../inference';
import { STATISTICS } from '../inference/chain';
import type { Layout } from '../target/target';
import { VERSION } from '../version';
import { encodeState } from './chain-state';
import type { RunOrigin } from './recorded-run';
import {
  chainFile,
  chainHeader,
  FORMAT,
  FORMAT_VERSION,
  HEADER_BYTES,
  isOfRun,
  type RunCommand,
  type RunDescription,
  type RunIdentity,
  stateFile,
} from './run-format';

/** What a run is, before its first draw. */
export interface Plan {
  readonly origin: RunOrigin;
  readonly settings: RunSettings;
  readonly layout: Layout;
  readonly identity?: RunIdentity;
  readonly command?: RunCommand;
}

export class RunWriter {
  private readonly files = new Map<number, number>();

  private constructor(
    readonly directory: string,
    private readonly description: RunDescription,
  ) {}

  /**
   * Begins a run's directory, which must exist; what an earlier run has left there under the same names goes.
   *
   * @throws Error naming the file that cannot be written
   */
  static create(directory: string, { origin, settings, layout, identity, command }: Plan): RunWriter {
    for (const name of readdirSync(directory)) {
      if (isOfRun(name)) rmSync(join(directory, name));
    }
    const writer = new RunWriter(directory, {
      format: FORMAT,
      version: FORMAT_VERSION,
      credence: VERSION,
      id: freshId(),
      started: new Date().toISOString(),
      origin,
      settings,
      statistics: STATISTICS,
      layout,
      ...(identity && { identity }),
      ...(command && { command }),
    });
    writer.describe(writer.description);
    return writer;
  }

  /**
   * Goes on with a run's directory.
   *
   * @param description what its `run.json` says
   * @param settings those from now on
   * @param draws how many draws of each chain are to stay; what was written after them goes
   * @throws Error naming the file that cannot be written
   */
  static reopen(
    directory: string,
    description: RunDescription,
    settings: RunSettings,
    draws: readonly number[],
  ): RunWriter {
    const { result: _, ...plan } = description;
    const writer = new RunWriter(directory, { ...plan, settings });
    draws.forEach((count, chain) => {
      if (count > 0) writer.truncate(chain, count);
      else rmSync(join(directory, chainFile(chain)), { force: true });
    });
    writer.describe(writer.description);
    return writer;
  }

  /** Values of a record: the statistics, then the quantities. */
  get width(): number {
    return this.description.statistics.length + this.description.layout.size;
  }

  /**
   * Appends records of a chain, numbered from 0.
   *
   * @throws Error naming the file and the system's reason; whole records before it stay readable
   */
  append(chain: number, records: Float64Array): void {
    if (records.length === 0) return;
    const path = join(this.directory, chainFile(chain));
    try {
      let file = this.files.get(chain);
      if (file === undefined) {
        file = openSync(path, 'w');
        this.files.set(chain, file);
        writeAll(file, chainHeader(this.description.id, chain, this.width));
      }
      writeAll(file, new Uint8Array(records.buffer, records.byteOffset, records.byteLength));
    } catch (error) {
      throw new Error(`cannot write draws to ${path}: ${(error as Error).message}`, { cause: error });
    }
  }

  /**
   * Notes the state of a chain after all draws appended so far, in one step: a process that is killed leaves the old
   * state or the new one.
   *
   * @throws Error naming the file and the system's reason; the old state stays
   */
  save(chain: number, snapshot: Snapshot): void {
    const path = join(this.directory, stateFile(chain));
    try {
      // The draws must not be lost when the machine stops and the state is not.
      const draws = this.files.get(chain);
      if (draws !== undefined) fdatasyncSync(draws);
      replaceFile(path, encodeState(this.description.id, chain, snapshot));
    } catch (error) {
      throw new Error(`cannot write the state of a chain to ${path}: ${(error as Error).message}`, {
        cause: error,
      });
    }
  }

  /** Ends the run: says in `run.json` what came of it. */
  finish(fit: Fit, drawsPerChain: number, complete: boolean): void {
    const { chains, failures, timing, gradientEvaluations, inverseMetric } = fit;
    this.describe({
      ...this.description,
      settings: fit.settings,
      result: {
        complete,
        chains,
        drawsPerChain,
        failures,
        timing: { warmupSeconds: timing.warmupSeconds, samplingSeconds: timing.samplingSeconds },
        gradientEvaluations,
        inverseMetric: inverseMetric.map((metric) => Array.from(metric)),
      },
    });
    this.close();
  }

  close(): void {
    for (const file of this.files.values()) closeSync(file);
    this.files.clear();
  }

  /** Replaces `run.json` in one step, so that a reader never sees half of it. */
  private describe(description: RunDescription): void {
    const path = join(this.directory, 'run.json');
    const text = JSON.stringify(description, (_, value: unknown) => (value === undefined ? null : value), 1);
    try {
      replaceFile(path, `${text}\n`);
    } catch (error) {
      throw new Error(`cannot write ${path}: ${(error as Error).message}`, { cause: error });
    }
  }

  /** Opens a chain's file behind so many draws. */
  private truncate(chain: number, count: number): void {
    const path = join(this.directory, chainFile(chain));
    try {
      const file = openSync(path, 'a');
      ftruncateSync(file, HEADER_BYTES + 8 * this.width * count);
      this.files.set(chain, file);
    } catch (error) {
      throw new Error(`cannot write draws to ${path}: ${(error as Error).message}`, { cause: error });
    }
  }
}

/** Replaces a file in one step, once its content is on the disk. */
function replaceFile(path: string, content: string | Uint8Array): void {
  writeFileSync(`${path}.new`, content, { flush: true });
  renameSync(`${path}.new`, path);
}

function writeAll(file: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at);
}

function freshId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(8));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
