/** The ways to evaluate one posterior: that they agree, and what each costs. */
import { BaselineProgram } from '../src/backend/baseline';
import { LoadedSubject } from './bench-module';
import { Kernel } from './kernel';
import { leapfrogNanoseconds } from './leapfrog';
import { nanosecondsOf } from './measure';
import type { Candidate } from './subject';

/** Nanoseconds. */
export interface Row {
  readonly model: string;
  /** One log density with its gradient. */
  readonly nsGradient: {
    readonly wasm: number;
    readonly baseline: number;
    /** Where somebody has written it by hand. */
    readonly typescript?: number;
    readonly fused?: number;
  };
  /** One step of a NUTS trajectory, its gradient included. */
  readonly nsLeapfrog: number;
}

const ROUNDS = 4;

type Column = keyof Row['nsGradient'];

export async function measureCandidate(
  module: WebAssembly.Module,
  { model, build }: Candidate,
): Promise<Row> {
  const subject = build();
  const { posterior, typescript, position, fused } = subject;
  const loaded = await LoadedSubject.create(module, subject);
  const baseline = new BaselineProgram(posterior.target.program);
  const gradient = new Float64Array(position.length);
  const results = {
    wasm: loaded.evaluate(Kernel.Interpreter),
    baseline: [baseline.density(position, gradient), ...gradient],
    ...(typescript && { typescript: [typescript(position, gradient), ...gradient] }),
    ...(fused && { fused: loaded.evaluate(fused.kernel) }),
  };
  const { wasm: reference, ...others } = results;
  for (const [column, result] of Object.entries(others)) requireAgreement(model, column, result, reference);

  // Two places in turn, as in a sampler: one alone would become a constant of the optimised script.
  const positions = [position, position.slice()];
  const gradients = [gradient, gradient.slice()];
  const columns: Partial<Record<Column, (times: number) => void>> = {
    wasm: (times: number) => void loaded.repeat(Kernel.Interpreter, times),
    baseline: (times: number) => {
      for (; times > 0; times--) baseline.density(positions[times & 1], gradients[times & 1]);
    },
    typescript:
      typescript &&
      ((times) => {
        for (; times > 0; times--) typescript(positions[times & 1], gradients[times & 1]);
      }),
    fused: fused && ((times) => void loaded.repeat(fused.kernel, times)),
  };
  const nsGradient: Record<'wasm' | 'baseline', number> & Partial<Record<Column, number>> = {
    wasm: Infinity,
    baseline: Infinity,
  };
  // In rounds, so that no column is measured only before its code is optimised, or only in a bad moment of the machine.
  for (let round = 0; round < ROUNDS; round++) {
    for (const [column, repeat] of Object.entries(columns) as [Column, (times: number) => void][]) {
      if (repeat) nsGradient[column] = Math.min(nsGradient[column] ?? Infinity, nanosecondsOf(repeat));
    }
  }
  return { model, nsGradient, nsLeapfrog: await leapfrogNanoseconds(module, posterior.target) };
}

/** Relative to the size of the gradient, or of the log density. */
const TOLERANCE = 1e-9;

function requireAgreement(
  model: string,
  column: string,
  found: readonly number[],
  expected: readonly number[],
): void {
  const steepest = Math.max(...expected.slice(1).map(Math.abs));
  found.forEach((value, i) => {
    const scale = i === 0 ? Math.abs(expected[0]) : steepest;
    if (Math.abs(value - expected[i]) <= TOLERANCE * scale) return;
    const what = i === 0 ? 'log density' : `gradient[${i - 1}]`;
    throw new Error(`${model}: ${column} gives ${what} = ${value}, the interpreter ${expected[i]}`);
  });
}
