/**
 * Sums of log-density kernels over all elements. One instruction gives the sum and all partial derivatives in one pass;
 * a partial stays opaque until it is differentiated itself, then its definition takes over.
 */
import { Opcode } from '../../../assembly/program/opcodes';
import type { Expression } from '../expression';
import { graphOf } from '../graph';
import type { FusedOperation, Memory, PartialOperation } from '../operation';
import type { Operand } from '../rank';
import { broadcastShapes, sizeOf } from '../shape';
import { exp, sigmoid, softplus } from '../special';
import { substitute } from '../substitute';
import { asGrouped, groupedGaussianOperation } from './grouped-gaussian';
import { partialCotangent } from './partial';
import { expand } from './reduce';
import { reshape } from './view';

/**
 * The baseline's loop over one instruction:
 * [header, n, vectors, a, b, c, value, ∂a, ∂b, ∂c, accumulate]. Bit k of `vectors` is set where input k has n elements;
 * output addresses are 0 where nobody asks.
 */
function kernel(point: (a: number, b: number, c: number, out: Float64Array) => void) {
  const out = new Float64Array(4);
  return ({ f64 }: Memory, code: Int32Array, at: number): void => {
    const n = code[at + 1];
    const vectors = code[at + 2];
    const inputs = [code[at + 3] >>> 3, code[at + 4] >>> 3, code[at + 5] >>> 3];
    const step = [vectors & 1, (vectors >> 1) & 1, (vectors >> 2) & 1];
    const outputs = [code[at + 6] >>> 3, code[at + 7] >>> 3, code[at + 8] >>> 3, code[at + 9] >>> 3];
    const totals = [0, 0, 0, 0];
    for (let i = 0; i < n; i++) {
      point(f64[inputs[0] + i * step[0]], f64[inputs[1] + i * step[1]], f64[inputs[2] + i * step[2]], out);
      for (let k = 0; k < 4; k++) {
        if (k > 0 && step[k - 1]) {
          if (outputs[k]) f64[outputs[k] + i] = out[k];
        } else totals[k] += out[k];
      }
    }
    for (let k = 0; k < 4; k++) {
      if (!outputs[k] || (k > 0 && step[k - 1])) continue;
      if (code[at + 10]) totals[k] += f64[outputs[k]];
      f64[outputs[k]] = f64[outputs[k] + 1] = totals[k];
    }
  };
}

/** −½ Σ ((x − μ)·w)²: a normal density up to what does not depend on x, with w = 1/σ. */
export const gaussianOperation: FusedOperation = {
  kind: 'fused',
  name: 'gaussian',
  opcode: Opcode.Gaussian,
  arity: 3,
  definition: ([x, mu, w]) => x.sub(mu).mul(w).square().mul(-0.5),
  cotangent: partialCotangent,
  run: kernel((x, mu, w, out) => {
    const r = x - mu;
    out[0] = -0.5 * (r * w) * (r * w);
    out[1] = -r * w * w;
    out[2] = r * w * w;
    out[3] = -r * r * w;
  }),
};

/** Σ y·η − log(1 + e^η). */
export const bernoulliLogitOperation: FusedOperation = {
  kind: 'fused',
  name: 'bernoulliLogit',
  opcode: Opcode.BernoulliLogit,
  arity: 2,
  definition: ([y, eta]) => y.mul(eta).sub(eta.graph.functions.softplus(eta)),
  cotangent: partialCotangent,
  run: kernel((y, eta, _unused, out) => {
    out[0] = y * eta - softplus(eta);
    out[1] = eta;
    out[2] = y - sigmoid(eta);
    out[3] = 0;
  }),
};

/** Σ y·η − n·log(1 + e^η). */
export const binomialLogitOperation: FusedOperation = {
  kind: 'fused',
  name: 'binomialLogit',
  opcode: Opcode.BinomialLogit,
  arity: 3,
  definition: ([y, n, eta]) => y.mul(eta).sub(n.mul(eta.graph.functions.softplus(eta))),
  cotangent: partialCotangent,
  run: kernel((y, n, eta, out) => {
    out[0] = y * eta - n * softplus(eta);
    out[1] = eta;
    out[2] = -softplus(eta);
    out[3] = y - n * sigmoid(eta);
  }),
};

/** Σ y·η − e^η. */
export const poissonLogOperation: FusedOperation = {
  kind: 'fused',
  name: 'poissonLog',
  opcode: Opcode.PoissonLog,
  arity: 2,
  definition: ([y, eta]) => y.mul(eta).sub(eta.exp()),
  cotangent: partialCotangent,
  run: kernel((y, eta, _unused, out) => {
    const rate = exp(eta);
    out[0] = y * eta - rate;
    out[1] = eta;
    out[2] = y - rate;
    out[3] = 0;
  }),
};

/** The node of a fused sum over operands that broadcast. */
export function fused(op: FusedOperation, operands: readonly Operand[]): Expression {
  const graph = graphOf(op.name, operands);
  const inputs = operands.map((operand) => graph.expression(operand));
  const shape = broadcastShapes(
    op.name,
    inputs.map((input) => input.shape),
  );
  const bare = inputs.map((input) => {
    if (input.size === 1) return reshape(input, []);
    if (input.op.name === 'expand' && input.inputs[0].size === 1) return reshape(input.inputs[0], []);
    return expand(input, shape);
  });
  const size = sizeOf(shape);
  const grouped = op === gaussianOperation ? asGrouped(bare) : undefined;
  const node = grouped ? graph.node(groupedGaussianOperation, grouped, []) : graph.node(op, bare, []);
  return size > 1 && bare.every((input) => input.size === 1) ? node.mul(size) : node;
}

/** The elementwise expression behind a partial: what differentiating it again needs. */
export function definitionOf(
  partial: Expression,
  gradient: (of: Expression, wrt: Expression[]) => Expression[],
): Expression {
  const { of, index } = partial.op as PartialOperation;
  // A copy of the input tells its own place from others that hold the same expression.
  const graph = partial.graph;
  const places = partial.inputs.map((input, k) => (k === index ? graph.input('place', input.shape) : input));
  const [derivative] = gradient(of.definition(places).sum(), [places[index]]);
  return substitute([derivative], new Map([[places[index], partial.inputs[index]]]))[0];
}
