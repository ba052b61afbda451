/** Dispatch: reads instructions and calls their kernels; runs loops over blocks of rows. */
import { copyElements } from "../linalg/copy";
import * as contract from "./contract";
import * as density from "./density";
import { groupedGaussian } from "./grouped-gaussian";
import { groupResidual } from "./group-residual";
import * as e from "./elementwise";
import * as indexing from "./indexing";
import * as layout from "./layout";
import * as linear from "./linear-algebra";
import { logSumExp, logSumExpRows } from "./log-sum-exp";
import { Opcode } from "./opcodes";
import * as reduce from "./reduce";
import * as special from "./special";
import { affineScan } from "./scan";

type Instruction = (pc: usize) => usize;

function absent(pc: usize): usize {
  unreachable();
  return 0;
}

/** Runs an instruction that is not here; returns the address behind it. */
let further: Instruction = absent;
let extended: bool = false;

/** Add instructions; those of programs that the loader gives another build never get here. */
export function extendInterpreter(instructions: Instruction): void {
  further = instructions;
  extended = true;
}

export function isExtended(): bool {
  return extended;
}

/** Start of the vectors that `Unpack` and `Pack` refer to. */
let inputVector: usize = 0;
let outputVector: usize = 0;

/** Runs a procedure's code to its end. */
export function execute(code: usize, input: usize, output: usize): void {
  inputVector = input;
  outputVector = output;
  run(code, <usize>-1);
}

export function run(pc: usize, end: usize): void {
  while (pc < end) {
    const header = load<u32>(pc);
    switch (header & 0xfff) {
      case Opcode.End: return;
      case Opcode.Loop: {
        pc = loop(pc);
        continue;
      }
      case Opcode.Scan: {
        pc = scan(pc);
        continue;
      }
      case Opcode.Unpack: layout.unpack(pc, inputVector); break;
      case Opcode.Pack: layout.pack(pc, outputVector); break;

      case Opcode.Negative: e.unary<e.Negative>(pc); break;
      case Opcode.Absolute: e.unary<e.Absolute>(pc); break;
      case Opcode.Sign: e.unary<e.Sign>(pc); break;
      case Opcode.Square: e.unary<e.Square>(pc); break;
      case Opcode.SquareRoot: e.unary<e.SquareRoot>(pc); break;
      case Opcode.Reciprocal: e.unary<e.Reciprocal>(pc); break;
      case Opcode.Floor: e.unary<e.Floor>(pc); break;
      case Opcode.Exp: e.unaryLong<e.Exp>(pc); break;
      case Opcode.Expm1: e.unaryLong<e.Expm1>(pc); break;
      case Opcode.Log: e.unaryLong<e.Log>(pc); break;
      case Opcode.Log1p: e.unaryLong<e.Log1p>(pc); break;
      case Opcode.Tanh: e.unary<e.Tanh>(pc); break;
      case Opcode.Sigmoid: e.unaryLong<e.Sigmoid>(pc); break;
      case Opcode.Softplus: e.unaryLong<e.Softplus>(pc); break;
      case Opcode.LogGamma: e.unaryLong<e.LogGamma>(pc); break;
      case Opcode.Digamma: e.unaryLong<e.Digamma>(pc); break;

      case Opcode.Add: e.binary<e.Add>(pc); break;
      case Opcode.Subtract: e.binary<e.Subtract>(pc); break;
      case Opcode.Multiply: e.binary<e.Multiply>(pc); break;
      case Opcode.Divide: e.binary<e.Divide>(pc); break;
      case Opcode.Power: e.binaryLong<e.Power>(pc); break;
      case Opcode.Minimum: e.binary<e.Minimum>(pc); break;
      case Opcode.Maximum: e.binary<e.Maximum>(pc); break;
      case Opcode.Less: e.binary<e.Less>(pc); break;
      case Opcode.LessEqual: e.binary<e.LessEqual>(pc); break;
      case Opcode.Equal: e.binary<e.Equal>(pc); break;
      case Opcode.Select: e.select(pc); break;
      case Opcode.MultiplyAdd: e.multiplyAdd(pc); break;

      case Opcode.Total: reduce.total(pc); break;
      case Opcode.Sum: reduce.sum(pc); break;
      case Opcode.Max: reduce.max(pc); break;
      case Opcode.LogSumExp: logSumExp(pc); break;
      case Opcode.LogSumExpRows: logSumExpRows(pc); break;
      case Opcode.Dot: reduce.dot(pc); break;
      case Opcode.Expand: reduce.expand(pc); break;
      case Opcode.Slice: layout.slice(pc); break;
      case Opcode.Pad: layout.pad(pc); break;
      case Opcode.Concatenate: layout.concatenate(pc); break;
      case Opcode.Transpose: layout.transpose(pc); break;
      case Opcode.Gather: indexing.gather(pc); break;
      case Opcode.ScatterAdd: indexing.scatterAdd(pc); break;
      case Opcode.MatrixVector: contract.matrixVector(pc); break;
      case Opcode.RowDots: contract.rowDots(pc); break;
      case Opcode.MatrixProduct: contract.matrixProduct(pc); break;

      case Opcode.Gaussian: density.gaussian(pc); break;
      case Opcode.BernoulliLogit: density.bernoulliLogit(pc); break;
      case Opcode.BinomialLogit: density.binomialLogit(pc); break;
      case Opcode.PoissonLog: density.poissonLog(pc); break;
      case Opcode.GroupedGaussian: groupedGaussian(pc); break;
      case Opcode.GroupResidual: groupResidual(pc); break;
      case Opcode.AffineScan: affineScan(pc); break;

      case Opcode.CumulativeSum: linear.cumulativeSum(pc); break;

      case Opcode.Log1mExp: e.unaryLong<special.Log1mExp>(pc); break;
      case Opcode.LogAddExp: e.binaryLong<special.LogAddExp>(pc); break;
      case Opcode.LogBeta: e.binaryLong<special.LogBeta>(pc); break;
      default: {
        pc = further(pc);
        continue;
      }
    }
    pc += (header >> 12) << 2;
  }
}

