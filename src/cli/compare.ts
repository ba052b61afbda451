/** `credence compare`: models side by side by how well they predict, or by their evidence. */

import { Option } from 'commander';
import { compare as compareElpd, type Comparison, type Elpd, kFold, loo, waic } from '../comparison';
import { nuts } from '../inference';
import type { Posterior } from '../model';
import { alignedTable } from '../report/table';
import { command, does } from './command';
import { evidenceCommand } from './evidence';
import {
  addModelsOptions,
  inSteps,
  loadModels,
  type ModelsOptions,
  type NamedModel,
  seedOf,
  type Steps,
} from './models';
import { number } from './values';
import { warn } from './words';

interface CompareOptions extends ModelsOptions {
  readonly criterion: 'loo' | 'waic' | 'kfold' | 'evidence';
  readonly folds: number;
  readonly momentMatching?: boolean;
  readonly refit?: boolean;
}

export const compare = addModelsOptions(
  command('compare', {
    description: 'Compare models of the same data by how well they predict, or by their evidence.',
    examples: [
      'credence compare pooled.ts separate.ts --data schools.json --seed 1',
      'credence compare line.ts curve.ts --refit',
      'credence compare line.ts curve.ts --criterion kfold --folds 5 --json',
    ],
    notes:
      'Exit status: 0 it ran; 1 an error; 2 it ran, but some estimate is doubtful:\n' +
      'chains that have not converged, or warnings.',
  }),
)
  .addOption(
    new Option('--criterion <name>', 'what models are compared by')
      .choices(['loo', 'waic', 'kfold', 'evidence'])
      .default('loo'),
  )
  .addOption(new Option('--folds <n>', 'parts of kfold').default(10).argParser(number))
  .addOption(new Option('--moment-matching', 'loo: move draws to where observations are missed'))
  .addOption(new Option('--refit', 'loo: sample anew without observations whose Pareto k is bad'));
does<[string[]], CompareOptions>(compare, async (paths, options) => {
  if (options.criterion === 'evidence') return evidenceCommand(paths, { ...options, method: 'bridge' });
  const seed = seedOf(options);
  const models = await loadModels(paths, options.data, seed);
  const run = await inSteps(async (signal, steps) => {
    const found = new Map<string, Judged>();
    for (const model of models) {
      steps.begin(model.name);
      found.set(model.name, await judge(model, options, signal, steps));
    }
    return found;
  });
  if ('status' in run) return run.status;
  const judged = [...run.result];
  const comparison = await compareElpd(Object.fromEntries(judged.map(([name, { elpd }]) => [name, elpd])), {
    seed,
  });
  process.stdout.write(
    options.json
      ? `${JSON.stringify(describe(comparison, run.result, seed), undefined, 2)}\n`
      : text(comparison, seed),
  );
  for (const [name, { converged, elpd }] of judged) {
    if (!converged) warn(`${name}: The chains have not converged: do not rely on this estimate.`);
    for (const warning of elpd.warnings) warn(`${name}: ${warning}`);
  }
  return judged.every(([, { converged, elpd }]) => converged && elpd.warnings.length === 0) ? 0 : 2;
});

interface Judged {
  readonly elpd: Elpd;
  /** Whether all chains did, those of refits too. */
  readonly converged: boolean;
}

async function judge(
  { posterior, seed }: NamedModel,
  { criterion, chains, draws = 1000, folds, momentMatching = false, refit = false }: CompareOptions,
  signal: AbortSignal,
  steps: Steps,
): Promise<Judged> {
  let converged = true;
  const sample = async (given: Posterior) => {
    const fit = await nuts(given, {
      ...{ seed, chains, draws, signal },
      ...(given === posterior && { onProgress: steps.onProgress }),
    });
    converged &&= fit.summary().converged;
    return fit;
  };
  if (criterion === 'kfold') {
    const onProgress = (fold: number): void => steps.note(`fold ${fold} of ${folds}`);
    return { elpd: await kFold(posterior, { sample, folds, seed, signal, onProgress }), converged };
  }
  const fit = await sample(posterior);
  const elpd =
    criterion === 'waic'
      ? await waic(posterior, fit)
      : await loo(posterior, fit, { momentMatching, ...(refit && { refit: sample }) });
  return { elpd, converged };
}

function text({ rows }: Comparison, seed: number): string {
  const header = ['', 'elpd', 'se', 'p', 'difference', 'se', 'stacking', 'pseudo-BMA+'];
  const cells = rows.map(({ name, elpd, ...row }) => [
    name,
    elpd.elpd.toFixed(1),
    elpd.standardError.toFixed(1),
    elpd.p?.toFixed(1) ?? '',
    row.difference.toFixed(1),
    row.standardError.toFixed(1),
    row.stacking.toFixed(2),
    row.pseudoBmaPlus.toFixed(2),
  ]);
  const { method, pointwise } = rows[0].elpd;
  return `${alignedTable([header, ...cells])}\n\n${method} of ${pointwise.elpd.length} observations; seed ${seed}.\n`;
}

function describe({ rows }: Comparison, judged: ReadonlyMap<string, Judged>, seed: number): object {
  const models = rows.map(({ name, elpd, ...row }) => ({
    name,
    elpd: elpd.elpd,
    elpdError: elpd.standardError,
    p: elpd.p,
    difference: row.difference,
    differenceError: row.standardError,
    stacking: row.stacking,
    pseudoBma: row.pseudoBma,
    pseudoBmaPlus: row.pseudoBmaPlus,
    converged: judged.get(name)!.converged,
    warnings: elpd.warnings,
  }));
  return { method: rows[0].elpd.method, observations: rows[0].elpd.pointwise.elpd.length, seed, models };
}
