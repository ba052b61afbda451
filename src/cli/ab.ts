/** `credence ab`: two proportions, which is greater, and what a wrong choice costs. */

import { InvalidArgumentError, Option } from 'commander';
import {
  betaBernoulli,
  differenceInterval,
  expectedLoss,
  probabilityGreater,
  type BetaBernoulli,
} from '../conjugate';
import { alignedTable } from '../report/table';
import { decimalsFor } from '../report/numerals';
import { abPicture } from './ab-picture';
import { command, does } from './command';
import { WIDTH } from './words';

/** Successes among trials. */
interface Counts {
  readonly successes: number;
  readonly trials: number;
}

interface AbOptions {
  readonly a: Counts;
  readonly b: Counts;
  readonly prior: readonly [alpha: number, beta: number];
  readonly mass: number;
  readonly json?: boolean;
  readonly stackTrace?: boolean;
}

const LEAST_DECIMALS = 4;
const MOST_DECIMALS = 9;

export const ab = command('ab', {
  description: 'Compare two proportions: which is greater, and what a wrong choice costs.',
  examples: ['credence ab --a 120/1000 --b 150/1000', 'credence ab --a 3/40 --b 9/41 --prior 0.5,0.5 --json'],
  notes:
    'The loss of choosing one is what the other may be better by, on average: choose\n' +
    'the one with the smaller loss, as soon as its loss no longer matters. All\n' +
    'numbers are exact: sums or quadrature, no draws.',
})
  .addOption(new Option('--a <successes/trials>', 'what A brought').argParser(counts).makeOptionMandatory())
  .addOption(new Option('--b <successes/trials>', 'what B brought').argParser(counts).makeOptionMandatory())
  .addOption(
    new Option('--prior <alpha,beta>', 'beta prior of both').argParser(prior).default([1, 1], '1,1: uniform'),
  )
  .addOption(new Option('--mass <p>', 'probability of the intervals').argParser(probability).default(0.95))
  .addOption(new Option('--json', 'print JSON, and nothing else'));
does<[], AbOptions>(ab, async (options) => {
  const found = compare(options);
  process.stdout.write(
    options.json ? `${JSON.stringify(describe(found), undefined, 2)}\n` : `${text(found)}\n`,
  );
  return 0;
});

interface Comparison {
  readonly options: AbOptions;
  readonly a: BetaBernoulli;
  readonly b: BetaBernoulli;
  /** P(B > A) */
  readonly greater: number;
  readonly losses: Float64Array;
  readonly difference: readonly [number, number];
  /** log of p(data | two rates) / p(data | one rate) */
  readonly logBayesFactor: number;
}

function compare(options: AbOptions): Comparison {
  const [alpha, beta] = options.prior;
  const start = betaBernoulli({ alpha, beta });
  const [a, b] = [start.update(options.a), start.update(options.b)];
  return {
    options,
    a,
    b,
    greater: probabilityGreater(b, a),
    losses: expectedLoss([a, b]),
    difference: differenceInterval(b, a, options.mass),
    logBayesFactor: a.logEvidence + b.logEvidence - a.merge(b).logEvidence,
  };
}

function text(found: Comparison): string {
  const { options, a, b, greater, losses, difference } = found;
  const per = Number((options.mass * 100).toPrecision(4));
  const range = ([low, high]: readonly [number, number], sd: number): string =>
    `${rounded(low, sd)} to ${rounded(high, sd)}`;
  const row = (
    name: string,
    { successes, trials }: Counts,
    arm: BetaBernoulli,
    best: number,
    loss: number,
  ) => [
    name,
    `${successes}/${trials}`,
    rounded(arm.mean, arm.sd),
    rounded(arm.sd, arm.sd),
    range(arm.interval(options.mass), arm.sd),
    rounded(best, 1),
    significant(loss),
  ];
  const table = alignedTable([
    ['', 'data', 'mean', 'sd', `${per} %`, 'P(best)', 'loss'],
    row('A', options.a, a, probabilityGreater(a, b), losses[0]),
    row('B', options.b, b, greater, losses[1]),
  ]);
  const [better, worse] = losses[1] <= losses[0] ? ['B', 'A'] : ['A', 'B'];
  const least = Math.min(losses[0], losses[1]);
  const differenceSd = Math.sqrt(a.variance + b.variance);
  const sentences = [
    `B - A: ${rounded(b.mean - a.mean, differenceSd)}, with ${per} % probability ${range(difference, differenceSd)}.`,
    `Choosing ${better} gives away ${significant(least)} on average, as ${worse} may be the better one.`,
    bayesFactor(found),
  ];
  const width = Math.min(process.stdout.columns ?? WIDTH, 100);
  return [table, '', ...abPicture(a.distribution, b.distribution, width), '', ...sentences].join('\n');
}

/** In words, and the right way round. */
function bayesFactor({ logBayesFactor }: Comparison): string {
  const factor = Math.exp(Math.abs(logBayesFactor));
  const times = factor < 1e6 ? significant(factor) : `10^${Math.round(Math.abs(logBayesFactor) / Math.LN10)}`;
  const [more, less] =
    logBayesFactor > 0 ? ['two different rates', 'one'] : ['one rate', 'two different ones'];
  return `The data are ${times} times as probable under ${more} as under ${less}.`;
}

/** At decimals that show two digits of the sd, four at least; what would round to 0 has an exponent. */
function rounded(x: number, sd: number): string {
  const decimals = Math.min(MOST_DECIMALS, Math.max(LEAST_DECIMALS, (decimalsFor(sd) ?? 0) + 1));
  const text = x.toFixed(decimals);
  return x !== 0 && Number(text) === 0 ? x.toExponential(1) : text;
}

function significant(x: number): string {
  return String(Number(x.toPrecision(3)));
}

function describe({ options, a, b, greater, losses, difference, logBayesFactor }: Comparison): object {
  const [alpha, beta] = options.prior;
  const arm = (counts: Counts, posterior: BetaBernoulli, best: number, loss: number): object => ({
    ...counts,
    ...posterior.hyperparameters,
    mean: posterior.mean,
    sd: posterior.sd,
    interval: posterior.interval(options.mass),
    highestDensityInterval: posterior.distribution.unimodal
      ? posterior.highestDensityInterval(options.mass)
      : undefined,
    probabilityBest: best,
    expectedLoss: loss,
  });
  return {
    prior: { alpha, beta },
    mass: options.mass,
    a: arm(options.a, a, probabilityGreater(a, b), losses[0]),
    b: arm(options.b, b, greater, losses[1]),
    difference: { mean: b.mean - a.mean, interval: difference },
    logBayesFactor,
  };
}

function counts(given: string): Counts {
  const parts = /^\s*(\d+)\s*\/\s*(\d+)\s*$/.exec(given);
  if (parts === null) throw new InvalidArgumentError(`'${given}' is not successes/trials, such as 120/1000.`);
  const [successes, trials] = [Number(parts[1]), Number(parts[2])];
  if (successes > trials) throw new InvalidArgumentError(`'${given}' has more successes than trials.`);
  return { successes, trials };
}

function prior(given: string): readonly [number, number] {
  const parts = given.split(',').map(Number);
  if (parts.length === 2 && parts.every((x) => x > 0 && x < Infinity)) return [parts[0], parts[1]];
  throw new InvalidArgumentError(`'${given}' is not alpha,beta, two numbers above 0.`);
}

function probability(given: string): number {
  const value = Number(given);
  if (value > 0 && value < 1) return value;
  throw new InvalidArgumentError(`'${given}' is not between 0 and 1.`);
}
