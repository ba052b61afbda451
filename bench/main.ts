/**
 * `npm run bench [-- --json] [--model NAME]`: gradients of posteriors in WebAssembly, in the baseline, in hand-written
 * TypeScript and in a hand-fused kernel, and what else costs time or bytes. `--json` prints the gradients as JSON and
 * nothing else; `--model` keeps the models whose name contains NAME.
 */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { loadBenchModule } from './bench-module';
import { figures } from './figures';
import { measureCandidate, type Row } from './gradients';
import { candidates } from './models';
import { figureTable, gradientTable } from './table';

const { values } = parseArgs({
  options: { json: { type: 'boolean' }, model: { type: 'string' }, alone: { type: 'string' } },
});

if (values.alone !== undefined) {
  const candidate = candidates[Number(values.alone)];
  console.log(JSON.stringify(await measureCandidate(await loadBenchModule(), candidate)));
} else {
  const wanted = values.model?.toLowerCase() ?? '';
  const rows: Row[] = [];
  candidates.forEach(({ model }, number) => {
    if (!model.toLowerCase().includes(wanted)) return;
    if (!values.json) process.stderr.write(`${model} …\n`);
    rows.push(measureApart(number));
  });
  if (rows.length === 0) {
    const names = candidates.map(({ model }) => model).join(', ');
    throw new Error(`--model: no model is called '${values.model}'; there are: ${names}`);
  }
  if (values.json) console.log(JSON.stringify(rows, undefined, 2));
  else {
    console.log(gradientTable(rows));
    if (values.model === undefined) console.log(`\n${figureTable(await figures(await loadBenchModule()))}`);
  }
}

/** Measures a model in a process of its own, where the engine optimises each script for that model alone. */
function measureApart(number: number): Row {
  const script = fileURLToPath(import.meta.url);
  return JSON.parse(
    execFileSync(process.execPath, [script, '--alone', String(number)], { encoding: 'utf8' }),
  );
}
