/** Models with scalar parameters, or predictors that repeat, keep what their likelihood needs of the data and no rows. */
import { describe, expect, it } from 'vitest';
import {
  autoregressive,
  bernoulli,
  bernoulliLogit,
  beta,
  binomial,
  binomialLogit,
  exp,
  exponential,
  gamma,
  geometric,
  halfNormal,
  index,
  integers,
  inverseGamma,
  logNormal,
  matmul,
  matrix,
  model,
  negativeBinomial,
  normal,
  poisson,
  poissonLog,
  reshape,
  sigmoid,
  sum,
  vector,
  type Posterior,
} from 'credence';
import { Instance, moduleFor } from '../../src/backend/wasm';
import { compileProgram } from '../../src/compile';
import { reachable } from '../../src/compile/unit';
import { gaussianKernel, Graph, total, valueAndGradient, withGraph, type Expression } from '../../src/expr';
import { foldTerms } from '../../src/fold';
import { Generator } from '../../bench/random';

const ROWS = 400;
const random = new Generator(3);
const reals = random.normals(ROWS);
const positive = reals.map((x) => Math.exp(x));
const unit = reals.map((x) => 1 / (1 + Math.exp(-x)));
const zeroOne = Array.from(reals, (x) => (x > 0.3 ? 1 : 0));
const counts = Array.from(positive, (x) => Math.floor(2 * x));
const trials = counts.map((count, i) => count + (i % 4));
const group = Int32Array.from(reals, (_, i) => Math.floor(i / 7) % 5);
const binary = Array.from(reals, (_, i) => i % 2);
const design = Array.from(reals, (_, i) => [1, i % 2, i % 3]);

const positiveData = model({ y: vector('row') })
  .param('a', halfNormal(1))
  .param('b', halfNormal(1));
const countData = model({ y: integers('row') }).param('a', normal(0, 1));
const grouped = model({ y: integers('row'), group: index('row', 'group'), x: vector('row') })
  .param('level', normal(0, 1), { dims: ['group'] })
  .param('slope', normal(0, 1));

