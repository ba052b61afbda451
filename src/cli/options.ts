/** What `credence sample` may be told. */

import { Argument, Option } from 'commander';
import { initialOption, names, number, workersOption } from './values';

export const SAMPLER_NAMES = [
  'nuts',
  'hmc',
  'walnuts',
  'metropolis',
  'slice',
  'elliptical-slice',
  'mclmc',
  'parallel-tempering',
  'smc',
] as const;
export type SamplerName = (typeof SAMPLER_NAMES)[number];

/** Options of the samplers, by their names there; each takes some of them. */
export interface SamplerSpecifics {
  readonly chains?: number;
  readonly warmup?: number;
  readonly draws?: number;
  readonly thin?: number;
  readonly radius?: number;
  readonly initial?: string;
  readonly seed?: number;
  readonly workers?: number | 'auto';
  readonly targetAcceptance?: number;
  readonly maxTreeDepth?: number;
  readonly metric?: string;
  readonly metricAdaptation?: string;
  readonly stepSize?: number;
  readonly jitter?: number;
  readonly maxEnergyError?: number;
  readonly maxStepHalvings?: number;
  readonly steps?: number;
  readonly integrationTime?: number;
  readonly maxSteps?: number;
  readonly blocks?: readonly (readonly string[])[];
  readonly integers?: readonly string[];
  readonly proposal?: string;
  readonly adjusted?: boolean;
  readonly trajectoryLength?: number;
  readonly energyVariance?: number;
  readonly kernel?: string;
  readonly levels?: number;
  readonly particles?: number;
  readonly threshold?: number;
  readonly correlation?: number;
  readonly maxMoves?: number;
}

/** Options of `credence sample`, as commander hands them over; what is not given is not there. */
export interface SampleOptions extends SamplerSpecifics {
  readonly sampler?: SamplerName;
  readonly data?: string;
  readonly untilEss?: number;
  readonly untilRhat?: number;
  readonly seconds?: number;
  /** Names of quantities; false: none in memory. */
  readonly keep?: readonly string[] | false;
  readonly out?: string;
  readonly overwrite?: boolean;
  readonly resume?: string;
  readonly json?: boolean;
  readonly stackTrace?: boolean;
}

export const modelArgument = new Argument(
  '[model]',
  'TypeScript or JavaScript module whose default export is a model or a conditioned posterior',
);

const general: readonly Option[] = [
  new Option('--sampler <name>', 'how draws are made (default: nuts)').choices(SAMPLER_NAMES),
  new Option(
    '--data <file>',
    'JSON file of named values to condition the model on; names it does not use are ignored',
  ),
  new Option('--chains <n>', 'chains, ensembles or runs (default: 4)').argParser(number),
  new Option(
    '--warmup <n>',
    'transitions of adaptation per chain (default: 500 for nuts, hmc and walnuts, else 1000)',
  ).argParser(number),
  new Option('--draws <n>', 'draws kept per chain (default: 1000; at most 10000 with --until-…)').argParser(
    number,
  ),
  new Option('--until-ess <n>', 'end when bulk and tail ESS of all quantities are n').argParser(number),
  new Option('--until-rhat <r>', 'end when R-hat of no quantity is above r').argParser(number),
  new Option('--seconds <s>', 'end after s seconds').argParser(number),
  new Option('--thin <n>', 'keep every n-th transition (default: 1)').argParser(number),
  new Option('--seed <n>', 'the same seed gives the same draws (default: a fresh one)').argParser(number),
  initialOption(),
  new Option(
    '--radius <r>',
    'other starting values are uniform(-r, r), unconstrained (default: 2)',
  ).argParser(number),
  workersOption(),
  new Option(
    '--keep <names>',
    "only these quantities, separated by commas; 'none': none in memory",
  ).argParser((text) => (text === 'none' ? false : names(text))),
  new Option(
    '--out <dir>',
    'write draws there as they come; at the end output_1.csv, … (as CmdStan), draws.json, summary.json',
  ),
  new Option('--overwrite', 'with --out: let go of a run that is there'),
  new Option('--resume <dir>', 'go on with the run in that directory; with --draws, to more draws'),
  new Option('--json', 'print the summary as JSON, and nothing else'),
];

/** Each with the samplers that take it, in its description. */
const specific: readonly Option[] = [
  new Option(
    '--target-acceptance <p>',
    'nuts, hmc, walnuts, mclmc: acceptance that warm-up aims at (default: 0.8; mclmc: 0.9)',
  ).argParser(number),
  new Option('--metric <kind>', 'nuts, hmc, walnuts, metropolis, mclmc: scales learnt in warm-up').choices([
    'auto',
    'diagonal',
    'dense',
    'low-rank',
    'unit',
  ]),
  new Option('--metric-adaptation <from>', 'nuts, hmc, walnuts: what the metric is learnt from').choices([
    'fisher',
    'stan',
  ]),
  new Option(
    '--step-size <x>',
    'nuts, hmc, walnuts, metropolis, slice, mclmc: step size to start from',
  ).argParser(number),
  new Option('--jitter <x>', 'nuts, hmc, walnuts: relative spread of step sizes').argParser(number),
  new Option('--max-tree-depth <n>', 'nuts, walnuts: longest trajectory, 2^n steps (default: 10)').argParser(
    number,
  ),
  new Option(
    '--max-energy-error <x>',
    'walnuts: range of the energy beyond which a step is divided',
  ).argParser(number),
  new Option('--max-step-halvings <n>', 'walnuts: how often a step may be halved').argParser(number),
  new Option('--steps <n>', 'hmc: steps of a trajectory').argParser(number),
  new Option('--integration-time <x>', 'hmc: length of a trajectory').argParser(number),
  new Option('--max-steps <n>', 'hmc: most steps of a trajectory').argParser(number),
  new Option(
    '--blocks <names>',
    'metropolis: parameters proposed together, separated by commas; once for each block',
  ).argParser((text, before: readonly (readonly string[])[] = []) => [...before, names(text)]),
  new Option(
    '--integers <names>',
    'metropolis and kernels of that name: parameters of a density function that are whole numbers',
  ).argParser(names),
  new Option('--proposal <file>', 'metropolis: JSON file of an independence proposal: mean, covariance, df'),
  new Option('--adjusted', 'mclmc: accept or reject trajectories'),
  new Option('--trajectory-length <x>', 'mclmc: length of a trajectory').argParser(number),
  new Option('--energy-variance <x>', 'mclmc: variance of the energy error aimed at').argParser(number),
  new Option(
    '--kernel <name>',
    'what moves chains or particles: nuts (parallel-tempering), hmc (smc), metropolis',
  ),
  new Option('--levels <n>', 'parallel-tempering: chains of an ensemble (default: 10)').argParser(number),
  new Option('--particles <n>', 'smc: particles of a run (default: 1000)').argParser(number),
  new Option('--threshold <p>', 'smc: share of effective particles that a stage leaves').argParser(number),
  new Option('--correlation <r>', 'smc: correlation below which particles have moved enough').argParser(
    number,
  ),
  new Option('--max-moves <n>', 'smc: most moves of a stage').argParser(number),
];

export const sampleOptions: readonly Option[] = [
  ...general.map((option) => option.helpGroup('Options:')),
  ...specific.map((option) => option.helpGroup('Options of samplers:')),
];
