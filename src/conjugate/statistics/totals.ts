/** Count, sum and range of numbers that must lie where a likelihood can have put them. */
import { eachBlock, type Numbers } from './blocks';
import { compensated, nothing, plus, type Compensated } from './compensated';

/** What every observation must satisfy. */
export interface Observation {
  /** Completes "an observation must …". */
  readonly text: string;
  readonly least: number;
  readonly most: number;
  readonly whole: boolean;
  /** Whether `least` itself is excluded. */
  readonly open?: boolean;
  /** What it is called in messages; by default 'observation'. */
  readonly called?: string;
}

const GREATEST = 1.7976931348623157e308;

export const binary: Observation = { text: 'be 0 or 1', least: 0, most: 1, whole: true };
export const naturalCount: Observation = {
  text: 'be an integer ≥ 0',
  least: 0,
  most: 9007199254740991,
  whole: true,
};
export const atLeastZero: Observation = { text: 'be ≥ 0 and finite', least: 0, most: GREATEST, whole: false };
export const positive: Observation = {
  text: 'be > 0 and finite',
  least: 0,
  most: GREATEST,
  whole: false,
  open: true,
};
export const real: Observation = {
  text: 'be finite',
  least: -1.7976931348623157e308,
  most: GREATEST,
  whole: false,
};

/** How many, and their sum. */
export interface Totals {
  readonly count: number;
  readonly sum: Compensated;
  readonly greatest: number;
}

export const noTotals: Totals = { count: 0, sum: nothing, greatest: -Infinity };

export function joinTotals(a: Totals, b: Totals): Totals {
  return {
    count: a.count + b.count,
    sum: plus(a.sum, b.sum),
    greatest: Math.max(a.greatest, b.greatest),
  };
}

/**
 * The totals of `data`; `also` gives a further sum over each block, such as that of the logarithms.
 *
 * @throws RangeError naming the first observation that is not what it must be
 */
export function totalsOf(
  family: string,
  data: Numbers,
  rule: Observation,
  also?: (at: number, count: number) => number,
): Totals & { readonly further: Compensated } {
  let sum = nothing;
  let further = nothing;
  let greatest = -Infinity;
  let start = 0;
  eachBlock(data, 32, (engine, at, count, behind) => {
    engine.exports.totals(at, count, behind);
    const [total, least, most, whole] = engine.floats(behind, 4);
    const possible =
      least >= rule.least && most <= rule.most && !(rule.open && least === rule.least) && total - total === 0;
    if (!possible || (rule.whole && whole === 0)) checkEach(family, data, rule, start, count);
    sum = plus(sum, compensated(total));
    greatest = Math.max(greatest, most);
    if (also !== undefined) further = plus(further, compensated(also(at, count)));
    start += count;
  });
  return { count: data.length, sum, greatest, further };
}

/** Throws for the first of some observations that breaks the rule. */
function checkEach(family: string, data: Numbers, rule: Observation, start: number, count: number): void {
  for (let i = start; i < start + count; i++) {
    checkObservation(family, data[i], rule, `${rule.called ?? 'observation'} [${i}]`);
  }
  throw new RangeError(`${family}: the sum of the observations overflows`);
}

/** @throws RangeError when `value` is not what an observation must be */
export function checkObservation(family: string, value: unknown, rule: Observation, what: string): void {
  const x = typeof value === 'boolean' ? Number(value) : value;
  const fits =
    typeof x === 'number' &&
    x <= rule.most &&
    (rule.open ? x > rule.least : x >= rule.least) &&
    (!rule.whole || Number.isInteger(x));
  if (!fits) throw new RangeError(`${family}: ${what} must ${rule.text}, got ${String(value)}`);
}