const models: Record<string, Posterior> = {
  normal: positiveData.observe('y', ({ a, b }) => normal(a, b)).condition({ y: reals }),
  'normal about a known mean': positiveData
    .observe('y', ({ y, b }) => normal(y.mul(0.5), b))
    .condition({ y: reals }),
  'normal with known scales': positiveData
    .observe('y', ({ a, y }) => normal(a, y.square().add(1)))
    .condition({ y: reals }),
  logNormal: positiveData.observe('y', ({ a, b }) => logNormal(a, b)).condition({ y: positive }),
  exponential: positiveData.observe('y', ({ a }) => exponential(a)).condition({ y: positive }),
  gamma: positiveData.observe('y', ({ a, b }) => gamma(a, b)).condition({ y: positive }),
  inverseGamma: positiveData.observe('y', ({ a, b }) => inverseGamma(a, b)).condition({ y: positive }),
  beta: positiveData.observe('y', ({ a, b }) => beta(a, b)).condition({ y: unit }),
  bernoulli: countData.observe('y', ({ a }) => bernoulli(sigmoid(a).mul(0.9))).condition({ y: zeroOne }),
  bernoulliLogit: countData.observe('y', ({ a }) => bernoulliLogit(a)).condition({ y: zeroOne }),
  poisson: countData.observe('y', ({ a }) => poisson(a.square())).condition({ y: counts }),
  poissonLog: countData.observe('y', ({ a }) => poissonLog(a)).condition({ y: counts }),
  geometric: countData.observe('y', ({ a }) => geometric(sigmoid(a).mul(0.9))).condition({ y: counts }),
  binomial: model({ y: integers('row'), n: integers('row') })
    .param('a', normal(0, 1))
    .observe('y', ({ n, a }) => binomial(n, sigmoid(a).mul(0.9)))
    .condition({ y: counts, n: trials }),
  negativeBinomial: countData
    .observe('y', ({ a }) => negativeBinomial(exp(a), exp(a.neg())))
    .condition({ y: counts }),
  'logistic regression on indicators': grouped
    .observe('y', ({ level, slope, group, x }) => bernoulliLogit(level.gather(group).add(slope.mul(x))))
    .condition({ y: zeroOne, group, x: binary }),
  'binomial regression on indicators': grouped
    .observe('y', ({ level, slope, group, x }) => binomialLogit(60, level.gather(group).add(slope.mul(x))))
    .condition({ y: counts, group, x: binary }),
  'Poisson regression on indicators': grouped
    .observe('y', ({ level, slope, group, x }) => poisson(exp(level.gather(group).add(slope.mul(x)))))
    .condition({ y: counts, group, x: binary }),
  'logistic regression on a design matrix': model({ y: integers('row'), X: matrix('row', 'column') })
    .param('beta', normal(0, 1), { dims: ['column'] })
    .observe('y', ({ X, beta }) => bernoulliLogit(X.matmul(beta)))
    .condition({ y: zeroOne, X: design }),
  'normal regression, column by column': model({ y: vector('row'), x: vector('row'), male: integers('row') })
    .param('beta', normal(0, 1), { dims: [4] })
    .param('sigma', halfNormal(1))
    .observe('y', ({ beta, sigma, x, male }) => {
      const difference = beta.at(2).add(beta.at(3).mul(x));
      return normal(beta.at(0).add(beta.at(1).mul(x)).add(difference.mul(male)), sigma);
    })
    .condition({ y: reals, x: positive, male: binary }),
  'normal regression, intercept and slope by group': model({
    y: vector('row'),
    x: vector('row'),
    group: index('row', 'group'),
  })
    .param('level', normal(0, 1), { dims: ['group'] })
    .param('slope', normal(0, 1), { dims: ['group'] })
    .param('sigma', halfNormal(1))
    .observe('y', ({ level, slope, group, x, sigma }) =>
      normal(level.gather(group).add(slope.gather(group).mul(x)), sigma),
    )
    .condition({ y: reals, x: positive, group: Int32Array.from(reals, (_, i) => i % 40) }),
  'normal regression, summed along an axis': model({ y: vector('row'), X: matrix('row', 'column') })
    .param('beta', normal(0, 1), { dims: ['column'] })
    .param('sigma', halfNormal(1))
    .observe('y', ({ X, beta, sigma }) => normal(sum(X.mul(beta), 1), sigma))
    .condition({ y: reals, X: design }),
  'normal regression, a row of coefficients by group': model({
    y: vector('row'),
    X: matrix('row', 'column'),
    group: index('row', 'group'),
  })
    .param('beta', normal(0, 1), { dims: ['group', 'column'] })
    .param('common', normal(0, 1))
    .param('sigma', halfNormal(1))
    .observe('y', ({ X, beta, common, sigma, group, y }) =>
      normal(sum(X.mul(beta.gather(group)), 1).sub(common.mul(y.square())), sigma),
    )
    .condition({
      y: reals,
      X: design.map((row, i) => [1, row[1], positive[i]]),
      group: Int32Array.from(reals, (_, i) => i % 12),
    }),
  'normal regressions of several outputs': model({ Y: matrix('row', 'output'), X: matrix('row', 'column') })
    .param('B', normal(0, 1), { dims: ['column', 'output'] })
    .param('intercept', normal(0, 1), { dims: ['output'] })
    .param('sigma', halfNormal(1))
    .observe('Y', ({ X, B, intercept, sigma }) => normal(matmul(X, B).add(intercept), sigma))
    .condition({ Y: Array.from(reals, (value, i) => [value, positive[i], unit[i]]), X: design }),
  'growth curves of a table of series': model({ Y: matrix('child', 'age'), age: vector('age') })
    .param('level', normal(0, 1), { dims: ['child'] })
    .param('rate', normal(0, 1), { dims: ['child'] })
    .param('sigma', halfNormal(1))
    .observe('Y', ({ level, rate, sigma, age }) =>
      normal(reshape(level, [-1, 1]).add(reshape(rate, [-1, 1]).mul(age)), sigma),
    )
    .condition({
      Y: Array.from({ length: 20 }, (_, i) => reals.subarray(i * 20, (i + 1) * 20)),
      age: positive.subarray(0, 20),
    }),
  'normal regression, a scale by group': model({
    y: vector('row'),
    x: vector('row'),
    group: index('row', 'group'),
  })
    .param('beta', normal(0, 1), { dims: [2] })
    .param('sigma', halfNormal(1), { dims: ['group'] })
    .observe('y', ({ beta, sigma, group, x }) =>
      normal(beta.at(0).add(beta.at(1).mul(x)), sigma.gather(group)),
    )
    .condition({ y: reals, x: positive, group }),
  'normal regression in groups, a scale for each of two kinds': model({
    y: vector('row'),
    x: vector('row'),
    group: index('row', 'group'),
    kind: index('row', 'kind'),
  })
    .param('level', normal(0, 1), { dims: ['group'] })
    .param('slope', normal(0, 1))
    .param('sigma', halfNormal(1), { dims: ['kind'] })
    .observe('y', ({ level, slope, sigma, group, kind, x }) =>
      normal(level.gather(group).add(slope.mul(x)), sigma.gather(kind)),
    )
    .condition({
      y: reals,
      x: positive,
      group: Int32Array.from(reals, (_, i) => i % 13),
      kind: Int32Array.from(reals, (_, i) => i % 2),
    }),
  'normal, mean and scale by group': model({ y: vector('row'), group: index('row', 'group') })
    .param('level', normal(0, 1), { dims: ['group'] })
    .param('sigma', halfNormal(1), { dims: ['group'] })
    .observe('y', ({ level, group, sigma }) => normal(level.gather(group), sigma.gather(group)))
    .condition({ y: reals, group }),
  'normal, a curve through few doses': model({ y: vector('row'), dose: vector('row') })
    .param('most', normal(0, 1))
    .param('half', halfNormal(1))
    .param('sigma', halfNormal(1))
    .observe('y', ({ most, half, sigma, dose }) => normal(most.mul(dose).div(half.add(dose)), sigma))
    .condition({ y: reals, dose: reals.map((_, i) => 1 + (i % 8)) }),
  'normal regression with known relative errors': model({
    y: vector('row'),
    x: vector('row'),
    se: vector('row'),
  })
    .param('beta', normal(0, 1), { dims: [2] })
    .param('sigma', halfNormal(1))
    .observe('y', ({ beta, sigma, x, se }) => normal(beta.at(0).add(beta.at(1).mul(x)), sigma.mul(se)))
    .condition({ y: reals, x: positive, se: unit }),
  autoregression: model({ y: vector('row') })
    .param('a', normal(0, 1), { dims: [3] })
    .param('sigma', halfNormal(1))
    .observe('y', ({ a, sigma }) => autoregressive(a, sigma))
    .condition({ y: reals }),
};

