/** The steps of a model once more, over new data and with draws in place of what is observed. */
import type { AnyDistribution } from '../distributions/distribution';
import { describeShape, sameShape, withGraph, type Expression, type Shape } from '../expr';
import { derive, type Binding } from '../model/condition';
import type { Dimension } from '../model/declaration';
import { during, ModelError } from '../model/error';
import { checkKnownParameters } from '../model/known';
import { didYouMean } from '../model/nearest';
import { resolveDistribution } from '../model/parameter';
import type { ModelRecord } from '../model/record';
import { ScopeBuilder, Withheld } from '../model/scope';
import { titleOf, type ObserveStep, type ParameterStep, type TermStep } from '../model/step';
import type { Leaves } from './leaves';

/** Something that a predictive draw holds. */
export interface Site {
  readonly name: string;
  readonly kind: 'parameter' | 'derived';
  readonly value: Expression;
  readonly dims: readonly (Dimension | undefined)[];
}

/** What becomes of the steps that only a prior or only a posterior knows how to treat. */
export interface Treatment {
  /** The value of a parameter, whether it is reported, and how it depends on what comes before. */
  readonly parameter: (step: ParameterStep, scope: Record<string, Expression>) => Expression;
  readonly keepsParameters: boolean;
  readonly term: (step: TermStep) => void;
}

export interface Replay {
  readonly model: ModelRecord;
  readonly binding: Binding;
  readonly leaves: Leaves;
  /** What is wanted; undefined for everything. */
  readonly names: readonly string[] | undefined;
}

/** Everything that is wanted, in the model's order. */
export function replay(run: Replay, treatment: Treatment): Site[] {
  const { model, binding, names } = run;
  checkNames(model, names);
  const isWanted = (name: string): boolean => names?.includes(name) ?? true;
  const sites: Site[] = [];
  withGraph(binding.graph, () => {
    const scope = new ScopeBuilder();
    for (const name of Object.keys(model.data)) {
      const value = binding.known.get(name);
      if (value !== undefined) scope.add(name, value);
      else scope.withhold(name, `data '${name}' is missing, and this step reads it`);
    }
    for (const step of model.steps) {
      during(titleOf(step), () => {
        const dims = 'dims' in step ? step.dims : undefined;
        const keep = (kind: Site['kind'], value: Expression): void => {
          if (isWanted(step.name))
            sites.push({ name: step.name, kind, value, dims: dims ?? value.shape.map(() => undefined) });
        };
        switch (step.kind) {
          case 'parameter': {
            const value = treatment.parameter(step, scope.view);
            scope.add(step.name, value);
            if (treatment.keepsParameters) keep('parameter', value);
            break;
          }
          case 'derive': {
            try {
              const value = derive(step, binding.graph, scope, binding.dimensions);
              scope.add(step.name, value);
              if (!value.isConstant) keep('derived', value);
            } catch (error) {
              // Nobody may need it: who does is told why it is not there.
              if (!(error instanceof Withheld) || names?.includes(step.name)) throw error;
              scope.withhold(step.name, `'${step.name}' is not known here: ${error.message}`);
            }
            break;
          }
          case 'observe':
            if (isWanted(step.name)) sites.push(observed(step, scope, run));
            break;
          case 'term':
            treatment.term(step);
            break;
        }
      });
    }
  });
  return sites;
}

function observed(step: ObserveStep, scope: ScopeBuilder, { model, binding, leaves }: Replay): Site {
  const distribution = resolveDistribution(step.distribution, scope.view);
  checkKnownParameters(distribution);
  const declared = model.data[step.name]?.dims;
  const shape = shapeOf(step, scope, distribution, declared, binding);
  return {
    name: step.name,
    kind: 'derived',
    value: distribution.variate(leaves.of(titleOf(step), shape)),
    dims: declared ?? shape.map(() => undefined),
  };
}

/** That of the data, where there are any; else what their dimensions say, or the distribution itself. */
function shapeOf(
  step: ObserveStep,
  scope: ScopeBuilder,
  distribution: AnyDistribution,
  declared: readonly Dimension[] | undefined,
  { dimensions }: Binding,
): Shape {
  const given = scope.get(step.name)?.shape ?? (declared && dimensions.shapeOf(declared));
  if (given === undefined) return distribution.shape;
  if (sameShape(distribution.shapeWith(given), given)) return given;
  throw new ModelError(
    `the prediction has shape ${describeShape(given)}, the arguments of ${distribution.name} ${describeShape(distribution.shape)}`,
  );
}

function checkNames({ steps }: ModelRecord, names: readonly string[] | undefined): void {
  const known = steps.filter(({ kind }) => kind !== 'term').map(({ name }) => name);
  for (const name of names ?? []) {
    if (!known.includes(name))
      throw new ModelError(`names: the model has no '${name}' to predict${didYouMean(name, known)}`);
  }
}
