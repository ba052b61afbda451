/** What steps see of a batch: on average over the batches of a partition it is what all rows say, to rounding. */
import { describe, expect, it } from 'vitest';
import {
  autoregressive,
  bernoulliLogit,
  categoricalLogit,
  concat,
  censored,
  diagonalMatrix,
  exp,
  exponential,
  flat,
  halfNormal,
  index,
  integers,
  lkjCholesky,
  logSumExp,
  matmul,
  matrix,
  mean,
  mixture,
  model,
  multivariateNormal,
  negativeBinomialLog,
  normal,
  ordered,
  orderedLogistic,
  poisson,
  poissonLog,
  type Posterior,
  scan,
  select,
  simplex,
  square,
  standardDeviation,
  studentT,
  sum,
  tensor,
  transpose,
  vector,
  weibull,
  zeroInflated,
} from 'credence';
import { BaselineProgram } from '../../src/backend/baseline';
import { fullInstance } from '../../src/backend/wasm';
import { HEADER, PROGRAM_BASE } from '../../src/compile/image';
import { batchTarget } from '../../src/inference/variational/minibatch/target';

const ROWS = 12;
/** Procedure `batch`. */
const BATCH = 8;

/** Different numbers in (−1, 1). */
function spread(i: number, turn: number): number {
  const x = (i + 1) * 0.7548776662466927 + turn * 0.5698402909980532;
  return 2 * (x - Math.floor(x)) - 1;
}
const column = (turn: number, scale = 1): number[] =>
  Array.from({ length: ROWS }, (_, i) => scale * spread(i, turn));
const table = (columns: number, turn: number): number[][] =>
  Array.from({ length: ROWS }, (_, i) => Array.from({ length: columns }, (_, k) => spread(i, turn + k)));
const counts = (below: number, turn: number): number[] =>
  column(turn).map((x) => Math.floor(((x + 1) / 2) * below));

const x = table(3, 1);
const y = column(5, 2);
const group = counts(4, 6);
const binary = counts(2, 7);

const regression = () =>
  model({ x: matrix('row', 'column'), y: vector('row'), group: index('row', 'group') })
    .dim('group', 4)
    .param('beta', normal(0, 1), { dims: ['column'] })
    .param('tau', halfNormal(1))
    .param('effect', ({ tau }) => normal(0, tau), { dims: ['group'] })
    .param('sigma', exponential(1));

