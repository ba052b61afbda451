/** A directory as the place where a run outlives its process. Node only. */

import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { kernels } from '../../build/kernels';
import type { Checkpoint, EarlierChain, EarlierRun, Fit, RunPlan, Snapshot } from '../inference';
import { STATISTICS } from '../inference/chain';
import type { Target } from '../target/target';
import { recordsOf } from './chain-records';
import { decodeState } from './chain-state';
import { prepareDirectory } from './directory';
import type { RunOrigin } from './recorded-run';
import {
  chainFile,
  HEADER_BYTES,
  type RunCommand,
  type RunDescription,
  type RunIdentity,
  stateFile,
} from './run-format';
import { lockRun } from './run-lock';
import { readDescription } from './run-reader';
import { RunWriter } from './run-writer';

export interface RunDirectoryOptions {
  /** The model's and the data's name, for those who read the directory. */
  readonly origin?: RunOrigin;
  /** Seconds between two saves of a chain's state; what a killed process did after the last one is done again. Default 5. */
  readonly interval?: number;
  /** Begin anew whatever the directory holds; by default a run that is there is taken up again. */
  readonly fresh?: boolean;
  /** Files that the command line was given. */
  readonly command?: RunCommand;
}

/**
 * Keeps a run in a directory: draws as they come, and every few seconds the state of each chain. The same call on the
 * same directory goes on where the last process stopped, however it stopped, and ends with the draws of a run that was
 * never interrupted; with more `draws` it adds to a finished run.
 *
 * @param directory made when it is not there
 * @returns for the samplers' option `checkpoint`
 */
export function runDirectory(directory: string, options: RunDirectoryOptions = {}): Checkpoint {
  const { interval = 5 } = options;
  if (!(typeof interval === 'number' && interval >= 0)) {
    throw new RangeError(`runDirectory: interval must be a number ≥ 0, got ${String(interval)}`);
  }
  return new RunDirectory(directory, options, interval);
}

class RunDirectory implements Checkpoint {
  private writer: RunWriter | undefined;
  private release = (): void => {};
  /** Whether what the directory holds is to go; a fit that is continued goes on with its own draws. */
  private fresh: boolean;

  constructor(
    private readonly directory: string,
    private readonly options: RunDirectoryOptions,
    readonly interval: number,
  ) {
    this.fresh = options.fresh ?? false;
  }

  async open(plan: RunPlan): Promise<EarlierRun | undefined> {
    const { directory } = this;
    const { origin = { model: 'model' }, command } = this.options;
    const { settings, layout } = plan;
    await prepareDirectory(directory);
    const identity = { density: densityDigest(plan.target), kernels };
    this.release = lockRun(directory);
    if (this.fresh || !existsSync(join(directory, 'run.json'))) {
      this.fresh = false;
      this.writer = RunWriter.create(directory, { origin, settings, layout, identity, command });
      return undefined;
    }
    const description = await readDescription(join(directory, 'run.json'));
    requireSame(directory, description, plan, identity);
    const width = STATISTICS.length + layout.size;
    const chains = Array.from({ length: settings.chains }, (_, chain) =>
      earlierChain(directory, description.id, chain, width),
    );
    const { seed } = description.settings;
    this.writer = RunWriter.reopen(
      directory,
      description,
      { ...settings, seed },
      chains.map((chain) => chain?.snapshot.draws ?? 0),
    );
    return { seed, chains };
  }

  append(chain: number, records: Float64Array): void {
    this.writer!.append(chain, records);
  }

  save(chain: number, snapshot: Snapshot): void {
    this.writer!.save(chain, snapshot);
  }

  finish(fit: Fit, drawsPerChain: number, complete: boolean): void {
    this.writer!.finish(fit, drawsPerChain, complete);
    this.leave();
  }

  abandon(): void {
    this.writer?.close();
    this.leave();
  }

  private leave(): void {
    this.release();
    this.release = () => {};
  }
}

function densityDigest(target: Target): string {
  const digest = createHash('sha256');
  switch (target.kind) {
    case 'program':
      digest.update(target.program);
      break;
    case 'module':
      digest.update(`${target.url}#${target.exportName}`);
      break;
    case 'function':
      // What the function refers to cannot be seen.
      digest.update(String(target.density));
  }
  return digest.digest('hex');
}

/** @throws Error saying how the run in the directory differs from the one that is asked for */
function requireSame(
  directory: string,
  description: RunDescription,
  plan: RunPlan,
  identity: RunIdentity,
): void {
  const refuse = (difference: string): never => {
    throw new Error(
      `${directory} holds another run, which cannot be taken up: ${difference}; choose another directory, or remove this one`,
    );
  };
  const stored = description.identity;
  if (stored === undefined) return refuse('it was written without what it takes to go on');
  if (stored.kernels !== identity.kernels) {
    return refuse(
      `its draws were made by other kernels (of credence ${description.credence}), whose draws would not be the same`,
    );
  }
  if (stored.density !== identity.density) return refuse('its model or data are not the same');
  const settings = description.settings as unknown as Record<string, unknown>;
  const wanted = plan.settings as unknown as Record<string, unknown>;
  for (const name of new Set([...Object.keys(settings), ...Object.keys(wanted)])) {
    if (name === 'draws' || name === 'until' || (name === 'seed' && !plan.seedGiven)) continue;
    const [there, here] = [JSON.stringify(settings[name]), JSON.stringify(wanted[name])];
    if (there !== here) return refuse(`${name} is ${there} there, and ${here} was asked for`);
  }
  const names = (layout: RunPlan['layout']): string => layout.quantities.map(({ name }) => name).join(', ');
  if (names(description.layout) !== names(plan.layout)) {
    return refuse(
      `it keeps the quantities ${names(description.layout)}, and ${names(plan.layout)} were asked for`,
    );
  }
}

/** A chain as it was last saved; undefined when it must begin anew, which gives the same draws. */
function earlierChain(directory: string, id: string, chain: number, width: number): EarlierChain | undefined {
  const path = join(directory, stateFile(chain));
  if (!existsSync(path)) return undefined;
  const snapshot = decodeState(path, readFileSync(path), id, chain);
  if (snapshot.draws === 0) return { snapshot, records: () => [] };
  const draws = join(directory, chainFile(chain));
  // A machine that lost its power may have lost draws.
  if (!existsSync(draws) || statSync(draws).size < HEADER_BYTES + 8 * width * snapshot.draws)
    return undefined;
  return { snapshot, records: () => recordsOf(draws, id, chain, width, snapshot.draws) };
}
