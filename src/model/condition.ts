/** Conditioning: a model and its data become expressions, step by step. */
import { describeShape, Graph, sameShape, sum, withGraph, type Expression } from '../expr';
import { bindData, type BoundData } from './data';
import { Dimensions, checkedSize } from './dimensions';
import type { Label } from './declaration';
import type { DiscreteParameter } from './discrete';
import { ModelError, during } from './error';
import { didYouMean } from './nearest';
import { observe } from './observe';
import { placeParameter } from './parameter';
import { Posterior, type Inverse, type PosteriorQuantity, type PosteriorTerm } from './posterior';
import type { ModelRecord, Origin } from './record';
import { ScopeBuilder } from './scope';
import { titleOf, type DeriveStep, type Step } from './step';

/** The posterior of `model` given `data`; throws a ModelError where something does not fit. */
export function condition(
  model: ModelRecord,
  data: Readonly<Record<string, unknown>>,
  coords: Readonly<Record<string, readonly Label[]>>,
): Posterior {
  if (!model.steps.some((step) => step.kind === 'parameter')) {
    throw new ModelError('the model has no parameters; add one with .param(name, distribution)');
  }
  const { graph, known, dimensions } = bind(model, data, coords);
  return withGraph(graph, () => build(graph, { model, data, coords }, known, dimensions));
}

/** Declared data as expressions, and the dimensions that they fix. */
export interface Binding {
  readonly graph: Graph;
  readonly known: ReadonlyMap<string, Expression>;
  readonly dimensions: Dimensions;
}

/**
 * Binds data and coordinates to what a model declares; `partial` lets data be left out, and `dimensions` may know some
 * sizes already.
 */
export function bind(
  model: ModelRecord,
  data: Readonly<Record<string, unknown>>,
  coords: Readonly<Record<string, readonly Label[]>>,
  { dimensions = new Dimensions(), partial = false } = {},
): Binding {
  const named = namedDimensions(model);
  for (const [name, labels] of Object.entries(coords)) {
    if (!named.has(name))
      throw new ModelError(
        `coords: no data or parameter has a dimension '${name}'${didYouMean(name, named)}`,
      );
    if (!Array.isArray(labels)) throw new ModelError(`coords: '${name}' must be an array of labels`);
    dimensions.label(name, labels, 'coords');
  }
  for (const [name, extent] of model.dimensions) {
    if (typeof extent === 'number')
      dimensions.fix(
        name,
        during(`.dim('${name}')`, () => checkedSize(extent)),
        '.dim',
      );
    else dimensions.label(name, extent, '.dim');
  }
  const graph = new Graph();
  const bound = bindData(model.data, data, dimensions, partial);
  const known = new Map<string, Expression>();
  for (const [name, { values, shape }] of bound) known.set(name, dataNode(graph, name, values, shape));
  return { graph, known, dimensions };
}

/** Every dimension that data or steps name. */
function namedDimensions({ data, steps, dimensions }: ModelRecord): Set<string> {
  const named = new Set(dimensions.keys());
  for (const { dims, into } of Object.values(data)) {
    for (const dim of dims) if (typeof dim === 'string') named.add(dim);
    if (into !== undefined) named.add(into);
  }
  for (const step of steps) {
    if (step.kind === 'parameter' || step.kind === 'derive')
      for (const dim of step.dims ?? []) if (typeof dim === 'string') named.add(dim);
  }
  return named;
}

function dataNode(
  graph: Graph,
  name: string,
  values: BoundData['values'],
  shape: BoundData['shape'],
): Expression {
  return values instanceof Int32Array
    ? graph.integers(values, shape, name)
    : graph.constant(values, shape, name);
}

function build(
  graph: Graph,
  origin: Origin,
  data: ReadonlyMap<string, Expression>,
  dimensions: Dimensions,
): Posterior {
  const { steps } = origin.model;
  const scope = scopeWith(data);
  const inputs: Expression[] = [];
  const discrete: DiscreteParameter[] = [];
  const terms: PosteriorTerm[] = [];
  const parameters: PosteriorQuantity[] = [];
  const derived: PosteriorQuantity[] = [];
  for (const step of steps) {
    during(titleOf(step), () => {
      switch (step.kind) {
        case 'parameter': {
          const place = placeParameter(step, scope.view, dimensions);
          const input = graph.input(step.name, place.unconstrainedShape);
          const value = place.constrain(input);
          inputs.push(input);
          if (place.discrete) discrete.push({ name: step.name, input, distribution: place.discrete });
          terms.push(...place.terms(input));
          parameters.push({
            name: step.name,
            kind: 'parameter',
            value,
            dims: step.dims ?? place.shape.map(() => undefined),
          });
          scope.add(step.name, value);
          break;
        }
        case 'observe':
          terms.push(observe(step, scope));
          break;
        case 'derive': {
          const value = derive(step, graph, scope, dimensions);
          if (!value.isConstant)
            derived.push({
              name: step.name,
              kind: 'derived',
              value,
              dims: step.dims ?? value.shape.map(() => undefined),
            });
          scope.add(step.name, value);
          break;
        }
        case 'term': {
          const value = sum(graph.expression(step.value(scope.view)));
          terms.push({ name: step.name, role: step.role, value });
          break;
        }
      }
    });
  }
  const inverse = (): Inverse => withGraph(graph, () => invert(graph, steps, data, dimensions, parameters));
  return new Posterior({
    graph,
    inputs,
    discrete,
    terms: terms.filter((term) => term.value.literal !== 0),
    quantities: [...parameters, ...derived],
    coords: dimensions.coords(),
    inverse,
    origin,
    recondition: (data, coords) => condition(origin.model, data, coords),
  });
}

/** The same steps once more, over constrained values instead of unconstrained ones. */
function invert(
  graph: Graph,
  steps: readonly Step[],
  data: ReadonlyMap<string, Expression>,
  dimensions: Dimensions,
  parameters: readonly PosteriorQuantity[],
): Inverse {
  const scope = scopeWith(data);
  const shapes = new Map(parameters.map(({ name, value }) => [name, value.shape]));
  const inputs: Expression[] = [];
  const outputs: Expression[] = [];
  for (const step of steps) {
    if (step.kind === 'parameter') {
      const value = graph.input(step.name, shapes.get(step.name));
      inputs.push(value);
      outputs.push(placeParameter(step, scope.view, dimensions).unconstrain(value));
      scope.add(step.name, value);
    } else if (step.kind === 'derive') scope.add(step.name, derive(step, graph, scope, dimensions));
  }
  return { inputs, outputs };
}

function scopeWith(data: ReadonlyMap<string, Expression>): ScopeBuilder {
  const scope = new ScopeBuilder();
  for (const [name, value] of data) scope.add(name, value);
  return scope;
}

/** The value of a derived quantity, checked against its dimensions. */
export function derive(
  step: DeriveStep,
  graph: Graph,
  scope: ScopeBuilder,
  dimensions: Dimensions,
): Expression {
  const returned = step.value(scope.view);
  if (returned === undefined) throw new ModelError('the callback returned nothing; expected an expression');
  const value = graph.expression(returned);
  if (step.dims === undefined) return value;
  const shape = dimensions.shapeOf(step.dims);
  if (sameShape(shape, value.shape)) return value;
  throw new ModelError(
    `dims [${step.dims.join(', ')}] have shape ${describeShape(shape)}, the value has shape ${describeShape(value.shape)}`,
  );
}