const cases: Record<string, () => Posterior> = {
  'a linear regression with groups': () =>
    regression()
      .observe('y', ({ x, beta, effect, group, sigma }) =>
        normal(x.matmul(beta).add(effect.gather(group)), sigma),
      )
      .condition({ x, y, group }),
  'effects of groups alone': () =>
    regression()
      .observe('y', ({ effect, group, sigma }) => normal(effect.gather(group), sigma))
      .condition({ x, y, group }),
  'slopes by group': () =>
    regression()
      .observe('y', ({ x, effect, group, sigma, beta }) =>
        normal(
          effect
            .gather(group)
            .mul(x.slice(0, 1, 1).reshape([ROWS]))
            .add(beta.at(0)),
          sigma,
        ),
      )
      .condition({ x, y, group }),
  'scales that differ from row to row': () =>
    regression()
      .observe('y', ({ x, beta, sigma, group, effect }) =>
        normal(x.matmul(beta), exp(effect.gather(group)).add(sigma)),
      )
      .condition({ x, y, group }),
  'standardised predictors': () =>
    regression()
      .derive('z', ({ x }) => x.sub(mean(x, 0)).div(standardDeviation(x, 0)))
      .observe('y', ({ z, beta, sigma }) => studentT(4, z.matmul(beta), sigma))
      .condition({ x, y, group }),
  'a quadratic predictor without a matrix': () =>
    model({ u: vector('row'), v: vector('row') })
      .param('a', normal(0, 1), { dims: [3] })
      .observe('v', ({ u, a }) =>
        normal(
          a
            .at(0)
            .add(a.at(1).mul(u))
            .add(a.at(2).mul(square(u))),
          1,
        ),
      )
      .condition({ u: column(3), v: y }),
  'predictors stored by columns': () =>
    model({ x: matrix('column', 'row'), y: integers('row') })
      .param('beta', normal(0, 1), { dims: ['column'] })
      .observe('y', ({ x, beta }) => bernoulliLogit(beta.matmul(x)))
      .condition({ x: x[0].map((_, k) => x.map((row) => row[k])), y: binary }),
  'a logistic regression': () =>
    model({ x: matrix('row', 'column'), y: integers('row') })
      .param('beta', normal(0, 1), { dims: ['column'] })
      .observe('y', ({ x, beta }) => bernoulliLogit(x.matmul(beta)))
      .condition({ x, y: binary }),
  'counts with exposures': () =>
    model({ n: integers('row'), exposure: vector('row') })
      .param('rate', normal(0, 1))
      .observe('n', ({ rate, exposure }) => poissonLog(exposure.log().add(rate)))
      .condition({ n: counts(6, 3), exposure: column(4).map((e) => e + 2) }),
  'overdispersed counts': () =>
    model({ n: integers('row'), u: vector('row') })
      .param('a', normal(0, 1), { dims: [2] })
      .param('size', exponential(1))
      .observe('n', ({ a, size, u }) => negativeBinomialLog(a.at(0).add(a.at(1).mul(u)), size))
      .condition({ n: counts(6, 3), u: column(4) }),
  'many zeros': () =>
    model({ n: integers('row'), u: vector('row') })
      .param('p', flat(), { constraint: undefined })
      .param('a', normal(0, 1))
      .observe('n', ({ a, u }) => zeroInflated(0.3, poisson(exp(a.mul(u)))))
      .condition({ n: counts(6, 3), u: column(4) }),
  categories: () =>
    model({ x: matrix('row', 'column'), k: integers('row') })
      .param('weights', normal(0, 1), { dims: ['column', 4] })
      .observe('k', ({ x, weights }) => categoricalLogit(x.matmul(weights)))
      .condition({ x, k: counts(4, 8) }),
  'ordered categories': () =>
    model({ u: vector('row'), k: integers('row') })
      .param('slope', normal(0, 1))
      .param('cuts', normal(0, 2), { dims: [3], constraint: ordered })
      .observe('k', ({ u, slope, cuts }) => orderedLogistic(u.mul(slope), cuts))
      .condition({ u: column(4), k: counts(4, 8) }),
  'a mixture': () =>
    model({ y: vector('row') })
      .param('weight', flat(), { dims: [2], constraint: simplex })
      .param('mu', normal(0, 2), { dims: [2], constraint: ordered })
      .param('sigma', halfNormal(2), { dims: [2] })
      .observe('y', ({ weight, mu, sigma }) =>
        mixture(weight, [normal(mu.at(0), sigma.at(0)), normal(mu.at(1), sigma.at(1))]),
      )
      .condition({ y }),
  'survival times': () =>
    model({ time: vector('row'), died: integers('row'), dose: vector('row') })
      .param('shape', halfNormal(2))
      .param('effect', normal(0, 1))
      .observe('time', ({ shape, effect, dose, died, time }) =>
        censored(weibull(shape, exp(effect.mul(dose))), { upper: select(died, Infinity, time) }),
      )
      .condition({ time: column(3).map((t) => t + 1.5), died: binary, dose: column(4) }),
  'vectors whose means follow predictors': () =>
    model({ x: matrix('row', 'column'), y: matrix('row', 'outcome') })
      .param('weights', normal(0, 1), { dims: ['column', 'outcome'] })
      .param('scale', halfNormal(1), { dims: ['outcome'] })
      .observe('y', ({ x, weights, scale }) =>
        multivariateNormal(x.matmul(weights), { cholesky: diagonalMatrix(scale) }),
      )
      .condition({ x, y: table(2, 9) }),
  'a term of the user, with a part that is no sum over rows': () =>
    model({ u: vector('row'), v: vector('row') })
      .param('a', normal(0, 1))
      .logDensity(
        'fit',
        ({ u, v, a }) =>
          sum(square(v.sub(u.mul(a))))
            .neg()
            .sub(square(a))
            .div(2),
        {
          role: 'likelihood',
        },
      )
      .condition({ u: column(2), v: column(3) }),
  'inner products, and several terms': () =>
    model({ u: vector('row'), v: vector('row'), other: vector('site') })
      .param('a', normal(0, 1))
      .logDensity('inner', ({ u, v, a }) => u.mul(a).dot(v.sub(exp(a).mul(u))), { role: 'likelihood' })
      .observe('v', ({ a, u }) => normal(exp(u.mul(a)), 1))
      .observe('other', ({ a }) => normal(a, 1))
      .condition({ u: column(2), v: column(3), other: [1, 2, 3] }),
  'coefficients by group': () =>
    model({ x: matrix('row', 'column'), y: vector('row'), group: index('row', 'group') })
      .dim('group', 4)
      .param('scale', halfNormal(1), { dims: ['column'] })
      .param('beta', ({ scale }) => normal(0, scale), { dims: ['group', 'column'], noncentered: true })
      .observe('y', ({ x, beta, group }) => normal(sum(beta.gather(group).mul(x), 1), 1))
      .condition({ x, y, group }),
  'vectors with a correlation that is learnt': () =>
    model({ y: matrix('row', 'outcome'), u: vector('row') })
      .param('factor', lkjCholesky(2), { dims: ['outcome', 'outcome'] })
      .param('slope', normal(0, 1), { dims: ['outcome'] })
      .observe('y', ({ factor, slope, u }) =>
        multivariateNormal(u.reshape([ROWS, 1]).mul(slope), { cholesky: factor }),
      )
      .condition({ y: table(2, 9), u: column(3) }),
  'a matrix in each row': () =>
    model({ t: tensor('row', 'step', 'column'), y: matrix('row', 'step') })
      .param('weights', normal(0, 1), { dims: ['column'] })
      .param('left', normal(0, 1), { dims: [2, 2] })
      .observe('y', ({ t, weights, left }) => normal(sum(matmul(left, exp(t.mul(weights))), 2), 1))
      .condition({ t: table(6, 2).map((row) => [row.slice(0, 3), row.slice(3)]), y: table(2, 5) }),
  'several groups in each row': () =>
    model({ members: integers('row', 'member'), y: vector('row') })
      .param('effect', normal(0, 1), { dims: [5] })
      .observe('y', ({ members, effect }) => normal(sum(exp(effect.gather(members)), 1), 1))
      .condition({ members: table(3, 4).map((row) => row.map((x) => Math.floor(2.5 * (x + 1)))), y }),
  'columns put side by side': () =>
    model({ u: vector('row'), v: vector('row') })
      .param('a', normal(0, 1), { dims: [2] })
      .observe('v', ({ u, a }) => {
        const columns = concat([exp(u.mul(a.at(0))).reshape([ROWS, 1]), u.reshape([ROWS, 1])], 1);
        return normal(columns.matmul(a), 1);
      })
      .condition({ u: column(2), v: y }),
  'another dimension of the same extent': () =>
    model({ v: vector('row'), w: vector('site'), s: vector('site') })
      .param('a', normal(0, 1))
      .param('b', normal(0, 1), { dims: ['site'] })
      .observe('v', ({ a }) => studentT(3, a, 1))
      .observe('w', ({ b, s }) => studentT(3, b.mul(s), 1))
      .condition({ v: y, w: column(4), s: column(5) }),
  'sums within rows': () =>
    model({ t: tensor('row', 'step', 'column'), y: vector('row') })
      .param('a', normal(0, 1), { dims: ['column'] })
      .observe('y', ({ t, a }) => normal(logSumExp(t.mul(a).reshape([ROWS, 6]), 1), 1))
      .condition({ t: table(6, 2).map((row) => [row.slice(0, 3), row.slice(3)]), y }),
  'transposed tables': () =>
    model({ x: matrix('row', 'column'), y: matrix('column', 'row') })
      .param('a', normal(0, 1), { dims: ['column'] })
      .observe('y', ({ x, a }) => normal(transpose(exp(x.mul(a))), 1))
      .condition({ x, y: x[0].map((_, k) => x.map((row) => row[k] + 1)) }),
};

