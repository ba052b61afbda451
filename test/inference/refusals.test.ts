/** What makes no sense is refused in words that help: misspelt options, models without data, missing functions. */

import { describe, expect, test } from 'vitest';
import {
  bridgeSampling,
  compare,
  kFold,
  laplaceApproximation,
  leaveFutureOut,
  logLikelihood,
  loo,
  maximumAPosteriori,
  maximumLikelihood,
  mclmc,
  metropolis,
  model,
  normal,
  nuts,
  parallelTempering,
  pathfinder,
  predict,
  priorPredictive,
  sequentialMonteCarlo,
  sliceSampling,
  stein,
  variational,
  vector,
  waic,
} from '../../src';

const levels = model({ y: vector('row') })
  .param('mu', normal(0, 10))
  .observe('y', ({ mu }) => normal(mu, 1));
const data = { y: [1.2, 0.7, 1.9, 1.1] };
const posterior = levels.condition(data);
const fit = await nuts(posterior, { seed: 1, chains: 2, draws: 200, warmup: 100 });

/** As a caller without a compiler would write it. */
const wrong = (options: object): never => options as never;

describe('options that do not exist', () => {
  test.each([
    [
      'kFold',
      () => kFold(posterior, wrong({ sample: nuts, fold: 2 })),
      /no option 'fold'; did you mean 'folds'/,
    ],
    [
      'leaveFutureOut',
      () => leaveFutureOut(posterior, wrong({ sample: nuts, begin: 2 })),
      /no option 'begin'/,
    ],
    ['loo', () => loo(posterior, fit, wrong({ momentMatch: true })), /did you mean 'momentMatching'/],
    ['waic', () => waic(posterior, fit, wrong({ name: ['y'] })), /did you mean 'names'/],
    ['bridgeSampling', () => bridgeSampling(posterior, fit, wrong({ sed: 1 })), /did you mean 'seed'/],
    ['predict', () => predict(posterior, fit, wrong({ repeat: 2 })), /did you mean 'repeats'/],
    ['priorPredictive', () => priorPredictive(levels, data, wrong({ draw: 2 })), /did you mean 'draws'/],
    [
      'flow',
      () => variational(posterior, wrong({ family: 'flow', flow: { layer: [] } })),
      /flow: there is no option 'layer'; did you mean 'layers'/,
    ],
  ])('%s', async (_, call, message) => {
    await expect(call()).rejects.toThrow(message);
  });
});

test('a handful of draws says nothing about an approximation; resample() checks what it is given', async () => {
  const few = await variational(posterior, { seed: 1, draws: 10 });
  expect(few.warnings.join()).toMatch(/cannot be told from so few draws/);
  expect(() => few.resample(wrong({ sed: 1 }))).toThrow(/did you mean 'seed'/);
  expect(() => few.resample({ draws: 0 })).toThrow(/draws must be an integer ≥ 1/);
});

describe('options without effect', () => {
  test('rank and flow belong to a family each', async () => {
    await expect(variational(posterior, { rank: 1 })).rejects.toThrow(/rank goes with family 'low-rank'/);
    await expect(variational(posterior, { family: 'full-rank', flow: { hidden: 8 } })).rejects.toThrow(
      /flow goes with family 'flow', got 'full-rank'/,
    );
  });

  test('a checkpoint is more than a path', async () => {
    await expect(nuts(posterior, wrong({ checkpoint: '/tmp/run' }))).rejects.toThrow(/runDirectory/);
  });

  test('weights of an unknown kind', async () => {
    const comparison = await compare({ one: await loo(posterior, fit) });
    expect(() => comparison.weights('bma' as never)).toThrow(/'stacking' or 'pseudoBma'/);
  });
});

test.each([
  ['nuts', nuts],
  ['sliceSampling', sliceSampling],
  ['mclmc', mclmc],
  ['metropolis', metropolis],
  ['parallelTempering', parallelTempering],
  ['sequentialMonteCarlo', sequentialMonteCarlo],
  ['variational', variational],
  ['pathfinder', pathfinder],
  ['stein', stein],
  ['laplaceApproximation', laplaceApproximation],
  ['maximumAPosteriori', maximumAPosteriori],
  ['maximumLikelihood', maximumLikelihood],
])('%s says that a model lacks its data', async (_, infer) => {
  await expect(infer(levels as never)).rejects.toThrow(/a model without data: call its \.condition\(data\)/);
});

test('functions that sample must be there', async () => {
  await expect(kFold(posterior, wrong({}))).rejects.toThrow(/kFold: sample must be a function/);
  await expect(leaveFutureOut(posterior, wrong({ start: 2 }))).rejects.toThrow(/sample must be a function/);
});

test('a point has nothing to leave out by, and no names are no choice', async () => {
  const point = await maximumLikelihood(posterior, { seed: 1 });
  await expect(loo(posterior, point)).rejects.toThrow(/a point cannot be reweighted/);
  await expect(logLikelihood(posterior, fit, { names: [] })).rejects.toThrow(/names must name/);
});
