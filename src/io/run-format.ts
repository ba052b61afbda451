/**
 * A run's own directory: `run.json`, which says what the run is, and `chain_1.draws`, `chain_2.draws`, …, to which draws
 * are appended as they come.
 *
 * A chain's file is a header of 32 bytes (`credence`, then as 32-bit integers the version of the format, the number of
 * the chain from 1, values per record and 0, then the run's id) followed by records of 64-bit numbers, everything
 * little-endian. A record is a draw: the statistics that `run.json` names, then the quantities as its layout has them.
 * A file that is being written, or whose writer was killed, is read up to its last whole record. `chain_1.state`, …
 * (see './chain-state') let a run be taken up again.
 */

import type { Failure, RunSettings } from '../inference';
import type { Timing } from '../report';
import type { Layout } from '../target/target';
import type { RunOrigin } from './recorded-run';
import type { Statistic } from './stored-run';

export const FORMAT = 'credence-run';
export const FORMAT_VERSION = 1;
export const HEADER_BYTES = 32;
const MAGIC = 'credence';

/** What `run.json` holds from the start of a run. */
export interface RunDescription {
  readonly format: typeof FORMAT;
  readonly version: typeof FORMAT_VERSION;
  /** Version of the package that wrote it. */
  readonly credence: string;
  /** Sixteen hexadecimal digits, also in every chain's file. */
  readonly id: string;
  /** When it began, as ISO 8601. */
  readonly started: string;
  readonly origin: RunOrigin;
  readonly settings: RunSettings;
  readonly statistics: readonly Statistic[];
  readonly layout: Layout;
  /** What must be the same for the run to be taken up again. */
  readonly identity?: RunIdentity;
  /** What `credence sample --resume` needs to find the posterior again: files, as absolute paths. */
  readonly command?: RunCommand;
  /** Absent while the run goes on, and after a crash. */
  readonly result?: RunResult;
}

/** Digests (SHA-256) of what turns settings into draws. */
export interface RunIdentity {
  /** Of the program, or of the source of a function. */
  readonly density: string;
  /** Of the WebAssembly modules. */
  readonly kernels: string;
}

/** What the command line was given, files by where they are. */
export interface RunCommand {
  readonly model: string;
  readonly data?: string;
  readonly initial?: string;
  /** Options of the sampler that its settings do not tell of. */
  readonly options?: Readonly<Record<string, unknown>>;
}

/** What is known when a run ends. */
export interface RunResult {
  /** Whether every chain made all its draws, or was lost on the way; false after an interruption. */
  readonly complete: boolean;
  /** Numbers of the chains that count, from 0. */
  readonly chains: readonly number[];
  readonly drawsPerChain: number;
  readonly failures: readonly Failure[];
  readonly timing: Timing;
  readonly gradientEvaluations: number;
  /** Of each chain that counts; empty where adaptation did not end. */
  readonly inverseMetric: readonly (readonly number[])[];
}

/** Name of a chain's file. */
export function chainFile(chain: number): string {
  return `chain_${chain + 1}.draws`;
}

/** Name of the file that has a chain's state, from which it can go on. */
export function stateFile(chain: number): string {
  return `chain_${chain + 1}.state`;
}

/** Whether a file of this name is part of a run, as it goes on or as it was written at its end. */
export function isOfRun(name: string): boolean {
  return /^(run\.json|chain_\d+\.(draws|state)(\.new)?|output_\d+\.csv|draws\.json|summary\.json)$/.test(
    name,
  );
}

/** The first bytes of a chain's file. */
export function chainHeader(id: string, chain: number, width: number): Uint8Array {
  const bytes = new Uint8Array(HEADER_BYTES);
  bytes.set(new TextEncoder().encode(MAGIC));
  const view = new DataView(bytes.buffer);
  view.setUint32(8, FORMAT_VERSION, true);
  view.setUint32(12, chain + 1, true);
  view.setUint32(16, width, true);
  for (let i = 0; i < 8; i++) bytes[24 + i] = parseInt(id.slice(2 * i, 2 * i + 2), 16);
  return bytes;
}

/** Why these bytes are not the header of that chain's file; undefined when they are. */
export function headerFault(bytes: Uint8Array, id: string, chain: number, width: number): string | undefined {
  if (bytes.length < HEADER_BYTES) return `expected a header of ${HEADER_BYTES} bytes, found ${bytes.length}`;
  const magic = new TextDecoder().decode(bytes.subarray(0, 8));
  if (magic !== MAGIC) return `expected a file of draws beginning with '${MAGIC}', found something else`;
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const facts: [string, number | string, number | string][] = [
    ['format version', FORMAT_VERSION, view.getUint32(8, true)],
    ['run', id, Array.from(bytes.subarray(24, 32), (byte) => byte.toString(16).padStart(2, '0')).join('')],
    ['chain', chain + 1, view.getUint32(12, true)],
    ['values per draw', width, view.getUint32(16, true)],
  ];
  const fault = facts.find(([, expected, found]) => expected !== found);
  return fault && `expected ${fault[0]} ${fault[1]}, found ${fault[2]}`;
}