/** Rows of a random order, in batches of `size`. */
function partition(size: number): Int32Array[] {
  const order = column(11)
    .map((key, row) => ({ key, row }))
    .sort((a, b) => a.key - b.key)
    .map(({ row }) => row);
  return Array.from({ length: ROWS / size }, (_, b) =>
    Int32Array.from(order.slice(b * size, (b + 1) * size)),
  );
}

class Chosen extends BaselineProgram {
  choose(rows: Int32Array): void {
    const { i32 } = this.memory;
    i32.set(rows, i32[i32[(PROGRAM_BASE + HEADER.slots) >> 2] >> 2] >> 2);
    this.call('batch', [], new Float64Array(0));
  }
}

/** Mean over the batches of a partition of log density and gradient. */
async function averages(posterior: Posterior, size: number, position: Float64Array): Promise<number[][]> {
  const { program, dimension } = batchTarget(posterior, { dimension: 'row', size });
  const wasm = await fullInstance({ kind: 'program', dimension, program });
  const baseline = new Chosen(program);
  const batches = partition(size);
  const totals = [0, 1].map(() => new Array<number>(dimension + 1).fill(0));
  for (const rows of batches) {
    const slot = wasm.exports.slotAddress(0);
    wasm.bytes(slot, 4 * size).set(new Uint8Array(rows.buffer));
    wasm.exports.call(BATCH, slot, slot);
    baseline.choose(rows);
    [wasm, baseline].forEach((backend, k) => {
      const gradient = new Float64Array(dimension);
      const value = backend.density(position, gradient);
      [value, ...gradient].forEach((part, i) => (totals[k][i] += part / batches.length));
    });
  }
  return totals;
}

