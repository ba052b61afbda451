/** What `credence vi` and `credence pathfinder` have in common: the model, options that both take, and the report. */

import { LARGEST_K } from '../diagnostics/pareto-smoothing';
import { type Command, Option } from 'commander';
import type { Approximation } from '../inference';
import { Interruption, interruptible } from './interruption';
import { initialOption, number } from './values';
import { say, warn } from './words';

/** Options of both commands, as commander hands them over. */
export interface ApproximationOptions {
  readonly data?: string;
  readonly draws?: number;
  readonly seed?: number;
  readonly initial?: string;
  readonly radius: number;
  readonly json?: boolean;
  readonly stackTrace?: boolean;
}

export function addCommonOptions(target: Command): Command {
  return target
    .argument('<model>', 'module whose default export is a model or a conditioned posterior')
    .addOption(new Option('--data <file>', 'JSON file of named values to condition the model on'))
    .addOption(new Option('--draws <n>', 'draws of the approximation').argParser(number))
    .addOption(
      new Option('--seed <n>', 'the same seed gives the same draws (default: a fresh one)').argParser(number),
    )
    .addOption(initialOption())
    .addOption(
      new Option('--radius <r>', 'other starting values are uniform(-r, r), unconstrained')
        .default(2)
        .argParser(number),
    )
    .addOption(new Option('--json', 'print JSON, and nothing else'));
}

/** Runs until done or interrupted; after an interruption the exit status that it calls for. */
export async function interruptibly<T>(
  task: (signal: AbortSignal) => Promise<T>,
): Promise<T | { readonly status: number }> {
  try {
    return await interruptible(task);
  } catch (error) {
    if (!(error instanceof Interruption)) throw error;
    say('Interrupted before there was an approximation.');
    return { status: error.exitStatus };
  }
}

/** Prints an approximation; resolves to the exit status: 2 where it is not to be relied on. */
export function reportApproximation(
  approximation: Approximation,
  { json }: ApproximationOptions,
  { facts, lines, warnings }: Report,
): number {
  const summary = approximation.summary();
  if (json) {
    const { parameters } = summary.toJSON();
    process.stdout.write(`${JSON.stringify({ parameters, ...facts }, undefined, 2)}\n`);
  } else {
    const table = summary.table({ maxRows: process.stdout.isTTY ? 100 : Infinity });
    process.stdout.write(`${[table, '', ...lines].join('\n')}\n`);
  }
  for (const warning of warnings) warn(warning);
  return facts.paretoK !== null && facts.paretoK <= LARGEST_K && facts.converged !== false ? 0 : 2;
}

export interface Report {
  /** What JSON says besides the parameters. */
  readonly facts: Readonly<Record<string, unknown>> & {
    readonly paretoK: number | null;
    readonly converged?: boolean;
  };
  /** What follows the table. */
  readonly lines: readonly string[];
  readonly warnings: readonly string[];
}

/** A number that JSON has: the least one for −∞, and null for ∞ and NaN. */
export function finite(x: number): number | null {
  return Number.isFinite(x) ? x : x < 0 ? -Number.MAX_VALUE : null;
}

export const STATUS_NOTES =
  'Exit status: 0 it ran; 1 an error; 2 it ran, but Pareto k is above 0.7 or the\n' +
  'optimisation did not converge: do not rely on the estimates.';
