/**
 * Diagonals of generalised linear forms: where coefficients enter by linear predictors η = Xβ alone, each with a term of its
 * own in the log density, the curvature of βₖ is Σᵢ Xᵢₖ²·(−∂²/∂ηᵢ²), which a few products tell however many β there are.
 */

import { fullInstance } from '../../backend/wasm';
import { compileProgram } from '../../compile';
import { type Expression, gradient, mul, sum, total, valueAndGradient, withGraph } from '../../expr';
import { matrixVectorOperation } from '../../expr/operations/contract';
import { substitute } from '../../expr/substitute';
import type { Posterior } from '../../model/posterior';
import { constantValues } from '../constant-values';
import { type Coloring, colorCoordinates } from './coloring';
import { dependenceOf } from './dependence';
import { coloredDiagonal, type Diagonal } from './diagonal';
import { Place } from './place';

/** A linear predictor: its stand-in, the columns of its data, and the first of its coefficients. */
interface Predictor {
  readonly place: Expression;
  /** [coefficients, rows] */
  readonly columns: Expression;
  readonly start: number;
}

export interface LinearForm {
  readonly predictors: readonly Predictor[];
  /** Parameters, then predictors. */
  readonly inputs: readonly Expression[];
  readonly density: Expression;
  readonly coloring: Coloring;
}

/** The linear form of a posterior, where its graph proves one; else undefined. */
export function linearFormOf(posterior: Posterior): LinearForm | undefined {
  const { graph, inputs, terms } = posterior;
  return withGraph(graph, () => {
    const whole = total(terms.map(({ value }) => value));
    const nodes = predictorsIn(whole, inputs);
    if (nodes.length === 0) return undefined;
    const places = nodes.map((node, k) => graph.input(`predictor ${k}`, node.shape));
    const [density] = substitute([whole], new Map(nodes.map((node, k) => [node, places[k]])));
    const all = [...inputs, ...places];
    const slopes = gradient(density, all);
    const coloring = colorCoordinates(slopes, all);
    if (coloring === undefined) return undefined;
    const starts = startsOf(all);
    const predictors = nodes.map((node, k) => ({
      place: places[k],
      columns: node.inputs[0],
      start: starts.get(rootOf(node.inputs[1]))!,
    }));
    const proved = predictors.every((predictor) => standsAlone(predictor, slopes, all, starts));
    const coefficients = predictors.map(({ start }) => start);
    const distinct = new Set(coefficients).size === coefficients.length;
    return proved && distinct ? { predictors, inputs: all, density, coloring } : undefined;
  });
}

/** Products of data with all coefficients of one parameter. */
function predictorsIn(root: Expression, inputs: readonly Expression[]): Expression[] {
  const found: Expression[] = [];
  const seen = new Set<Expression>();
  const stack = [root];
  while (stack.length > 0) {
    const node = stack.pop()!;
    if (seen.has(node) || node.isConstant) continue;
    seen.add(node);
    const isPredictor =
      node.op === matrixVectorOperation &&
      node.inputs[0].isConstant &&
      inputs.includes(rootOf(node.inputs[1]));
    if (isPredictor) found.push(node);
    else stack.push(...node.inputs);
  }
  return found;
}

/** What a view shows. */
function rootOf(node: Expression): Expression {
  return node.op.kind === 'view' ? rootOf(node.inputs[0]) : node;
}

function startsOf(inputs: readonly Expression[]): Map<Expression, number> {
  const starts = new Map<Expression, number>();
  let start = 0;
  for (const input of inputs) {
    starts.set(input, start);
    start += input.size;
  }
  return starts;
}

/** Whether no element of a predictor meets another one of it, or its own coefficients except through itself. */
function standsAlone(
  { place, columns, start }: Predictor,
  slopes: readonly Expression[],
  inputs: readonly Expression[],
  starts: ReadonlyMap<Expression, number>,
): boolean {
  const own = inputs.indexOf(place);
  const [dependence] = dependenceOf([slopes[own]], starts);
  if (dependence === undefined) return true;
  const first = starts.get(place)!;
  const [coefficients] = columns.shape;
  for (let i = 0; i < place.size; i++) {
    const row = dependence.row(i);
    if (row === undefined) return false;
    for (const other of row) {
      if (other >= first && other < first + place.size && other !== first + i) return false;
      if (other >= start && other < start + coefficients) return false;
    }
  }
  return true;
}

/** The diagonal at the mode: that with predictors held fixed, and what comes by way of each predictor. */
export async function linearFormDiagonal(place: Place, form: LinearForm): Promise<Diagonal> {
  const { predictors, inputs, density, coloring } = form;
  const { mode } = place;
  const columns = await constantValues(predictors.map((predictor) => predictor.columns));
  const point = new Float64Array(inputs.reduce((size, input) => size + input.size, 0));
  point.set(mode);
  let at = mode.length;
  predictors.forEach(({ place: { size }, start }, p) => {
    const count = columns[p].length / size;
    for (let k = 0; k < count; k++) {
      const weight = mode[start + k];
      for (let i = 0; i < size; i++) point[at + i] += weight * columns[p][k * size + i];
    }
    at += size;
  });
  const program = compileForm(inputs, density);
  const instance = await fullInstance({ kind: 'program', dimension: point.length, program });
  instance.exports.configureProducts(1);
  const { values, report } = coloredDiagonal(new Place(instance, true, point, place.between), coloring);
  const result = values.slice(0, mode.length);
  at = mode.length;
  predictors.forEach(({ place: { size }, start }, p) => {
    const count = columns[p].length / size;
    for (let k = 0; k < count; k++) {
      let curvature = 0;
      for (let i = 0; i < size; i++) {
        const x = columns[p][k * size + i];
        curvature += x * x * values[at + i];
      }
      result[start + k] += curvature;
    }
    at += size;
  });
  const because = `a generalised linear form: ${coloring.count} colours of coordinates and linear predictors`;
  return { values: result, report: { ...report, because } };
}

/** The density of parameters and predictors as if these were free, with its Hessian's products. */
function compileForm(inputs: readonly Expression[], density: Expression): Uint8Array {
  const { graph } = density;
  return withGraph(graph, () => {
    const { value, gradient: slopes } = valueAndGradient(density, inputs);
    const vectors = inputs.map((input) => graph.input(`along ${input.name}`, input.shape));
    const along = total(slopes.map((slope, k) => sum(mul(slope, vectors[k]))));
    return compileProgram({
      density: { inputs, outputs: slopes, value },
      hessianVector: { inputs: [...inputs, ...vectors], outputs: gradient(along, inputs) },
    });
  });
}
