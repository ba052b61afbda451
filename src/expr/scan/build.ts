/** Makes a scan as small as it can be: what need not be done step by step is done for all steps at once. */
import type { Expression } from '../expression';
import { sum } from '../operations/reduce';
import { reshape } from '../operations/view';
import { Captures, replaceLargest, substitute } from '../substitute';
import { affineParts, affineScan, shiftBackward, shiftForward } from './affine';
import { classifier, Dependence } from './dependence';
import { scanNode, scanResults, type ScanResults, type ScanSource } from './operation';
import { vectorise } from './vectorise';

export function buildScan(source: ScanSource): ScanResults {
  const { length, carries, elements, sequences } = source;
  const graph = source.next[0].graph;
  // Stand-ins for the recorded states, until there is a scan to record them.
  const records = carries.map((carry, i) => graph.input(`states ${i}`, [length, ...carry.shape]));
  const overTime = new Map([
    ...carries.map((carry, i) => [carry, records[i]] as const),
    ...elements.map((element, j) => [element, sequences[j]] as const),
  ]);
  const stacked = source.stacked.map((result) => vectorise(result, length, overTime));
  const summed = source.summed.map((result) => {
    const all = vectorise(result, length, overTime);
    return all && (result.rank === 0 ? sum(all) : sum(all, 0));
  });

  const loop =
    affineLoop(
      source,
      overTime,
      [...stacked, ...summed].every((result) => result !== undefined),
    ) ?? generalLoop(source, overTime, stacked, summed);
  const replacements = new Map(records.map((record, i) => [record, loop.states[i]]));
  const finish = (
    results: readonly (Expression | undefined)[],
    inside: readonly Expression[],
  ): Expression[] => {
    let k = 0;
    return results.map((result) => (result ? substitute([result], replacements)[0] : inside[k++]));
  };
  return { final: loop.final, stacked: finish(stacked, loop.stacked), summed: finish(summed, loop.summed) };
}

interface Loop extends ScanResults {
  /** The state before each step. */
  readonly states: readonly Expression[];
}

/** A scalar state that is multiplied and added to, when all else is done outside. */
function affineLoop(
  source: ScanSource,
  overTime: ReadonlyMap<Expression, Expression>,
  nothingInside: boolean,
): Loop | undefined {
  const { length, reverse, carries, elements, next, initial } = source;
  if (!nothingInside || carries.length !== 1 || carries[0].size !== 1) return undefined;
  const dependence = classifier(carries, elements);
  const parts = affineParts(next[0], carries[0], dependence);
  const offset = parts && vectorise(reshape(parts.offset, []), length, overTime);
  const factor =
    parts &&
    (dependence(parts.factor) === Dependence.None
      ? parts.factor
      : vectorise(reshape(parts.factor, []), length, overTime));
  if (!offset || !factor) return undefined;
  const after = affineScan(factor.size === 1 ? reshape(factor, []) : factor, offset, initial[0], reverse);
  const start = reshape(initial[0], [1]);
  const states = reverse ? shiftBackward(after, start) : shiftForward(after, start);
  const { shape } = carries[0];
  return {
    final: [reshape(after.at(reverse ? 0 : length - 1), shape)],
    states: [reshape(states, [length, ...shape])],
    stacked: [],
    summed: [],
  };
}

/** Step by step, with what does not depend on the state taken out. */
function generalLoop(
  source: ScanSource,
  overTime: ReadonlyMap<Expression, Expression>,
  stacked: readonly (Expression | undefined)[],
  summed: readonly (Expression | undefined)[],
): Loop {
  const { length, reverse, carries, initial } = source;
  const graph = source.next[0].graph;
  const inside = {
    next: source.next,
    stacked: source.stacked.filter((_, k) => !stacked[k]),
    summed: source.summed.filter((_, k) => !summed[k]),
  };
  const dependence = classifier(carries, source.elements);
  const elements: Expression[] = [];
  const sequences: Expression[] = [];
  const captures = new Captures();
  const roots = [...inside.next, ...inside.stacked, ...inside.summed];
  const replaced = replaceLargest(roots, (node) => {
    const kind = dependence(node);
    if (kind === Dependence.None) return captures.place(node);
    const all = kind === Dependence.Elements ? vectorise(node, length, overTime) : undefined;
    if (!all) return undefined;
    const place = graph.input(`element ${elements.length}`, node.shape);
    elements.push(place);
    sequences.push(all);
    return place;
  });
  const stackedFrom = inside.next.length;
  const summedFrom = stackedFrom + inside.stacked.length;
  const body = {
    carries,
    elements,
    captured: captures.places,
    next: replaced.slice(0, stackedFrom),
    // The states are always kept: derivatives and results that are computed outside need them.
    stacked: [...replaced.slice(stackedFrom, summedFrom), ...carries],
    summed: replaced.slice(summedFrom),
  };
  const node = scanNode(body, length, reverse, { initial, sequences, captured: captures.values }, buildScan);
  const results = scanResults(node);
  const own = inside.stacked.length;
  return {
    final: results.final,
    stacked: results.stacked.slice(0, own),
    states: results.stacked.slice(own),
    summed: results.summed,
  };
}
