/**
 * `npm run bench:stan [-- --json] [--model NAME]`: gradients of the benchmark's models beside those of the same models in
 * native Stan, compiled by R's package rstan. Both are single-threaded, and each reports the fastest of several samples.
 * With `--sampling`: whole runs of the posteriordb models, if `npm run build` was done and the collection is there.
 */
import { parseArgs } from 'node:util';
import { loadBenchModule, LoadedSubject } from '../bench-module';
import { Kernel } from '../kernel';
import { nanosecondsOf } from '../measure';
import { candidates } from '../models';
import { comparedPositions, pointAt, requireSameModel } from './agreement';
import { nativeVersion, runNative } from './native';
import { compareSampling, sampledModels, type SamplingRow, samplingTable } from './sampling';
import { comparisonTable, type Comparison } from './table';

const { values } = parseArgs({
  options: { json: { type: 'boolean' }, model: { type: 'string' }, sampling: { type: 'boolean' } },
});
const version = nativeVersion();

if (version === undefined) {
  console.error(
    'bench:stan needs Rscript with the package rstan, and neither answers here. ' +
      'On Debian: apt-get install r-cran-rstan r-cran-bh. Nothing was measured.',
  );
  process.exitCode = 1;
} else if (values.sampling) {
  const rows: SamplingRow[] = [];
  for (const model of sampledModels(values.model ?? '')) {
    process.stderr.write(`${model} …\n`);
    try {
      rows.push(await compareSampling(model));
    } catch (error) {
      // Others took minutes, which one failure must not cost.
      console.error(`${model}: ${(error as Error).message}`);
      process.exitCode = 1;
    }
  }
  console.log(values.json ? JSON.stringify({ version, rows }, undefined, 2) : samplingTable(version, rows));
} else {
  const module = await loadBenchModule();
  const wanted = values.model?.toLowerCase() ?? '';
  const rows: Comparison[] = [];
  for (const { model, build } of candidates) {
    if (!model.toLowerCase().includes(wanted)) continue;
    const subject = build();
    if (subject.stan === undefined) continue;
    process.stderr.write(`${model} …\n`);
    const positions = comparedPositions(subject);
    const points = positions.map((position) => pointAt(subject, position));
    const loaded = await LoadedSubject.create(module, subject);
    const ours = (): number => nanosecondsOf((times) => void loaded.repeat(Kernel.Interpreter, times));
    const before = ours();
    const { evaluations, nsGradient, compileSeconds } = runNative(subject.stan, points);
    requireSameModel(model, subject, positions, evaluations);
    // Before and after, so that neither side alone meets a bad moment of the machine.
    rows.push({ model, wasm: Math.min(before, ours()), stan: nsGradient, compileSeconds });
  }
  if (rows.length === 0) throw new Error(`--model: no model with a Stan program is called '${values.model}'`);
  console.log(values.json ? JSON.stringify({ version, rows }, undefined, 2) : comparisonTable(version, rows));
}
