/** Runs an expression in both backends. */
import { BaselineProgram } from '../../src/backend/baseline';
import { type Density, Instance, moduleFor } from '../../src/backend/wasm';
import { compileProgram } from '../../src/compile';
import { gradient, sizeOf, type Expression } from '../../src/expr';

export interface Evaluated {
  value: number;
  gradient: Float64Array;
}

export interface Backends {
  wasm(at: ArrayLike<number>): Evaluated;
  baseline(at: ArrayLike<number>): Evaluated;
}

async function load(dimension: number, program: Uint8Array): Promise<Instance> {
  const source: Density = { kind: 'program', dimension, program };
  return Instance.create(await moduleFor(source), source);
}

/** A scalar expression of `inputs` with its gradient, compiled once and run in both backends. */
export async function compileDensity(value: Expression, inputs: readonly Expression[]): Promise<Backends> {
  const program = compileProgram({ density: { inputs, outputs: gradient(value, inputs), value } });
  const dimension = inputs.reduce((sum, input) => sum + sizeOf(input.shape), 0);
  const baseline = new BaselineProgram(program);
  const instance = await load(dimension, program);
  const run = (density: (at: Float64Array, gradient: Float64Array) => number) => (at: ArrayLike<number>) => {
    const result = new Float64Array(dimension);
    return { value: density(Float64Array.from(at), result), gradient: result };
  };
  return {
    wasm: run((at, result) => instance.density(at, result)),
    baseline: run((at, result) => baseline.density(at, result)),
  };
}

/** All elements of expressions, from both backends. */
export async function evaluate(
  outputs: readonly Expression[],
  inputs: readonly Expression[] = [],
  at: ArrayLike<number> = [],
): Promise<{ wasm: Float64Array; baseline: Float64Array }> {
  const program = compileProgram({ quantities: { inputs, outputs } });
  const length = outputs.reduce((sum, output) => sum + sizeOf(output.shape), 0);
  const dimension = inputs.reduce((sum, input) => sum + sizeOf(input.shape), 0);
  const baseline = new Float64Array(length);
  new BaselineProgram(program).call('quantities', at, baseline);
  const instance = await load(dimension, program);
  return { wasm: instance.call(1, Float64Array.from(at), length), baseline };
}

/** Derivatives of a scalar function along each axis, by central differences of fourth order. */
export function differences(
  f: (at: Float64Array) => number,
  at: ArrayLike<number>,
  step = 2e-4,
): Float64Array {
  const x = Float64Array.from(at);
  return x.map((centre, i) => {
    const h = step * Math.max(1, Math.abs(centre));
    const shifted = (by: number): number => {
      x[i] = centre + by;
      const value = f(x);
      x[i] = centre;
      return value;
    };
    return (8 * (shifted(h) - shifted(-h)) - (shifted(2 * h) - shifted(-2 * h))) / (12 * h);
  });
}
