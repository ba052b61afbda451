/** Models with a normal likelihood whose mean is linear in normal parameters, all on the scale of one unknown variance. */
import { gradient, withGraph, type Expression } from '../../expr';
import { linearRegression, type LinearRegression } from '../families/linear-regression';
import { normalInverseGamma, type NormalInverseGammaPosterior } from '../families/normal-inverse-gamma';
import {
  argument,
  dependsOnlyOn,
  functionOf,
  knownArgument,
  knownNumber,
  type Reading,
  type Unknown,
} from './reading';

/** Variances at which a scale must be the same multiple of their root. */
const PROBES = [1, 1e-4, 0.37, 5.3, 2.1e5];

/** undefined where the model is not one of these. */
export function recognizeLinear(
  reading: Reading,
): NormalInverseGammaPosterior | LinearRegression | undefined {
  const { unknowns, observed } = reading;
  const variance = unknowns.find(({ prior }) => prior.name === 'inverseGamma');
  const others = unknowns.filter((unknown) => unknown !== variance);
  if (variance === undefined || variance.value.size !== 1 || others.length === 0 || observed.length !== 1) {
    return undefined;
  }
  const { likelihood, values } = observed[0];
  if (likelihood.name !== 'normal' || others.some(({ prior }) => prior.name !== 'normal')) return undefined;
  const shape = knownNumber(reading, variance.prior, 'shape');
  const scale = knownNumber(reading, variance.prior, 'scale');
  const noise = multipleOfRoot(argument(reading, likelihood, 'scale'), variance.value);
  const priors = others.map((unknown) => priorOf(reading, unknown, variance.value));
  if (shape === undefined || scale === undefined || !noise?.every((x) => x === 1)) return undefined;
  if (!priors.every((prior) => prior !== undefined)) return undefined;
  const mean = argument(reading, likelihood, 'location');
  if (others.length === 1 && mean === others[0].value && mean.size === 1) {
    const [{ means, sds }] = priors;
    const strength = 1 / (sds[0] * sds[0]);
    return normalInverseGamma({ mean: means[0], strength, shape, scale }).update(values);
  }
  const design = designOf(
    mean,
    others.map(({ value }) => value),
    values.length,
  );
  if (design === undefined) return undefined;
  const coefficients = Float64Array.from(priors.flatMap(({ means }) => [...means]));
  const sd = Float64Array.from(priors.flatMap(({ sds }) => [...sds]));
  return linearRegression({ predictors: sd.length, coefficients, sd, shape, scale }).update({
    x: design.x,
    y: values.map((y, i) => y - design.offset[i]),
  });
}

function priorOf(
  reading: Reading,
  { prior, value }: Unknown,
  variance: Expression,
): { means: Float64Array; sds: Float64Array } | undefined {
  const means = knownArgument(reading, prior, 'location');
  const sds = multipleOfRoot(argument(reading, prior, 'scale'), variance);
  if (means === undefined || sds === undefined) return undefined;
  const fill = (given: Float64Array): Float64Array | undefined =>
    given.length === value.size
      ? given
      : given.length === 1
        ? new Float64Array(value.size).fill(given[0])
        : undefined;
  const [allMeans, allSds] = [fill(means), fill(sds)];
  return allMeans && allSds ? { means: allMeans, sds: allSds } : undefined;
}

/** c where an expression is c·√variance; undefined for anything else. */
function multipleOfRoot(expression: Expression, variance: Expression): Float64Array | undefined {
  if (expression.isConstant || !dependsOnlyOn(expression, [variance])) return undefined;
  const scale = functionOf(expression, [variance]);
  const multiples = PROBES.map((v) => scale([v]).map((x) => x / Math.sqrt(v)));
  const same = multiples.every((found) =>
    found.every((x, i) => Math.abs(x - multiples[0][i]) <= 1e-12 * multiples[0][i]),
  );
  return same ? multiples[0] : undefined;
}

/** The rows x and offset with mean = x·parameters + offset; undefined where it is not linear. */
function designOf(
  mean: Expression,
  parameters: readonly Expression[],
  rows: number,
): { x: Float64Array; offset: Float64Array } | undefined {
  if (!dependsOnlyOn(mean, parameters)) return undefined;
  const { graph } = mean;
  // Of a linear mean, and only of one, any sum has derivatives that depend on data alone.
  const weights = Float64Array.from({ length: mean.size }, (_, i) => 1 + ((i * 0.618) % 1));
  const slopes = withGraph(graph, () =>
    gradient(mean.mul(graph.constant(weights, mean.shape)).sum(), parameters),
  );
  if (!slopes.every((slope) => slope.isConstant)) return undefined;
  const at = functionOf(mean, parameters);
  const size = parameters.reduce((total, { size }) => total + size, 0);
  const spread = (values: Float64Array): Float64Array =>
    values.length === rows ? values : new Float64Array(rows).fill(values[0]);
  const offset = spread(at(new Float64Array(size)));
  const x = new Float64Array(rows * size);
  for (let j = 0; j < size; j++) {
    const unit = new Float64Array(size);
    unit[j] = 1;
    spread(at(unit)).forEach((value, i) => (x[i * size + j] = value - offset[i]));
  }
  return { x, offset };
}
