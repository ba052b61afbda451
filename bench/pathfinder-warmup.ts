/**
 * What Pathfinder's starting values bring NUTS: the largest R-hat after a warm-up of 30 transitions only, from its draws and
 * from random starts, median of five seeds, on posteriordb posteriors. Needs the collection beside the project.
 */
import { readFileSync } from 'node:fs';
import { nuts, pathfinder, type NutsOptions, type Samplable } from '../src';

const names = [
  'arK-arK',
  'eight_schools-eight_schools_noncentered',
  'garch-garch11',
  'gp_pois_regr-gp_regr',
  'hmm_example-hmm_example',
  'kidiq-kidscore_interaction',
  'mesquite-logmesquite_logvash',
  'nes1980-nes',
];
const median = (values: number[]): number => values.sort((a, b) => a - b)[values.length >> 1];
console.log('| posterior | R-hat from its draws | from random starts |\n|---|---|---|');
for (const name of names) {
  const { default: model } = await import(`../examples/posteriordb/${name}.ts`);
  const data = readFileSync(new URL(`../../shared/posteriordb/${name}/data.json`, import.meta.url), 'utf8');
  const posterior: Samplable = model.condition(JSON.parse(data));
  const worst = async (options: NutsOptions): Promise<number> => {
    const fit = await nuts(posterior, { warmup: 30, draws: 100, workers: 0, ...options });
    return Math.max(
      ...fit
        .summary()
        .rows.filter(({ sd }) => sd > 0)
        .map(({ rhat }) => rhat),
    );
  };
  const [warm, cold]: [number[], number[]] = [[], []];
  for (let seed = 1; seed <= 5; seed++) {
    const fit = await pathfinder(posterior, { seed });
    warm.push(await worst({ seed, initial: fit.initialValues(4) }));
    cold.push(await worst({ seed }));
  }
  console.log(`| ${name.split('-').at(-1)} | ${median(warm).toFixed(2)} | ${median(cold).toFixed(2)} |`);
}
