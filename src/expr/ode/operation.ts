/**
 * The solution of a system of differential equations as an operation. Its derivative is the solution of a larger system
 * of the same kind: forward sensitivities (Hairer, Nørsett & Wanner, Solving Ordinary Differential Equations I, §I.14).
 */
import { Opcode } from '../../../assembly/program/opcodes';
import type { Expression } from '../expression';
import { gradient } from '../gradient';
import type { OdeBody, OdeOperation } from '../operation';
import { matmul } from '../operations/contract';
import { concatenate, stack, transpose } from '../operations/layout';
import { reshape } from '../operations/view';
import { substitute } from '../substitute';

/** How to solve. */
export interface OdeMethod {
  readonly base: number;
  readonly stiff: boolean;
  readonly maxSteps: number;
}

/** Inputs before the captured values: initial state, start, times, tolerances. */
const FIXED = 5;

let count = 0;

/** The node of a solution: [times, size of the state]. */
export function odeNode(body: OdeBody, method: OdeMethod, inputs: readonly Expression[]): Expression {
  const augmented = new Map<Expression, Sensitivities>();
  const op: OdeOperation = {
    kind: 'ode',
    name: `ode#${count++}`,
    opcode: Opcode.Ode,
    body,
    ...method,
    shared: (node) => augmented.get(node)?.solution,
    cotangent: (node, g, k) => {
      if (k > 0 && k < FIXED) return undefined;
      let found = augmented.get(node);
      if (!found) augmented.set(node, (found = sensitivities(node)));
      const place = found.columns.get(k)!;
      const slopes = matmul(reshape(g, [g.size]), reshape(found.values, [g.size, found.size]));
      return reshape(slopes.slice(place, place + node.inputs[k].size), node.inputs[k].shape);
    },
  };
  return body.state.graph.node(op, inputs, [inputs[2].size, body.state.size]);
}

interface Sensitivities {
  /** [times, size of the state] */
  readonly solution: Expression;
  /** [times, size of the state, unknowns] */
  readonly values: Expression;
  /** Number of unknowns. */
  readonly size: number;
  /** First unknown of each input that has some. */
  readonly columns: ReadonlyMap<number, number>;
}

/** Solves for the state and its derivatives by everything that is not data. */
function sensitivities(node: Expression): Sensitivities {
  const { body, base, stiff, maxSteps } = node.op as OdeOperation;
  const { graph } = node;
  const n = body.state.size;
  const captured = node.inputs.slice(FIXED);
  const active = captured.map((_, m) => m).filter((m) => !captured[m].isConstant);
  const ofInitial = !node.inputs[0].isConstant;
  const columns = new Map<number, number>();
  let unknowns = 0;
  if (ofInitial) {
    columns.set(0, 0);
    unknowns += n;
  }
  for (const m of active) {
    columns.set(FIXED + m, unknowns);
    unknowns += captured[m].size;
  }

  // Rows: the state, then its derivative by each unknown, so that each block has the base system's size.
  const state = graph.input('state and sensitivities', [(1 + unknowns) * n]);
  const here = state.slice(0, n);
  const rates = reshape(state.slice(n), [unknowns, n]);
  const wanted = [body.state, ...active.map((m) => body.captured[m])];
  const rows = Array.from({ length: n }, (_, i) => gradient(body.slope.at(i), wanted));
  const jacobian = stack(rows.map(([row]) => row));
  const direct = active.map((_, j) =>
    transpose(stack(rows.map((row) => reshape(row[1 + j], [row[1 + j].size])))),
  );
  const zeros = ofInitial ? [graph.filled(0, [n, n])] : [];
  const growth = matmul(rates, transpose(jacobian)).add(concatenate([...zeros, ...direct]));
  const [slope, local] = substitute(
    [concatenate([body.slope, reshape(growth, [unknowns * n])]), body.jacobian ?? body.slope],
    new Map([[body.state, here]]),
  );

  const identity = Float64Array.from({ length: n * n }, (_, i) => (i % (n + 1) === 0 ? 1 : 0));
  const start = [
    node.inputs[0],
    ...(ofInitial ? [graph.constant(identity, [n * n])] : []),
    graph.filled(0, [(unknowns - (ofInitial ? n : 0)) * n]),
  ].filter((part) => part.size > 0);
  const larger = odeNode(
    { time: body.time, state, captured: body.captured, slope, jacobian: body.jacobian && local },
    { base, stiff, maxSteps },
    [concatenate(start), ...node.inputs.slice(1)],
  );
  const times = node.shape[0];
  const all = reshape(larger, [times, 1 + unknowns, n]);
  // [times, unknowns, n] to [times, n, unknowns]
  const parts = Array.from({ length: unknowns }, (_, p) => reshape(all.slice(1 + p, 2 + p, 1), [times * n]));
  const values = reshape(transpose(stack(parts)), [times, n, unknowns]);
  return { solution: reshape(all.slice(0, 1, 1), [times, n]), values, size: unknowns, columns };
}
