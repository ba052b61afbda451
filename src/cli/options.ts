/** What the command line may say, and how its words become numbers. */

import { Argument, InvalidArgumentError, Option } from 'commander';

/** Options of `credence sample`, as commander hands them over. */
export interface SampleOptions {
  readonly data?: string;
  readonly chains: number;
  readonly warmup: number;
  readonly draws?: number;
  readonly thin: number;
  readonly seed?: number;
  readonly targetAcceptance: number;
  readonly maxTreeDepth: number;
  readonly metric: 'auto' | 'diagonal' | 'dense' | 'unit';
  readonly initial?: string;
  readonly radius: number;
  readonly workers: number | 'auto';
  readonly untilEss?: number;
  readonly untilRhat?: number;
  readonly seconds?: number;
  /** Names of quantities; false: none in memory. */
  readonly keep?: readonly string[] | false;
  readonly out?: string;
  readonly resume?: string;
  readonly json?: boolean;
  readonly stackTrace?: boolean;
}

export const modelArgument = new Argument(
  '[model]',
  'TypeScript or JavaScript module whose default export is a model or a conditioned posterior',
);

export const sampleOptions: readonly Option[] = [
  new Option(
    '--data <file>',
    'JSON file of named values to condition the model on; names it does not use are ignored',
  ),
  new Option('--chains <n>', 'chains').default(4).argParser(number),
  new Option('--warmup <n>', 'transitions of adaptation per chain').default(500).argParser(number),
  new Option('--draws <n>', 'draws kept per chain (default: 1000; at most 10000 with --until-…)').argParser(
    number,
  ),
  new Option('--until-ess <n>', 'end when bulk and tail ESS of all quantities are n').argParser(number),
  new Option('--until-rhat <r>', 'end when R-hat of no quantity is above r').argParser(number),
  new Option('--seconds <s>', 'end after s seconds').argParser(number),
  new Option('--thin <n>', 'keep every n-th transition').default(1).argParser(number),
  new Option('--seed <n>', 'the same seed gives the same draws (default: a fresh one)').argParser(number),
  new Option('--target-acceptance <p>', 'acceptance that warm-up aims at').default(0.8).argParser(number),
  new Option('--max-tree-depth <n>', 'longest trajectory: 2^n steps').default(10).argParser(number),
  new Option('--metric <kind>', 'scales learnt in warm-up')
    .choices(['auto', 'diagonal', 'dense', 'unit'])
    .default('auto'),
  new Option('--initial <file>', 'JSON file of starting values by parameter name; others are drawn'),
  new Option('--radius <r>', 'other starting values are uniform(-r, r), unconstrained')
    .default(2)
    .argParser(number),
  new Option('--workers <n>', "worker threads; 0 for none, 'auto' as the run needs")
    .default('auto')
    .argParser(workers),
  new Option(
    '--keep <names>',
    "only these quantities, separated by commas; 'none': none in memory",
  ).argParser(kept),
  new Option(
    '--out <dir>',
    'write draws there as they come; at the end output_1.csv, … (as CmdStan), draws.json, summary.json',
  ),
  new Option('--resume <dir>', 'go on with the run in that directory; with --draws, to more draws'),
  new Option('--json', 'print the summary as JSON, and nothing else'),
];

/** A number; whether it lies where it should is the sampler's to say. */
function number(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || Number.isNaN(value)) throw new InvalidArgumentError(`'${text}' is not a number.`);
  return value;
}

function kept(text: string): readonly string[] | false {
  return text === 'none' ? false : text.split(',');
}

function workers(text: string): number | 'auto' {
  return text === 'auto' ? text : number(text);
}
