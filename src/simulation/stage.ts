/** A program that computes expressions for one draw of a model after the other. */
import { type Density, Instance, moduleFor } from '../backend/wasm';
import { compileProgram } from '../compile';
import type { Expression } from '../expr';
import { inputsOf } from './stages';

/** Number of the procedure `quantities` (docs/architecture.md). */
const QUANTITIES = 1;

/** Values of expressions, draw after draw. */
export type Values = Map<Expression, Float64Array>;

export class Stage {
  private constructor(
    private readonly instance: Instance | undefined,
    private readonly inputs: readonly Expression[],
    private readonly outputs: readonly Expression[],
  ) {}

  static async create(outputs: readonly Expression[]): Promise<Stage> {
    if (outputs.length === 0) return new Stage(undefined, [], []);
    const inputs = inputsOf(outputs);
    const program = compileProgram({ quantities: { inputs, outputs } });
    const source: Density = { kind: 'program', dimension: 0, program };
    const instance = await Instance.create(await moduleFor(source), source);
    return new Stage(instance, inputs, outputs);
  }

  /** Adds the values of the outputs for `count` draws to `values`, which has those of the inputs. */
  run(count: number, values: Values): void {
    const { instance, inputs, outputs } = this;
    if (instance === undefined) return;
    const columns = inputs.map((input) => values.get(input)!);
    const results = outputs.map((output) => new Float64Array(count * output.size));
    const position = new Float64Array(total(inputs));
    const size = total(outputs);
    for (let draw = 0; draw < count; draw++) {
      let offset = 0;
      inputs.forEach((input, k) => {
        position.set(columns[k].subarray(draw * input.size, (draw + 1) * input.size), offset);
        offset += input.size;
      });
      const found = instance.call(QUANTITIES, position, size);
      offset = 0;
      outputs.forEach((output, k) => {
        results[k].set(found.subarray(offset, offset + output.size), draw * output.size);
        offset += output.size;
      });
    }
    outputs.forEach((output, k) => values.set(output, results[k]));
  }
}

function total(expressions: readonly Expression[]): number {
  return expressions.reduce((sum, { size }) => sum + size, 0);
}
