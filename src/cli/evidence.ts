/** `credence evidence`: how probable the data are under each of some models, and how probable that makes the models. */

import { InvalidArgumentError, Option } from 'commander';
import { compareEvidence, type EvidenceComparison } from '../evidence';
import { requireProper } from '../evidence/proper';
import { alignedTable } from '../report/table';
import { command, does } from './command';
import {
  estimateEvidence,
  EVIDENCE_METHODS,
  type Estimated,
  type EvidenceCommandMethod,
} from './estimate-evidence';
import { addModelsOptions, inSteps, loadModels, type ModelsOptions, seedOf } from './models';
import { warn } from './words';

interface EvidenceOptions extends ModelsOptions {
  readonly method: EvidenceCommandMethod;
  readonly prior?: readonly number[];
}

export const evidence = addModelsOptions(
  command('evidence', {
    description: 'Estimate the evidence of models, p(data | model), and weigh them by it.',
    examples: [
      'credence evidence pooled.ts separate.ts --data schools.json --seed 1',
      'credence evidence line.ts --method exact',
      'credence evidence a.ts b.ts c.ts --method smc --prior 1,1,2 --json',
    ],
    notes:
      'Exit status: 0 it ran; 1 an error; 2 it ran, but some estimate is doubtful:\n' +
      'not converged, Pareto k above 0.7, or a standard error above 0.3.',
  }),
)
  .addOption(
    new Option('--method <name>', 'how the evidence is estimated')
      .choices(EVIDENCE_METHODS)
      .default('bridge'),
  )
  .addOption(
    new Option('--prior <p,…>', 'prior probabilities of the models, up to a factor').argParser(priors),
  );
does<[string[]], EvidenceOptions>(evidence, evidenceCommand);

/** Estimates, prints, and resolves to the exit status. */
export async function evidenceCommand(paths: string[], options: EvidenceOptions): Promise<number> {
  const { method, chains, draws, prior } = options;
  const seed = seedOf(options);
  if (prior !== undefined && prior.length !== paths.length) {
    throw new Error(`--prior has ${prior.length} probabilities, models: ${paths.length}`);
  }
  const models = await loadModels(paths, options.data, seed);
  // Before anything is sampled.
  for (const { name, posterior } of models) requireProper(name, posterior);
  const found = new Map<string, Estimated>();
  const run = await inSteps(async (signal, steps) => {
    for (const model of models) {
      steps.begin(model.name);
      found.set(model.name, await estimateEvidence(method, model, { chains, draws, signal, steps }));
    }
  });
  if ('status' in run) return run.status;
  const evidences = Object.fromEntries([...found].map(([name, { evidence }]) => [name, evidence]));
  const priorProbabilities = prior && Object.fromEntries(models.map(({ name }, i) => [name, prior[i]]));
  const comparison = compareEvidence(evidences, { ...(priorProbabilities && { priorProbabilities }) });
  process.stdout.write(
    options.json
      ? `${JSON.stringify(describe(comparison, found, seed), undefined, 2)}\n`
      : text(comparison, seed),
  );
  for (const [name, { evidence }] of found) {
    for (const warning of evidence.warnings) warn(`${name}: ${warning}`);
  }
  return [...found.values()].every(({ reliable }) => reliable) ? 0 : 2;
}

function text({ rows }: EvidenceComparison, seed: number): string {
  const alone = rows.length === 1;
  const header = ['', 'log evidence', 'se', ...(alone ? [] : ['log BF', 'se', 'P(model)', 'se'])];
  const cells = rows.map((row) => [
    row.name,
    row.logEvidence.estimate.toFixed(3),
    row.logEvidence.standardError.toFixed(3),
    ...(alone
      ? []
      : [
          row.logBayesFactor.toFixed(2),
          row.standardError.toFixed(2),
          row.probability.toPrecision(3),
          row.probabilityError.toPrecision(1),
        ]),
  ]);
  const { method } = rows[0].logEvidence;
  const by = method === 'exact' ? 'In closed form.' : `By ${method}; seed ${seed}.`;
  return `${alignedTable([header, ...cells])}\n\n${by}\n`;
}

function describe({ rows }: EvidenceComparison, found: ReadonlyMap<string, Estimated>, seed: number): object {
  const models = rows.map(({ name, logEvidence, ...row }) => ({
    name,
    logEvidence: logEvidence.estimate,
    logEvidenceError: logEvidence.standardError,
    logBayesFactor: row.logBayesFactor,
    logBayesFactorError: row.standardError,
    priorProbability: row.priorProbability,
    probability: row.probability,
    probabilityError: row.probabilityError,
    reliable: found.get(name)!.reliable,
    warnings: logEvidence.warnings,
  }));
  return { method: rows[0].logEvidence.method, seed, models };
}

function priors(text: string): number[] {
  const values = text.split(',').map(Number);
  if (values.every((value) => value > 0 && value < Infinity)) return values;
  throw new InvalidArgumentError(`'${text}' is not a list of numbers above 0, separated by commas.`);
}
