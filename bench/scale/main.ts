/**
 * `npm run bench:scale`: time of a gradient and memory of a chain up to 100,000 parameters, drawn into docs/scale.svg,
 * and four chains of NUTS at 10,000, R-hat of every parameter included.
 */
import { writeFileSync } from 'node:fs';
import { nuts } from '../../src/inference';
import { specification } from '../../src/plot/specification';
import { toSVG } from '../../src/plot/svg';
import { type Cost, costOf } from './measure';
import { scalable } from './models';

const SIZES = [100, 300, 1000, 3000, 10_000, 30_000, 100_000];
const LARGE = 10_000;

const costs: Cost[] = [];
for (const candidate of scalable) {
  for (const parameters of SIZES) costs.push(await costOf(candidate, parameters));
}
console.log('| model | parameters | to a program | a gradient | a gradient, by parameter | memory |');
console.log('|---|--:|--:|--:|--:|--:|');
for (const { model, parameters, compileMilliseconds, gradientMicroseconds, mebibytes } of costs) {
  const each = (1000 * gradientMicroseconds) / parameters;
  console.log(
    `| ${model} | ${parameters} | ${compileMilliseconds.toFixed(0)} ms | ${gradientMicroseconds.toPrecision(3)} µs | ${each.toPrecision(2)} ns | ${mebibytes.toPrecision(3)} MiB |`,
  );
}
const picture = new URL('../docs/scale.svg', import.meta.url);
writeFileSync(picture, `${await toSVG(pictureOf(costs))}\n`);
console.log('\nThe picture is in docs/scale.svg.\n');

for (const { name, build } of scalable) {
  const posterior = build(LARGE);
  const fit = await nuts(posterior, { seed: 1, chains: 4, warmup: 1000, draws: 2000 });
  const began = performance.now();
  const summary = fit.summary();
  const rhat = summary.rows.reduce((most, row) => Math.max(most, row.rhat), 0);
  const least = (of: 'essBulk' | 'essTail'): number =>
    Math.round(summary.rows.reduce((least, row) => Math.min(least, row[of]), Infinity));
  console.log(
    `${name}, ${LARGE} parameters, 4 chains of 2000 draws: ${fit.timing.seconds.toFixed(1)} s ` +
      `(${fit.gradientEvaluations} gradients), summary ${((performance.now() - began) / 1000).toFixed(1)} s; largest R-hat ` +
      `${rhat.toFixed(4)}, least ESS ${least('essBulk')} (bulk), ${least('essTail')} (tail), ` +
      `${fit.stats.divergent.flatMap((flags) => [...flags]).filter((flag) => flag !== 0).length} divergent`,
  );
}

/** Both costs against the number of parameters, on logarithmic scales: lines of slope one are linear growth. */
function pictureOf(values: readonly Cost[]) {
  const panel = (field: string, title: string) => ({
    width: 300,
    height: 240,
    mark: { type: 'line', point: true },
    encoding: {
      x: { field: 'parameters', type: 'quantitative', scale: { type: 'log' }, title: 'parameters' },
      y: { field, type: 'quantitative', scale: { type: 'log' }, title },
      color: { field: 'model', type: 'nominal', title: null, legend: { orient: 'bottom', labelLimit: 0 } },
    },
  });
  return specification(
    'Cost of a gradient and of a chain',
    'Time of a gradient and memory of a chain against the number of parameters, both on logarithmic scales, for two models: from 1000 parameters on both grow linearly.',
    {
      data: { values },
      hconcat: [
        panel('gradientMicroseconds', 'a gradient, µs'),
        panel('mebibytes', 'memory of a chain, MiB'),
      ],
    },
  );
}
