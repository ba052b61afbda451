/** Conditioning on further data: in parts as on all of it, and an error where parts are not that. */
import { describe, expect, it } from 'vitest';
import {
  autoregressive,
  bernoulliLogit,
  betaBernoulli,
  bernoulli,
  beta,
  exact,
  exponential,
  index,
  integers,
  matmul,
  matrix,
  model,
  normal,
  nuts,
  vector,
  type Posterior,
} from '../../src';
import { BaselineProgram } from '../../src/backend/baseline';

/** Log density at some positions. */
function densities(posterior: Posterior): number[] {
  const program = new BaselineProgram(posterior.target.program);
  return [-0.7, 0.1, 0.4].map((start) => {
    const position = Float64Array.from({ length: posterior.dimension }, (_, i) => start + 0.3 * i);
    return program.density(position, new Float64Array(posterior.dimension));
  });
}

function expectSame(a: Posterior, b: Posterior): void {
  const [left, right] = [densities(a), densities(b)];
  left.forEach((value, i) => expect(Math.abs(value - right[i])).toBeLessThan(1e-11 * Math.abs(right[i])));
}

const regression = model({ x: matrix('row', 2), y: integers('row') })
  .param('b', normal(0, 2), { dims: [2] })
  .observe('y', ({ x, b }) => bernoulliLogit(matmul(x, b)));
const rows = {
  x: [
    [1, 0.3],
    [1, -2],
    [1, 1.5],
    [1, 0.2],
    [1, -0.4],
  ],
  y: [1, 0, 1, 1, 0],
};
const part = (from: number, to: number) => ({ x: rows.x.slice(from, to), y: rows.y.slice(from, to) });

const counties = model({ county: index('row', 'county'), y: vector('row') })
  .param('sd', exponential(1))
  .param('a', ({ sd }) => normal(0, sd), { dims: ['county'] })
  .observe('y', ({ a, county }) => normal(a.gather(county), 1));

const series = model({ y: vector('time') })
  .param('phi', normal(0, 0.5))
  .param('sd', exponential(1))
  .observe('y', ({ phi, sd }) => autoregressive(phi.reshape([1]), sd));

describe('independent rows', () => {
  it('give the posterior of all data, in any order and split', () => {
    const whole = regression.condition(rows);
    expectSame(regression.condition(part(0, 2)).update(part(2, 5)), whole);
    expectSame(regression.condition(part(3, 5)).update(part(0, 1)).update(part(1, 3)), whole);
  });

  it('may be in groups that are known', () => {
    const first = { county: ['b', 'a', 'c', 'b'], y: [1, 2, 3, 4] };
    const whole = counties.condition({ county: [...first.county, 'c'], y: [...first.y, 0] });
    expectSame(counties.condition(first).update({ county: ['c'], y: [0] }), whole);
    const byNumber = { county: [1, 0, 2, 1], y: [1, 2, 3, 4] };
    const numbered = counties.condition({ county: [...byNumber.county, 0], y: [...byNumber.y, 0] });
    expectSame(counties.condition(byNumber).update({ county: [0], y: [0] }), numbered);
  });

  it('may have labels, and quantities of their own that are only derived', () => {
    const labelled = model({ y: vector('day') })
      .param('m', normal(0, 1))
      .derive('excess', ({ y, m }) => y.sub(m), { dims: ['day'] })
      .observe('y', ({ m }) => normal(m, 1));
    const first = labelled.condition({ y: [1, 2] }, { coords: { day: ['Mon', 'Tue'] } });
    const both = first.update({ y: [4] }, { coords: { day: ['Wed'] } });
    expectSame(both, labelled.condition({ y: [1, 2, 4] }));
    expect(both.layout.coords.day).toEqual(['Mon', 'Tue', 'Wed']);
    expectSame(labelled.condition({ y: [1, 2] }).update({ y: [4] }), both);
  });

  it('sampled batch by batch or at once agree, and both with the closed form', async () => {
    const coin = model({ y: integers('n') })
      .param('p', beta(2, 2))
      .observe('y', ({ p }) => bernoulli(p));
    const posterior = coin.condition({ y: [1, 0, 1] }).update({ y: [1, 1, 0, 1] });
    const closed = betaBernoulli({ alpha: 2, beta: 2 }).update([1, 0, 1]).update([1, 1, 0, 1]);
    expect(exact(posterior).hyperparameters).toEqual(closed.hyperparameters);
    const fit = await nuts(posterior, { chains: 2, draws: 2000, warmup: 500, seed: 8, workers: 0 });
    const { mean, mcseMean } = fit.summary().rows[0];
    expect(Math.abs(mean - closed.mean)).toBeLessThan(5 * mcseMean);
  });
});

