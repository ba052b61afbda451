/** What running a procedure takes: instructions, the numbers they go through, and an estimate of the time. */
import type { Expression } from '../expr';
import { plan, unitsIn } from './emitter';
import { fusedOf, readsOf, reachable, type Unit } from './unit';

export interface Work {
  readonly instructions: number;
  /** Elements of the longest array of every instruction; multiplications, where it has more of them. */
  readonly numbers: number;
  /** Estimated from what the kinds of instructions take on the machine of docs/benchmarks.md. */
  readonly nanoseconds: number;
}

/** Nanoseconds of an instruction by itself, and of each of its numbers. */
const COST = { instruction: 4.5, arithmetic: 0.3, function: 2, product: 0.12, indexed: 0.6 };

/** The work of computing some results from unknowns; what depends on data alone is there already. */
export function workOf(results: readonly Expression[]): Work {
  const units = plan(results, (node) => node.isConstant).steps.flatMap(unitsIn);
  let numbers = 0;
  let nanoseconds = COST.instruction * units.length;
  for (const unit of units) {
    const count = numbersOf(unit);
    numbers += count;
    nanoseconds += costOf(unit) * count;
  }
  return { instructions: units.length, numbers, nanoseconds };
}

function numbersOf({ node, inputs, outputs }: Unit): number {
  const { op } = node;
  if (op.name === 'matrixProduct') return node.size * inputs[0].shape[node.attributes.transposeA ? 0 : 1];
  if (op.kind === 'scan') {
    const { next, stacked, summed } = op.body;
    const body = reachable([...next, ...stacked, ...summed], (part) => part.isConstant, readsOf);
    return op.length * body.reduce((sum, part) => sum + (part.op.kind === 'leaf' ? 0 : part.size), 0);
  }
  return Math.max(...[...inputs, ...outputs].map((part) => part?.size ?? 0));
}

function costOf(unit: Unit): number {
  const { op } = unit.node;
  switch (fusedOf(unit)?.name ?? op.name) {
    case 'gaussian':
      return COST.arithmetic;
    case 'matrixVector':
    case 'rowDots':
    case 'matrixProduct':
      return COST.product;
    case 'gather':
    case 'scatterAdd':
    case 'groupedGaussian':
      return COST.indexed;
  }
  const plain = op.kind === 'structured' || (op.kind === 'elementwise' && op.exact);
  return plain ? COST.arithmetic : COST.function;
}
