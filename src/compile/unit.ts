/** Units of execution: one instruction each, with the nodes it reads and the nodes it yields. */
import type { Expression } from '../expr';
import type { FusedOperation, RowBlocks, StructuredOperation } from '../expr/operation';
import type { Absorbed } from './absorb';

export interface Unit {
  /** The node the instruction is made from; of a fused group, any member. */
  readonly node: Expression;
  readonly inputs: readonly Expression[];
  /** What it yields: one node, or those that share an instruction (a fused sum and its partials), undefined where nobody asks. */
  readonly outputs: (Expression | undefined)[];
  readonly blocks: RowBlocks | undefined;
}

/** A node's storage: another node's buffer, from a byte on. */
export interface Place {
  readonly root: Expression;
  readonly offset: number;
}

/** Follows views (reshapes, slices of adjacent elements) to the node that owns the storage. */
export function placeOf(node: Expression): Place {
  let root = node;
  let offset = 0;
  for (;;) {
    if (root.op.kind === 'view') root = root.inputs[0];
    else if (isRangeView(root)) {
      offset += root.attributes.start * root.attributes.inner * 8;
      root = root.inputs[0];
    } else return { root, offset };
  }
}

/** A slice of adjacent elements is a view, unless it is a single one, which must fill both lanes. */
function isRangeView(node: Expression): boolean {
  return node.op.name === 'slice' && node.attributes.outer === 1 && node.size > 1;
}

/** Whether a node has an instruction of its own: neither a leaf nor a view. */
export function isComputed(node: Expression): boolean {
  return node.op.kind !== 'leaf' && node.op.kind !== 'view' && !isRangeView(node);
}

/** What a node reads: its inputs, and where it has a body what that is made of. */
export function readsOf(node: Expression): readonly Expression[] {
  if (node.op.kind === 'ode') {
    const { slope, jacobian } = node.op.body;
    return [...node.inputs, slope, ...(jacobian ? [jacobian] : [])];
  }
  if (node.op.kind !== 'scan') return node.inputs;
  const { next, stacked, summed } = node.op.body;
  return [...node.inputs, ...next, ...stacked, ...summed];
}

/** Nodes that `outputs` need, inputs first; `stop` ends the search at nodes that are there already. */
export function reachable(
  outputs: readonly Expression[],
  stop: (node: Expression) => boolean,
  inputsOf: (node: Expression) => readonly Expression[] = (node) => node.inputs,
): Expression[] {
  const order: Expression[] = [];
  const seen = new Set<Expression>();
  const stack: { node: Expression; inputs: readonly Expression[]; next: number }[] = [];
  const push = (node: Expression): void => {
    if (seen.has(node)) return;
    seen.add(node);
    stack.push({ node, inputs: stop(node) ? [] : inputsOf(node), next: 0 });
  };
  for (const output of outputs) {
    push(output);
    while (stack.length > 0) {
      const top = stack[stack.length - 1];
      if (top.next < top.inputs.length) push(top.inputs[top.next++]);
      else {
        stack.pop();
        order.push(top.node);
      }
    }
  }
  return order;
}

/** The units that compute the given nodes, in an order in which they can run. */
export function unitsOf(order: readonly Expression[], { sums, products }: Absorbed): Unit[] {
  const units: Unit[] = [];
  const groups = new Map<string, Unit>();
  for (const node of order) {
    if (!isComputed(node) || products.has(node)) continue;
    const shared = sharedOutput(node);
    if (!shared) {
      const made = sums.get(node) ?? node;
      units.push({ node: made, inputs: made.inputs, outputs: [node], blocks: blocksOf(made) });
      continue;
    }
    const key = `${shared.of},${node.inputs.map((input) => input.id).join()}`;
    let group = groups.get(key);
    if (!group) {
      const outputs = new Array<Expression | undefined>(shared.count).fill(undefined);
      group = { node, inputs: node.inputs, outputs, blocks: blocksOf(node) };
      groups.set(key, group);
      units.push(group);
    }
    group.outputs[shared.index] = node;
  }
  return units;
}

/** Which output of an instruction with several a node is; undefined where it has one of its own. */
function sharedOutput({ op, attributes }: Expression): StructuredOperation['output'] {
  switch (op.kind) {
    case 'fused':
      return { of: op.name, index: 0, count: op.arity + 1 };
    case 'partial':
      return { of: op.of.name, index: op.index + 1, count: op.of.arity + 1 };
    case 'structured':
      return op.output && { ...op.output, of: `${op.output.of};${Object.values(attributes).join(';')}` };
  }
  return undefined;
}

/** The fused operation of a group. */
export function fusedOf(unit: Unit): FusedOperation | undefined {
  return fusedOperationOf(unit.node);
}

function fusedOperationOf({ op }: Expression): FusedOperation | undefined {
  return op.kind === 'fused' ? op : op.kind === 'partial' ? op.of : undefined;
}

/** Number of elements a fused kernel runs over. */
export function fusedCount(inputs: readonly Expression[]): number {
  return Math.max(...inputs.map((input) => input.size));
}

/** Whether output `k` of a unit holds one element a row, rather than a result over all rows. */
export function isRowOutput(unit: Unit, k: number): boolean {
  if (!unit.blocks) return false;
  if (!fusedOf(unit)) return unit.blocks.output === 'row';
  return k > 0 && unit.blocks.inputs[k - 1] === 'row';
}

function blocksOf(node: Expression): RowBlocks | undefined {
  const fused = fusedOperationOf(node);
  if (fused) return fusedBlocks(node, fused);
  if (node.op.kind === 'elementwise') {
    return {
      rows: node.size,
      inputs: node.inputs.map((input) => (input.size === node.size ? 'row' : 'whole')),
      output: 'row',
    };
  }
  return node.op.kind === 'structured' ? node.op.blocks?.(node) : undefined;
}

function fusedBlocks(node: Expression, fused: FusedOperation): RowBlocks {
  if (fused.blocks) return fused.blocks(node.inputs);
  const rows = fusedCount(node.inputs);
  return {
    rows,
    inputs: node.inputs.map((input) => (input.size === rows ? 'row' : 'whole')),
    output: 'accumulated',
  };
}
