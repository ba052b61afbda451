/** The scan as an operation: its derivative is a scan in the other direction. */
import { Opcode } from '../../../assembly/program/opcodes';
import type { Expression } from '../expression';
import { gradient } from '../gradient';
import type { ScanBody, ScanOperation } from '../operation';
import { dot, total } from '../operations/reduce';
import { reshape } from '../operations/view';
import type { Shape } from '../shape';
import { sizeOf } from '../shape';
import { substitute } from '../substitute';

let count = 0;

/** What a scan yields, as views of its one result. */
export interface ScanResults {
  /** State after the last step. */
  readonly final: readonly Expression[];
  /** Results of every step, with a leading axis of time. */
  readonly stacked: readonly Expression[];
  readonly summed: readonly Expression[];
}

/** A scan as written: placeholders and what they stand for. */
export interface ScanSource {
  readonly length: number;
  readonly reverse: boolean;
  readonly carries: readonly Expression[];
  readonly initial: readonly Expression[];
  readonly elements: readonly Expression[];
  /** With a leading axis of time. */
  readonly sequences: readonly Expression[];
  readonly next: readonly Expression[];
  readonly stacked: readonly Expression[];
  readonly summed: readonly Expression[];
}

/** Makes the best of a scan; derivatives are scans that are built in the same way. */
export type ScanBuilder = (source: ScanSource) => ScanResults;

/** The node of a scan that is run as it stands. */
export function scanNode(
  body: ScanBody,
  length: number,
  reverse: boolean,
  inputs: {
    initial: readonly Expression[];
    sequences: readonly Expression[];
    captured: readonly Expression[];
  },
  build: ScanBuilder,
): Expression {
  const graph = body.next[0].graph;
  const op: ScanOperation = {
    kind: 'scan',
    name: `scan#${count++}`,
    opcode: Opcode.Scan,
    body,
    length,
    reverse,
    cotangent: remembered((node, g) => cotangents(op, node, g, build)),
  };
  const size = partsOf(body, length).reduce((sum, shape) => sum + sizeOf(shape), 0);
  // Two elements at least: results are then always parts, and a part of one element fills both lanes.
  return graph.node(op, [...inputs.initial, ...inputs.sequences, ...inputs.captured], [Math.max(size, 2)]);
}

/** The parts of a scan's result. */
export function scanResults(node: Expression): ScanResults {
  const { body, length } = node.op as ScanOperation;
  const parts = split(node, partsOf(body, length));
  const stackedFrom = body.carries.length;
  const summedFrom = stackedFrom + body.stacked.length;
  return {
    final: parts.slice(0, stackedFrom),
    stacked: parts.slice(stackedFrom, summedFrom),
    summed: parts.slice(summedFrom),
  };
}

function partsOf(body: ScanBody, length: number): Shape[] {
  return [
    ...body.carries.map(({ shape }) => shape),
    ...body.stacked.map(({ shape }) => [length, ...shape]),
    ...body.summed.map(({ shape }) => shape),
  ];
}

function split(flat: Expression, shapes: readonly Shape[]): Expression[] {
  let at = 0;
  return shapes.map((shape) => {
    const start = at;
    at += sizeOf(shape);
    return reshape(flat.slice(start, at), shape);
  });
}

/** The cotangents of all inputs at once, remembered for those asked next. */
function remembered(
  compute: (node: Expression, g: Expression) => (Expression | undefined)[],
): NonNullable<ScanOperation['cotangent']> {
  const known = new Map<string, (Expression | undefined)[]>();
  return (node, g, k) => {
    const key = `${node.id},${g.id}`;
    let all = known.get(key);
    if (!all) known.set(key, (all = compute(node, g)));
    return all[k];
  };
}

/**
 * λₜ, the cotangent of the state, runs backwards: λₜ = ∂(λₜ₊₁·next + Σ cotangents·results)/∂state, with the states
 * recorded on the way forward.
 */
function cotangents(
  op: ScanOperation,
  node: Expression,
  g: Expression,
  build: ScanBuilder,
): (Expression | undefined)[] {
  const { body, length, reverse } = op;
  const { graph } = node;
  const counts = { state: body.carries.length, sequences: body.elements.length };
  const sequences = node.inputs.slice(counts.state, counts.state + counts.sequences);
  const captured = node.inputs.slice(counts.state + counts.sequences);
  const parts = split(g, partsOf(body, length));
  const gFinal = parts.slice(0, counts.state);
  const gStacked = parts.slice(counts.state, counts.state + body.stacked.length);
  const gSummed = parts.slice(counts.state + body.stacked.length);

  const lambdas = body.carries.map(({ shape }, i) => graph.input(`λ${i}`, shape));
  const terms = lambdas.map((lambda, i) => dot(lambda, body.next[i]));
  const elements: Expression[] = [...body.carries, ...body.elements];
  const recorded = statesOf(node, build);
  const overTime: Expression[] = [...recorded, ...sequences];
  body.stacked.forEach((result, j) => {
    if (isZero(gStacked[j])) return;
    const weight = graph.input(`g${j}`, result.shape);
    elements.push(weight);
    overTime.push(gStacked[j]);
    terms.push(dot(weight, result));
  });
  body.summed.forEach((result, l) => {
    if (!isZero(gSummed[l])) terms.push(dot(gSummed[l], result));
  });

  const wanted = [
    ...body.elements.filter((_, j) => !sequences[j].isConstant),
    ...body.captured.filter((_, m) => !captured[m].isConstant),
  ];
  const slopes = gradient(total(terms), [...body.carries, ...wanted]);
  const outside = new Map(body.captured.map((place, m) => [place, captured[m]]));
  const actual = substitute(slopes, outside);
  const next = actual.slice(0, counts.state);
  const rest = actual.slice(counts.state);
  const ofElements = body.elements.filter((_, j) => !sequences[j].isConstant).length;

  const results = build({
    length,
    reverse: !reverse,
    carries: lambdas,
    initial: gFinal,
    elements,
    sequences: overTime,
    next,
    stacked: rest.slice(0, ofElements),
    summed: rest.slice(ofElements),
  });
  let nextStacked = 0;
  let nextSummed = 0;
  return [
    ...results.final,
    ...sequences.map((sequence) => (sequence.isConstant ? undefined : results.stacked[nextStacked++])),
    ...captured.map((value) => (value.isConstant ? undefined : results.summed[nextSummed++])),
  ];
}

/** The state before each step: results of the scan if it keeps them, else of one that does. */
function statesOf(node: Expression, build: ScanBuilder): Expression[] {
  const { body, length, reverse } = node.op as ScanOperation;
  const missing = body.carries.filter((carry) => !body.stacked.includes(carry));
  let source = node;
  if (missing.length > 0) {
    const initial = node.inputs.slice(0, body.carries.length);
    const sequences = node.inputs.slice(body.carries.length, body.carries.length + body.elements.length);
    const captured = node.inputs.slice(body.carries.length + body.elements.length);
    source = scanNode(
      { ...body, stacked: [...body.stacked, ...missing] },
      length,
      reverse,
      { initial, sequences, captured },
      build,
    );
  }
  const { stacked } = scanResults(source);
  const kept = (source.op as ScanOperation).body.stacked;
  return body.carries.map((carry) => stacked[kept.indexOf(carry)]);
}

function isZero(x: Expression): boolean {
  return x.literal === 0 || ((x.op.name === 'expand' || x.op.name === 'reshape') && isZero(x.inputs[0]));
}
