/**
 * Predictions by five methods through one call: a regression on ten predictors, with little data and with much. What is
 * plugged in (the maximum of the likelihood) forgets that coefficients and noise are uncertain: with little data its
 * intervals are far too narrow. With much data all methods agree.
 */
import {
  coverage,
  crps,
  halfNormal,
  laplaceApproximation,
  logLikelihood,
  logScore,
  matmul,
  matrix,
  maximumAPosteriori,
  maximumLikelihood,
  model,
  type NamedDraws,
  normal,
  nuts,
  predict,
  random,
  variational,
  vector,
} from 'credence';

const PREDICTORS = 10;
const NEW_ROWS = 500;
/** Draws of the data for each draw of an approximation: a point estimate is one draw, from which many predictions come. */
const PREDICTIVE_DRAWS = 2000;

const regression = model({ x: matrix('row', 'predictor'), y: vector('row') })
  .param('b', normal(0, 1), { dims: ['predictor'] })
  .param('sigma', halfNormal(2))
  .observe('y', ({ x, b, sigma }) => normal(matmul(x, b), sigma));

const stream = await random(1);
const truth = stream.normal(PREDICTORS);

function rows(count: number): { x: number[][]; y: Float64Array } {
  const x = Array.from({ length: count }, () => [...stream.normal(PREDICTORS)]);
  const errors = stream.normal(count);
  const y = errors.map((error, i) => x[i].reduce((sum, value, k) => sum + value * truth[k], error));
  return { x, y };
}

/** What a method says of rows that it has not seen. */
export interface Scores {
  readonly method: string;
  /** Mean log score: higher is better. */
  readonly logScore: number;
  /** Mean continuous ranked probability score: lower is better. */
  readonly crps: number;
  /** Share of the rows that lie in their 90 % intervals. */
  readonly coverage: number;
}

async function scoresOf(seen: number): Promise<Scores[]> {
  const posterior = regression.condition(rows(seen));
  const unseen = rows(NEW_ROWS);
  const results: Readonly<Record<string, NamedDraws>> = {
    'maximum likelihood': await maximumLikelihood(posterior, { seed: 1 }),
    'maximum a posteriori': await maximumAPosteriori(posterior, { seed: 1 }),
    Laplace: await laplaceApproximation(posterior, { seed: 1, draws: PREDICTIVE_DRAWS }),
    'mean-field VI': await variational(posterior, { seed: 1, draws: PREDICTIVE_DRAWS }),
    'full posterior': await nuts(posterior, { seed: 1, draws: PREDICTIVE_DRAWS / 4 }),
  };
  const scores: Scores[] = [];
  for (const [method, result] of Object.entries(results)) {
    // One call for all of them; a point estimate is a single draw, which is repeated.
    const count = result.drawsPerChain * result.quantityDraws(0).length;
    const predictions = await predict(posterior, result, {
      ...{ data: unseen, names: ['y'], seed: 2 },
      repeats: PREDICTIVE_DRAWS / count,
    });
    const drawn = Array.from(unseen.y, (_, i) => flat(predictions.quantityDraws(i)));
    const likelihood = await logLikelihood(regression.condition(unseen), result);
    const densities = Array.from(unseen.y, (_, i) => flat(likelihood.quantityDraws(i)));
    scores.push({
      method,
      logScore: mean(logScore(densities)),
      crps: mean(crps(unseen.y, drawn)),
      coverage: coverage(unseen.y, drawn, 0.9),
    });
  }
  return scores;
}

function flat(chains: readonly Float64Array[]): number[] {
  return chains.flatMap((chain) => [...chain]);
}

function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

export const little = await scoresOf(15);
export const much = await scoresOf(2000);

for (const [title, scores] of [
  ['15 rows', little],
  ['2000 rows', much],
] as const) {
  console.log(`${title.padEnd(20)}  log score   CRPS  coverage of 90 %`);
  for (const { method, ...score } of scores) {
    console.log(
      `${method.padEnd(20)}  ${score.logScore.toFixed(3).padStart(9)}  ${score.crps.toFixed(3)}  ${score.coverage.toFixed(3).padStart(16)}`,
    );
  }
  console.log('');
}
