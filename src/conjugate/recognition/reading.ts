/** A model with its data, read as plain lists of parameters with priors and observations with likelihoods. */
import { BaselineProgram } from '../../backend/baseline';
import { compileProgram } from '../../compile';
import type { AnyDistribution } from '../../distributions/distribution';
import { withGraph, type Expression, type Graph, type Operand } from '../../expr';
import { bind, derive } from '../../model/condition';
import { knownValues } from '../../model/known';
import { resolveDistribution, shapeOfParameter } from '../../model/parameter';
import type { Origin } from '../../model/record';
import { ScopeBuilder } from '../../model/scope';

export interface Unknown {
  readonly name: string;
  readonly prior: AnyDistribution;
  /** The parameter itself, as an input of the graph. */
  readonly value: Expression;
}

export interface Observed {
  readonly name: string;
  readonly likelihood: AnyDistribution;
  readonly values: Float64Array;
  readonly shape: readonly number[];
}

export interface Reading {
  readonly graph: Graph;
  readonly unknowns: readonly Unknown[];
  readonly observed: readonly Observed[];
}

/** Why a model has no closed form here. */
export class NotConjugate extends RangeError {}

export function readModel({ model, data, coords }: Origin): Reading {
  const { graph, known, dimensions } = bind(model, data, coords);
  const unknowns: Unknown[] = [];
  const observed: Observed[] = [];
  withGraph(graph, () => {
    const scope = new ScopeBuilder();
    for (const [name, value] of known) scope.add(name, value);
    for (const step of model.steps) {
      if (step.kind === 'parameter') {
        if (step.constraint !== undefined) {
          throw new NotConjugate(`exact: the constraint on '${step.name}' cuts its prior off`);
        }
        const prior = resolveDistribution(step.distribution, scope.view);
        const value = graph.input(step.name, shapeOfParameter(step, prior, dimensions));
        unknowns.push({ name: step.name, prior, value });
        scope.add(step.name, value);
      } else if (step.kind === 'observe') {
        const value = graph.expression(scope.get(step.name)!);
        const likelihood = resolveDistribution(step.distribution, scope.view);
        const values = Float64Array.from(knownValues(value));
        observed.push({ name: step.name, likelihood, values, shape: value.shape });
      } else if (step.kind === 'derive') {
        scope.add(step.name, derive(step, graph, scope, dimensions));
      } else {
        throw new NotConjugate(`exact: the term '${step.name}' belongs to no conjugate pair`);
      }
    }
  });
  return { graph, unknowns, observed };
}

/** A parameter of a distribution as an expression. */
export function argument({ graph }: Reading, distribution: AnyDistribution, name: string): Expression {
  return graph.expression(distribution.parameters[name].value as Operand);
}

/** The number that an argument is known to be; undefined where it is unknown, or several different ones. */
export function knownNumber(
  reading: Reading,
  distribution: AnyDistribution,
  name: string,
): number | undefined {
  const values = knownArgument(reading, distribution, name);
  return values?.every((value) => value === values[0]) ? values[0] : undefined;
}

/** The values that an argument is known to have, row-major; undefined where it depends on parameters. */
export function knownArgument(
  reading: Reading,
  distribution: AnyDistribution,
  name: string,
): Float64Array | undefined {
  const expression = argument(reading, distribution, name);
  return expression.isConstant ? Float64Array.from(knownValues(expression)) : undefined;
}

/** Whether an expression depends on no inputs but these. */
export function dependsOnlyOn(expression: Expression, inputs: readonly Expression[]): boolean {
  const seen = new Set<Expression>();
  const visit = (node: Expression): boolean => {
    if (node.isConstant || seen.has(node)) return true;
    seen.add(node);
    if (node.inputs.length === 0) return inputs.includes(node);
    return node.inputs.every(visit);
  };
  return visit(expression);
}

/** The values of an expression as a function of inputs, one after the other in one array. */
export function functionOf(
  expression: Expression,
  inputs: readonly Expression[],
): (position: ArrayLike<number>) => Float64Array {
  const program = new BaselineProgram(compileProgram({ quantities: { inputs, outputs: [expression] } }));
  return (position) => {
    const values = new Float64Array(expression.size);
    program.call('quantities', position, values);
    return values;
  };
}
