/**
 * `npm run bench [-- --json] [--model NAME]`: gradients of posteriors in WebAssembly, in the baseline, in hand-written
 * TypeScript and in a hand-fused kernel, and what else costs time or bytes. `--json` prints the gradients as JSON and
 * nothing else; `--model` keeps the models whose name contains NAME.
 */
import { parseArgs } from 'node:util';
import { loadBenchModule } from './bench-module';
import { figures } from './figures';
import { measureCandidate, type Row } from './gradients';
import { candidates } from './models';
import { figureTable, gradientTable } from './table';

const { values } = parseArgs({ options: { json: { type: 'boolean' }, model: { type: 'string' } } });
const wanted = values.model?.toLowerCase() ?? '';
const chosen = candidates.filter(({ model }) => model.toLowerCase().includes(wanted));
if (chosen.length === 0) {
  const names = candidates.map(({ model }) => model).join(', ');
  throw new Error(`--model: no model is called '${values.model}'; there are: ${names}`);
}

const module = await loadBenchModule();
const rows: Row[] = [];
for (const candidate of chosen) {
  if (!values.json) process.stderr.write(`${candidate.model} …\n`);
  rows.push(await measureCandidate(module, candidate));
}
if (values.json) console.log(JSON.stringify(rows, undefined, 2));
else {
  console.log(gradientTable(rows));
  if (values.model === undefined) console.log(`\n${figureTable(await figures(module))}`);
}