/**
 * Runs the body behind the header once a block of rows. Between blocks the operands that walk along rows are moved in
 * place, so kernels need not know of loops; afterwards everything stands as before.
 * [header, rows, block, body words, moves, counts, accumulations, (word, bytes a row)…, word…, word…], then the body
 */
function loop(pc: usize): usize {
  const rows = load<i32>(pc, 4), block = load<i32>(pc, 8);
  const moves = pc + 28;
  const counts = moves + (load<usize>(pc, 16) << 3);
  const accumulations = counts + (load<usize>(pc, 20) << 2);
  const body = accumulations + (load<usize>(pc, 24) << 2);
  const end = body + (load<usize>(pc, 12) << 2);
  const blocks = rows / block, rest = rows % block;
  for (let b = 0; b < blocks; b++) {
    run(body, end);
    if (b == 0) setAll(accumulations, body, body, 1);
    advance(moves, counts, body, block);
  }
  if (rest) {
    setAll(counts, accumulations, body, rest);
    run(body, end);
    setAll(counts, accumulations, body, block);
  }
  setAll(accumulations, body, body, 0);
  advance(moves, counts, body, -block * blocks);
  return end;
}

/** Adds the bytes of some rows to each address of a list. */
function advance(list: usize, end: usize, body: usize, rows: i32): void {
  for (; list < end; list += 8) {
    const word = body + (load<usize>(list) << 2);
    store<i32>(word, load<i32>(word) + load<i32>(list, 4) * rows);
  }
}

function setAll(list: usize, end: usize, body: usize, value: i32): void {
  for (; list < end; list += 4) store<i32>(body + (load<usize>(list) << 2), value);
}

/**
 * Runs the body once a step. Elements of sequences are copied to buffers before, results copied out and states replaced
 * after, so the body is code like any other.
 * [header, length, reverse, body words, elements, stacked, summed, states, (sequence, size, buffer)…,
 * (buffer, size, result)…, (buffer, size, result)…, (next, size, buffer, initial, final)…], then the body
 */
function scan(pc: usize): usize {
  const length = load<i32>(pc, 4), reverse = load<i32>(pc, 8);
  const elements = pc + 32;
  const stacked = elements + load<usize>(pc, 16) * 12;
  const summed = stacked + load<usize>(pc, 20) * 12;
  const states = summed + load<usize>(pc, 24) * 12;
  const body = states + load<usize>(pc, 28) * 20;
  const end = body + (load<usize>(pc, 12) << 2);
  for (let entry = states; entry < body; entry += 20) {
    layout.copyOperand(load<usize>(entry, 8), load<usize>(entry, 12), load<i32>(entry, 4));
  }
  for (let entry = summed; entry < states; entry += 12) {
    memory.fill(load<usize>(entry, 8), 0, load<usize>(entry, 4) << 3);
  }
  for (let step = 0; step < length; step++) {
    const t = <usize>(reverse ? length - 1 - step : step);
    for (let entry = elements; entry < stacked; entry += 12) {
      const size = load<usize>(entry, 4);
      layout.copyOperand(load<usize>(entry, 8), load<usize>(entry) + (t * size << 3), <i32>size);
    }
    run(body, end);
    for (let entry = stacked; entry < summed; entry += 12) {
      const size = load<usize>(entry, 4);
      copyElements(load<usize>(entry, 8) + (t * size << 3), load<usize>(entry), <i32>size);
    }
    for (let entry = summed; entry < states; entry += 12) {
      addElements(load<usize>(entry, 8), load<usize>(entry), load<i32>(entry, 4));
    }
    for (let entry = states; entry < body; entry += 20) {
      layout.copyOperand(load<usize>(entry, 8), load<usize>(entry), load<i32>(entry, 4));
    }
  }
  for (let entry = states; entry < body; entry += 20) {
    copyElements(load<usize>(entry, 16), load<usize>(entry, 8), load<i32>(entry, 4));
  }
  return end;
}

function addElements(to: usize, from: usize, n: i32): void {
  for (; n >= 2; n -= 2, to += 16, from += 16) v128.store(to, f64x2.add(v128.load(to), v128.load(from)));
  if (n) store<f64>(to, load<f64>(to) + load<f64>(from));
}
