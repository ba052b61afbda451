/** Standard draws as inputs of a graph, recorded with the parameters that they will be made with. */
import type { ElementDraws, Variates } from '../distributions/variate';
import { expand, type Expression, type Operand, type Shape } from '../expr';
import type { Graph } from '../expr/graph';

export type Kind = keyof ElementDraws | 'categorical' | 'multinomial';

/** One array of standard draws. */
export interface Leaf {
  readonly kind: Kind;
  /** What stands for the draws in the graph. */
  readonly input: Expression;
  readonly parameters: readonly Expression[];
  /** Whose draws they are, for messages. */
  readonly owner: string;
}

const ELEMENTWISE: readonly (keyof ElementDraws)[] = [
  'beta',
  'binomial',
  'cauchy',
  'chiSquared',
  'discreteUniform',
  'exponential',
  'gamma',
  'geometric',
  'hypergeometric',
  'inverseGamma',
  'inverseGaussian',
  'laplace',
  'logGamma',
  'logistic',
  'logNormal',
  'negativeBinomial',
  'negativeBinomialShapeRate',
  'normal',
  'poisson',
  'studentT',
  'uniform',
  'vonMises',
  'weibull',
];

export class Leaves {
  readonly all: Leaf[] = [];

  constructor(private readonly graph: Graph) {}

  /** Draws of values of this shape; `owner` is named where a parameter turns out to be impossible. */
  of(owner: string, shape: Shape): Variates {
    const { graph } = this;
    const elements = ELEMENTWISE.map((kind) => [
      kind,
      (...parameters: Operand[]) => {
        // A number that all draws share stays one: they are made faster.
        const given = parameters.map((parameter) => {
          const value = graph.expression(parameter);
          return value.literal === undefined ? expand(value, shape) : value;
        });
        return this.add(kind, owner, shape, given);
      },
    ]);
    return {
      ...(Object.fromEntries(elements) as ElementDraws),
      graph,
      shape,
      over: (other) => this.of(owner, other),
      categorical: (weights) => {
        const rows = graph.expression(weights);
        return this.add('categorical', owner, shape, [expand(rows, [...shape, rows.shape.at(-1)!])]);
      },
      multinomial: (trials, weights) => {
        const counts = expand(graph.expression(trials), shape.slice(0, -1));
        return this.add('multinomial', owner, shape, [counts, expand(graph.expression(weights), shape)]);
      },
    };
  }

  private add(kind: Kind, owner: string, shape: Shape, parameters: readonly Expression[]): Expression {
    const input = this.graph.input(`draw ${this.all.length} of ${owner}`, shape);
    this.all.push({ kind, input, parameters, owner });
    return input;
  }
}
