/** What new data may look like, and what is said of data that do not fit. */
import { beforeAll, describe, expect, it } from 'vitest';
import {
  autoregressive,
  flat,
  index,
  lower,
  model,
  normal,
  nuts,
  predict,
  priorPredictive,
  vector,
  type Fit,
} from 'credence';

const regression = model({ x: vector('row'), y: vector('row'), group: index('row', 'group') })
  .param('level', normal(0, 5), { dims: ['group'] })
  .param('slope', normal(0, 5))
  .derive('mean', ({ level, slope, x, group }) => level.gather(group).add(slope.mul(x)), { dims: ['row'] })
  .derive('residual', ({ y, mean }) => y.sub(mean))
  .observe('y', ({ mean }) => normal(mean, 0.01));

const posterior = regression.condition({
  x: [0, 1, 2, 3],
  y: [1, 3, 15, 17],
  group: ['a', 'a', 'b', 'b'],
});
let fit: Fit;
beforeAll(async () => {
  fit = (await nuts(posterior, { chains: 2, warmup: 300, draws: 200, seed: 1, workers: 0 })) as Fit;
});

describe('new data', () => {
  const data = { x: [10, -1, 4], group: ['b', 'a', 'b'] };

  it('may have other lengths and leave out what is predicted', async () => {
    const predicted = await predict(posterior, fit, { data, seed: 1 });
    expect(predicted.names).toEqual(['mean', 'y']);
    const y = predicted.draws('y');
    expect([y.shape, y.dims, y.chains, y.draws]).toEqual([[3], ['row'], 2, 200]);
    // y = 1 + 2x in a, 11 + 2x in b, all but exactly.
    [31, -1, 19].forEach((value, i) => expect(y.mean()[i]).toBeCloseTo(value, 0));
    const [mean, slope, level] = [
      predicted.draws('mean').at(0)[1],
      fit.draws('slope').at()[1],
      fit.draws('level').at(1)[1],
    ];
    mean.forEach((value, draw) => expect(value).toBeCloseTo(level[draw] + 10 * slope[draw], 12));
  });

  it('are the old ones by default, so that what reads observations is there', async () => {
    const predicted = await predict(posterior, fit, { seed: 1 });
    expect(predicted.names).toEqual(['mean', 'residual', 'y']);
    expect([...predicted.draws('mean').flat()]).toEqual([...fit.draws('mean').flat()]);
  });

  it('give the same draws for a seed, with derived quantities or without, and others for another', async () => {
    const flatDraws = async (seed: number, names?: string[]): Promise<number[]> => [
      ...(await predict(posterior, fit, { data, seed, names })).draws('y').flat(),
    ];
    const first = await flatDraws(5);
    expect(await flatDraws(5)).toEqual(first);
    expect(await flatDraws(5, ['y'])).toEqual(first);
    expect(await flatDraws(6)).not.toEqual(first);
  });

  it.each([
    [{ data: { group: ['a'] } }, "observe 'y': 'mean' is not known here: data 'x' is missing"],
    [{ data, names: ['residual'] }, "derived 'residual': data 'y' is missing"],
    [{ data: { x: [1], group: ['c'] } }, "'c', which is not a label of 'group'"],
    [{ data: { x: [1, 2], group: ['a'] } }, "dimension 'row' has length 2 in data 'x' but 1 in data 'group'"],
    [{ names: ['z'] }, "the model has no 'z'"],
    [{ seed: -1 }, 'seed must be an integer'],
  ])('%o are refused', async (options, message) => {
    await expect(predict(posterior, fit, options)).rejects.toThrow(new RegExp(message));
  });

  it('do not go with the fit of another model', async () => {
    const other = model({ y: vector('row') })
      .param('mu', normal(0, 1))
      .observe('y', ({ mu }) => normal(mu, 1))
      .condition({ y: [1] });
    await expect(predict(other, fit)).rejects.toThrow(
      /has the parameters mu \[\], but the fit has level \[2\], slope/,
    );
  });
});

describe('a prior', () => {
  it('follows what comes before, and gives parameters their dimensions', async () => {
    const drawn = await priorPredictive(regression, { x: [1, 2], group: [0, 1] }, { draws: 50, seed: 3 });
    expect(drawn.names).toEqual(['level', 'slope', 'mean', 'y']);
    const [mean, slope, level] = [
      drawn.draws('mean').at(1)[0],
      drawn.draws('slope').at()[0],
      drawn.draws('level').at(1)[0],
    ];
    mean.forEach((value, draw) => expect(value).toBeCloseTo(level[draw] + 2 * slope[draw], 12));
  });

  it('is refused where it cannot be drawn from', async () => {
    const start = model({ y: vector('row') });
    const rejects = (tried: Parameters<typeof priorPredictive>[0], message: RegExp): Promise<void> =>
      expect(priorPredictive(tried as never, { y: [1, 2, 3] } as never)).rejects.toThrow(message);
    await rejects(start.param('a', flat()) as never, /parameter 'a': flat: cannot be drawn from/);
    await rejects(
      start.param('a', normal(0, 1), { constraint: lower(0) }) as never,
      /parameter 'a': a prior that a constraint cuts off/,
    );
    await rejects(
      start.param('a', normal(0, 1)).logDensity('soft', ({ a }) => a, { role: 'prior' }) as never,
      /logDensity 'soft': a prior with such a term/,
    );
    await rejects(
      start.param('a', normal(0, 1)).observe('y', () => autoregressive([0.5], 1)) as never,
      /observe 'y': autoregressive: cannot be drawn from/,
    );
  });
});
