/** Evaluates expressions by the baseline interpreter. */
import { BaselineProgram } from '../../src/backend/baseline';
import { compileProgram } from '../../src/compile';
import { gradient, Graph, withGraph, type Expression } from '../../src/expr';

/** Values of what `build` makes of inputs of the given shapes, and of the gradient of its sum where asked for. */
export function evaluate(
  build: (...inputs: Expression[]) => Expression,
  inputs: readonly (readonly number[] | number)[],
): { values: number[]; gradient: () => number[] } {
  const graph = new Graph();
  const nodes = inputs.map((input, i) =>
    graph.input(`x${i}`, typeof input === 'number' ? [] : [input.length]),
  );
  const result = withGraph(graph, () => build(...nodes));
  const position = inputs.flat();
  const run = (outputs: readonly Expression[]): number[] => {
    const program = new BaselineProgram(compileProgram({ quantities: { inputs: nodes, outputs } }));
    const values = new Float64Array(outputs.reduce((size, output) => size + output.size, 0));
    program.call('quantities', position, values);
    return [...values];
  };
  return {
    values: run([result]),
    gradient: () => run(withGraph(graph, () => gradient(result.sum(), nodes))),
  };
}
