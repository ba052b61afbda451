/** What the command line may say, and how its words become numbers. */

import { Argument, InvalidArgumentError, Option } from 'commander';

/** Options of `credence sample`, as commander hands them over. */
export interface SampleOptions {
  readonly data?: string;
  readonly chains: number;
  readonly warmup: number;
  readonly draws: number;
  readonly thin: number;
  readonly seed?: number;
  readonly targetAcceptance: number;
  readonly maxTreeDepth: number;
  readonly metric: 'diagonal' | 'dense' | 'unit';
  readonly initial?: string;
  readonly radius: number;
  readonly workers: number | 'auto';
  readonly out?: string;
  readonly json?: boolean;
  readonly stackTrace?: boolean;
}

export const modelArgument = new Argument(
  '<model>',
  'TypeScript or JavaScript module whose default export is a model or a conditioned posterior',
);

export const sampleOptions: readonly Option[] = [
  new Option(
    '--data <file>',
    'JSON file of named values to condition the model on; names it does not use are ignored',
  ),
  new Option('--chains <n>', 'chains').default(4).argParser(number),
  new Option('--warmup <n>', 'transitions of adaptation per chain').default(1000).argParser(number),
  new Option('--draws <n>', 'draws kept per chain').default(1000).argParser(number),
  new Option('--thin <n>', 'keep every n-th transition').default(1).argParser(number),
  new Option('--seed <n>', 'the same seed gives the same draws (default: a fresh one)').argParser(number),
  new Option('--target-acceptance <p>', 'acceptance that warm-up aims at').default(0.8).argParser(number),
  new Option('--max-tree-depth <n>', 'longest trajectory: 2^n steps').default(10).argParser(number),
  new Option('--metric <kind>', 'scales learnt in warm-up')
    .choices(['diagonal', 'dense', 'unit'])
    .default('diagonal'),
  new Option('--initial <file>', 'JSON file of starting values by parameter name; others are drawn'),
  new Option('--radius <r>', 'other starting values are uniform(-r, r), unconstrained')
    .default(2)
    .argParser(number),
  new Option('--workers <n>', "worker threads; 0 for none, 'auto' as the run needs")
    .default('auto')
    .argParser(workers),
  new Option('--out <dir>', 'write output_1.csv, … (as CmdStan), draws.json and summary.json there'),
  new Option('--json', 'print the summary as JSON, and nothing else'),
];

/** A number; whether it lies where it should is the sampler's to say. */
function number(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || Number.isNaN(value)) throw new InvalidArgumentError(`'${text}' is not a number.`);
  return value;
}

function workers(text: string): number | 'auto' {
  return text === 'auto' ? text : number(text);
}