describe('the mean over a partition is the density of all rows', () => {
  for (const [name, make] of Object.entries(cases)) {
    it(name, async () => {
      const posterior = make();
      const whole = await fullInstance(posterior.target);
      const position = Float64Array.from({ length: posterior.dimension }, (_, i) => 0.7 * spread(i, 3));
      const gradient = new Float64Array(posterior.dimension);
      const expected = [whole.density(position, gradient), ...gradient];
      expect(expected.every(Number.isFinite)).toBe(true);
      for (const size of [1, 3, 4, ROWS]) {
        for (const found of await averages(posterior, size, position)) {
          expected.forEach((value, i) => {
            expect(Math.abs(found[i] - value)).toBeLessThan(1e-11 * (1 + Math.abs(expected[0])));
          });
        }
      }
    });
  }
});

it('does not see all rows in a step', async () => {
  const posterior = cases['a linear regression with groups']();
  const position = new Float64Array(posterior.dimension).fill(0.1);
  const values = new Set<number>();
  const { program, dimension } = batchTarget(posterior, { dimension: 'row', size: 3 });
  const baseline = new Chosen(program);
  for (const rows of partition(3)) {
    baseline.choose(rows);
    values.add(baseline.density(position, new Float64Array(dimension)));
  }
  expect(values.size).toBe(4);
});

