/** The parameters of an approximation that is an expression: inputs of its program, each with a first value. */

import type { Expression, Shape } from '../../expr';
import { sizeOf } from '../../expr';
import type { Graph } from '../../expr/graph';

export class ParameterList {
  readonly inputs: Expression[] = [];
  private readonly first: Float64Array[] = [];
  private state = 1;

  constructor(private readonly graph: Graph) {}

  /** A parameter that starts at one value everywhere. */
  filled(name: string, shape: Shape, value = 0): Expression {
    return this.add(name, shape, () => value);
  }

  /** Parameters that start unequal: uniform in ±bound. */
  scattered(name: string, shape: Shape, bound: number): Expression {
    return this.add(name, shape, () => bound * this.uniform());
  }

  /** A parameter with first values of its own, row-major. */
  starting(name: string, shape: Shape, values: Float64Array): Expression {
    let at = 0;
    return this.add(name, shape, () => values[at++]);
  }

  /** First values of all, in order. */
  initial(): Float64Array {
    const all = new Float64Array(this.first.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of this.first) {
      all.set(part, at);
      at += part.length;
    }
    return all;
  }

  /** The parameters as constants. */
  valued(values: Float64Array): Map<Expression, Expression> {
    let at = 0;
    return new Map(
      this.inputs.map((input) => [
        input,
        this.graph.constant(values.slice(at, (at += input.size)), input.shape),
      ]),
    );
  }

  private add(name: string, shape: Shape, value: () => number): Expression {
    const input = this.graph.input(name, shape);
    this.inputs.push(input);
    this.first.push(Float64Array.from({ length: sizeOf(shape) }, value));
    return input;
  }

  /** On (−1, 1), by a multiplicative generator modulo 2³¹ − 1 (Park & Miller 1988). */
  private uniform(): number {
    this.state = (this.state * 48271) % 2147483647;
    return (2 * this.state) / 2147483647 - 1;
  }
}