/** The density as the model has it, term by term and row by row. */
async function plainDensity({ graph, terms, inputs, dimension }: Posterior) {
  const density = withGraph(graph, () => total(terms.map((term) => term.value)));
  const { value, gradient } = valueAndGradient(density, inputs);
  const program = compileProgram({ density: { inputs, outputs: gradient, value } });
  const source = { kind: 'program', dimension, program } as const;
  return Instance.create(await moduleFor(source), source);
}

/** The most elements of anything that has to be computed again for every draw. */
function longest(values: readonly Expression[]): number {
  const nodes = reachable(values, (node) => node.isConstant).filter((node) => !node.isConstant);
  return Math.max(...nodes.flatMap((node) => [node, ...node.inputs]).map((node) => node.size));
}

describe('folded', () => {
  it.each(Object.keys(models))('%s: the density of the rows, without the rows', async (name) => {
    const posterior = models[name];
    expect(longest(posterior.folded.values)).toBeLessThanOrEqual(ROWS / 2);
    const folded = await Instance.create(await moduleFor(posterior.target), posterior.target);
    const plain = await plainDensity(posterior);
    const draws = new Generator(9);
    for (let i = 0; i < 20; i++) {
      const at = draws.normals(posterior.dimension);
      const [slopes, expected] = [new Float64Array(at.length), new Float64Array(at.length)];
      const value = folded.density(at, slopes);
      const rows = plain.density(at, expected);
      expect(Math.abs(value - rows)).toBeLessThan(1e-12 * (1 + Math.abs(rows)));
      const steepest = Math.max(1, ...expected.map(Math.abs));
      slopes.forEach((slope, k) => expect(Math.abs(slope - expected[k])).toBeLessThan(2e-12 * steepest));
    }
  });

  it('leaves pointwise log likelihoods as they are', () => {
    const [term] = models.poisson.terms.filter(({ role }) => role === 'likelihood');
    expect(term.pointwise!().shape).toEqual([ROWS]);
    expect(sum(term.pointwise!()).shape).toEqual([]);
  });

  it('leaves what a host can replace, though it has values already', () => {
    const graph = new Graph();
    const [a, w] = [graph.input('a'), graph.input('w')];
    const slot = graph.slot('y', Float64Array.from(reals), [ROWS]);
    const data = graph.constant(Float64Array.from(positive));
    withGraph(graph, () => {
      expect(foldTerms([gaussianKernel(slot, a.mul(data), w)]).folded).toEqual([[]]);
      expect(foldTerms([gaussianKernel(data, a.mul(slot), w)]).folded).toEqual([[]]);
      expect(foldTerms([gaussianKernel(data, a.mul(data), w)]).folded[0]).toHaveLength(1);
    });
  });

  it('keeps rows where few of them repeat', () => {
    const posterior = countData.observe('y', ({ a }) => poissonLog(a)).condition({ y: [1, 2, 3] });
    expect(posterior.folded.folded.flat()).toEqual([]);
  });
});