describe('what is no sum over rows is refused', () => {
  const line = () => model({ u: vector('row'), v: vector('row') }).param('a', normal(0, 1));
  const data = { u: column(2), v: column(3) };
  const refused: Record<string, [() => Posterior, RegExp]> = {
    'a recurrence over rows': [
      () =>
        line()
          .observe('v', ({ a }) => autoregressive(a.reshape([1]), 1))
          .condition(data),
      /term 'v'/,
    ],
    'a loop over rows': [
      () =>
        line()
          .logDensity(
            'loop',
            ({ u, a }) =>
              scan({ initial: { level: 0 }, over: { u } }, ({ level }, { u: now }) => ({
                state: { level: exp(level.mul(a)).add(now) },
              })).state.level,
            { role: 'likelihood' },
          )
          .condition(data),
      /'loop'/,
    ],
    'a function of a sum over rows': [
      () =>
        line()
          .logDensity('root', ({ u, a }) => exp(sum(exp(u.mul(a)))), { role: 'likelihood' })
          .condition(data),
      /exp of a sum over rows/,
    ],
    'a sum over rows times another': [
      () =>
        line()
          .logDensity('product', ({ u, v, a }) => sum(exp(u.mul(a))).mul(sum(exp(v.mul(a)))), {
            role: 'likelihood',
          })
          .condition(data),
      /mul of a sum over rows/,
    ],
    'log Σ exp over rows': [
      () =>
        line()
          .logDensity('softmax', ({ u, a }) => logSumExp(u.mul(a)), { role: 'likelihood' })
          .condition(data),
      /logSumExp takes rows together/,
    ],
    'rows less their sum': [
      () =>
        line()
          .logDensity(
            'centred',
            ({ u, a }) => {
              const f = exp(u.mul(a));
              return square(f.sub(mean(f)));
            },
            { role: 'likelihood' },
          )
          .condition(data),
      /combines single rows with a sum over rows/,
    ],
    'rows and their neighbours': [
      () =>
        line()
          .logDensity(
            'steps',
            ({ u, a }) => {
              const f = exp(u.mul(a));
              return square(f.slice(1).sub(f.slice(0, -1)));
            },
            { role: 'likelihood' },
          )
          .condition(data),
      /slice takes rows together/,
    ],
    'lagged data': [
      () =>
        line()
          .logDensity('lags', ({ u, a }) => square(u.slice(1).sub(u.slice(0, -1).mul(a))), {
            role: 'likelihood',
          })
          .condition(data),
      /do not follow them one by one/,
    ],
    'a covariance of rows': [
      () =>
        line()
          .observe('v', ({ u, a }) =>
            multivariateNormal(0, {
              covariance: exp(
                square(u.reshape([ROWS, 1]).sub(u))
                  .mul(exp(a))
                  .neg(),
              ).add(diagonalMatrix(new Array(ROWS).fill(1))),
            }),
          )
          .condition(data),
      /'v'/,
    ],
    'nothing but sums of the data': [
      () =>
        model({ y: matrix('row', 'column') })
          .param('mu', normal(0, 1), { dims: ['column'] })
          .observe('y', ({ mu }) =>
            multivariateNormal(mu, {
              covariance: [
                [1, 0],
                [0, 1],
              ],
            }),
          )
          .condition({ y: table(2, 1) }),
      /by a few sums/,
    ],
    'as many columns as rows': [
      () =>
        model({ x: matrix('row', 'column'), v: vector('row') })
          .param('b', normal(0, 1), { dims: ['column'] })
          .observe('v', ({ x, b }) => studentT(3, x.matmul(b), 1))
          .condition({ x: table(ROWS, 1), v: data.v }),
      /more than one axis is as long as there are rows/,
    ],
    'a parameter for each row': [
      () =>
        model({ v: vector('row') })
          .param('z', normal(0, 1), { dims: ['row'] })
          .observe('v', ({ z }) => normal(z, 1))
          .condition({ v: data.v }),
      /'z' has an element for each 'row'/,
    ],
    'discrete parameters': [
      () =>
        model({ v: vector('row') })
          .param('k', poisson(2))
          .observe('v', ({ k }) => normal(k, 1))
          .condition({ v: data.v }),
      /continuous parameters, got discrete 'k'/,
    ],
    'an unnamed parameter for each row': [
      () =>
        model({ v: vector('row') })
          .param('z', normal(0, 1), { dims: [ROWS] })
          .observe('v', ({ z }) => normal(z, 1))
          .condition({ v: data.v }),
      /a parameter with an element for each row/,
    ],
  };
  for (const [name, [make, message]] of Object.entries(refused)) {
    it(name, () => {
      expect(() => batchTarget(make(), { dimension: 'row', size: 4 })).toThrow(message);
    });
  }

  it('a dimension that the data do not have, and a batch larger than they are', () => {
    const posterior = cases['a logistic regression']();
    expect(() => batchTarget(posterior, { dimension: 'rows', size: 4 })).toThrow(
      /got 'rows'; did you mean 'row'/,
    );
    expect(() => batchTarget(posterior, { dimension: 'row', size: 13 })).toThrow(
      /at most the 12 rows of 'row', got 13/,
    );
  });
});
