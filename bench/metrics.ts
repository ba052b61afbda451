/**
 * `npm run bench:metrics [-- NAME]`: gradients per effective draw of NUTS with each metric, on posteriors of posteriordb (where
 * the collection lies beside the project), on models with strong correlations in many dimensions, and on a Gaussian with few
 * strong directions.
 */
import { existsSync, readFileSync } from 'node:fs';
import { essBulk, rhat } from '../src/diagnostics';
import { type Fit, fromFunction, type Metric, nuts, type Samplable } from '../src/inference';
import { crossedEffects } from './models/crossed-effects';
import { itemResponse } from './models/item-response';
import { density, structured } from './models/structured-gaussian';
import { plainTable } from './table';

const METRICS: readonly Metric[] = ['auto', 'diagonal', 'dense', 'low-rank'];
const SEEDS = [1, 2, 3, 4, 5];
/** Beyond this a run has not converged. */
const CONVERGED = 1.05;
/** A dense metric of more dimensions takes minutes to learn. */
const DENSE = 400;

const collection = new URL('../../shared/posteriordb/', import.meta.url);

type Subject = readonly [name: string, build: () => Samplable | Promise<Samplable>];

/** A posterior of the collection, as the examples have it. */
function stored(name: string): Subject {
  return [
    name,
    async () => {
      const { default: definition } = (await import(`../examples/posteriordb/${name}.ts`)) as {
        default: { condition(data: unknown): Samplable };
      };
      return definition.condition(JSON.parse(readFileSync(new URL(`${name}/data.json`, collection), 'utf8')));
    },
  ];
}

const gaussian = structured(1000, 1000, [400, 100, 30, 0.02, 0.004]);
const subjects: readonly Subject[] = [
  ...(existsSync(collection)
    ? [
        'eight_schools-eight_schools_noncentered',
        'garch-garch11',
        'gp_pois_regr-gp_pois_regr',
        'kidiq-kidscore_interaction',
        'sblrc-blr',
        'diamonds-diamonds',
      ].map(stored)
    : []),
  ['two crossed factors', () => crossedEffects(50, 500)],
  ['item response', () => itemResponse(20, 100).posterior],
  [
    'Gaussian, five strong directions',
    () => fromFunction({ parameters: { x: [1000] }, density: density(gaussian, new Float64Array(1000)) }),
  ],
];

/** Gradients, warm-up included, per effective draw of the worst quantity; infinite where a chain has not converged. */
function costOf(fit: Fit): number {
  let least = Infinity;
  for (let i = 0; i < fit.layout.size; i++) {
    const draws = fit.quantityDraws(i);
    if (rhat(draws) > CONVERGED) return Infinity;
    const ess = essBulk(draws);
    // Constants have none.
    if (ess > 0) least = Math.min(least, ess);
  }
  return fit.gradientEvaluations / least;
}

/** The median over the seeds. */
async function cost(posterior: Samplable, metric: Metric): Promise<number> {
  const costs: number[] = [];
  for (const seed of SEEDS) {
    costs.push(costOf(await nuts(posterior, { seed, metric })));
    if (costs.filter((value) => value === Infinity).length > SEEDS.length / 2) return Infinity;
  }
  return costs.sort((a, b) => a - b)[SEEDS.length >> 1];
}

const wanted = process.argv[2] ?? '';
const table = plainTable(['posterior', 'quantities', ...METRICS]);
for (const [name, build] of subjects) {
  if (!name.includes(wanted)) continue;
  process.stderr.write(`${name} …\n`);
  const posterior = await build();
  const { dimension } = (posterior as { target: { dimension: number } }).target;
  const cells = [];
  for (const metric of METRICS) {
    const tooMany = metric === 'dense' && dimension > DENSE;
    cells.push(tooMany ? '' : shown(await cost(posterior, metric)));
  }
  table.push([name, dimension, ...cells]);
}
console.log(table.toString());

function shown(value: number): string {
  return value === Infinity ? 'not converged' : value.toPrecision(3);
}