describe('time series', () => {
  const first = [0.3, 0.5, -0.2, 0.1];
  const next = [0.4, 0.9];

  it('take what follows in time', () => {
    const whole = series.condition({ y: [...first, ...next] });
    expectSame(series.condition({ y: first }).update({ y: next }, { order: 'time' }), whole);
  });

  it('take nothing else', () => {
    expect(() => series.condition({ y: first }).update({ y: next })).toThrow(
      /not independent of the old ones given the parameters/,
    );
    const labelled = series.condition({ y: first }, { coords: { time: [1, 2, 3, 4] } });
    expect(labelled.update({ y: next }, { order: 'time', coords: { time: [5, 6] } }).dimension).toBe(2);
    expect(() => labelled.update({ y: next }, { order: 'time', coords: { time: [0, 1.5] } })).toThrow(
      /must go forward in time, but 0 comes after 4/,
    );
    expect(() => labelled.update({ y: next }, { order: 'time' })).toThrow(
      /dimension 'time' has length 4 in coords but 6 in data 'y'/,
    );
  });
});

it('says what does not fit', () => {
  const posterior = regression.condition(rows);
  const noise = { y: [1, 2, 3] };
  const refused: [() => unknown, RegExp][] = [
    [() => posterior.update({ z: [1] }), /'z' must be further rows of data whose first dimension has a name/],
    [() => posterior.update({ y: [1] }), /further rows of 'x' are missing/],
    [() => posterior.update({}), /further rows of 'x' are missing/],
    [() => posterior.update({ x: [[1]], y: [1] }), /ragged/],
    [() => posterior.update({ ...part(0, 1), y: 1 }), /'y' must be an array of further rows, got number/],
    [() => posterior.update(part(0, 1), { order: 'later' as never }), /order must be 'any' or 'time'/],
    [
      () => counties.condition({ county: ['a', 'b'], y: [1, 2] }).update({ county: ['c'], y: [1] }),
      /the model has 4 unconstrained parameters, with the old ones 3/,
    ],
    [
      () =>
        model({ y: vector('row') })
          .param('a', normal(0, 1), { dims: ['row'] })
          .observe('y', ({ a }) => normal(a, 1))
          .condition(noise)
          .update(noise),
      /parameter 'a' grows with the rows/,
    ],
    [
      // Data centred by their own mean know of each other.
      () =>
        model({ y: vector('row') })
          .param('m', normal(0, 1))
          .derive('z', ({ y }) => y.sub(y.mean()))
          .observe('z', ({ m }) => normal(m, 1))
          .condition(noise)
          .update({ y: [7, 9] }),
      /not independent/,
    ],
    [
      () =>
        model({ y: vector('row') })
          .param('m', ({ y }) => normal(y.mean(), 1))
          .observe('y', ({ m }) => normal(m, 1))
          .condition(noise)
          .update({ y: [7, 9] }),
      /the prior depends on the data/,
    ],
    [
      () =>
        model({ y: vector('row') })
          .dim('row', 3)
          .param('m', normal(0, 1))
          .observe('y', ({ m }) => normal(m, 1))
          .condition(noise)
          .update({ y: [7, 9] }),
      /dimension 'row' has length 3 in .dim but 5 in data 'y'/,
    ],
  ];
  for (const [act, message] of refused) expect(act).toThrow(message);
});
