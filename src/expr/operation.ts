/** What one entry of the table of operations says. */
import type { Opcode } from '../../assembly/program/opcodes';
import type { Expression } from './expression';
import type { Graph } from './graph';
import type { Shape } from './shape';

/** Numbers fixed when a node is made (extents, offsets, flags); part of its identity. */
export type Attributes = Readonly<Record<string, number>>;

/** Memory of the baseline interpreter: one address space in bytes, seen as f64 and as i32. */
export interface Memory {
  readonly f64: Float64Array;
  readonly i32: Int32Array;
}

/** Runs the instruction whose header is word `at` of `code`, in plain TypeScript. */
export type BaselineKernel = (memory: Memory, code: Int32Array, at: number) => void;

/** How an operand takes part when an instruction runs block by block over rows. */
export type RowRole =
  /** One element a row. */
  | 'row'
  /** All of it is needed in every block. */
  | 'whole'
  /** Complete beforehand; a block starts further along (columns of a matrix, positions of an index). */
  | 'advance'
  /** A result that blocks add to. */
  | 'accumulated';

/** An instruction that can run by blocks of rows, so that temporaries stay in the nearest cache. */
export interface RowBlocks {
  readonly rows: number;
  readonly inputs: readonly RowRole[];
  readonly output: RowRole;
}

/** Writes the words of one instruction, behind its header. */
export interface Encoder {
  /** A number of elements (rows, where the instruction runs by blocks). */
  count(n: number): void;
  /** Any other number. */
  word(value: number): void;
  /** Address of input `k`. */
  input(k: number): void;
  /** Address of output `k` (0 unless told); 0 where nobody needs it. */
  output(k?: number): void;
  /** 1 where the result is added to what is there. */
  accumulate(): void;
}

interface OperationBase {
  readonly name: string;
  /** A simpler expression of the same value, or undefined. `inputs` already broadcast. */
  readonly simplify?: (
    inputs: readonly Expression[],
    shape: Shape,
    attributes: Attributes,
  ) => Expression | undefined;
  /**
   * The cotangent of input `k`, given that of the node: reverse mode, as another expression. Undefined where the
   * derivative is zero almost everywhere; absent where the operation has none (and asking is an error).
   */
  readonly cotangent?: (node: Expression, g: Expression, k: number) => Expression | undefined;
}

/** The same scalar function at every element; scalar inputs stretch. */
export interface ElementwiseOperation extends OperationBase {
  readonly kind: 'elementwise';
  readonly opcode: Opcode;
  readonly compute: (a: number, b: number, c: number) => number;
  /** The order of the two inputs does not matter. */
  readonly commutative?: boolean;
  /** Uses only + − × ÷ √ and comparisons, so literals may be folded by the host bit for bit. */
  readonly exact?: boolean;
}

/** Anything else that is run by an instruction of its own. */
export interface StructuredOperation extends OperationBase {
  readonly kind: 'structured';
  readonly opcode: Opcode;
  /** The results are positions (i32), not numbers. */
  readonly positions?: true;
  /** The instruction's words; `run` reads what this writes. */
  readonly encode: (to: Encoder, node: Expression) => void;
  readonly run: BaselineKernel;
  /** Present where the instruction can run by blocks of rows. */
  readonly blocks?: (node: Expression) => RowBlocks | undefined;
  /** Which output this is, where operations of the same inputs and attributes share one instruction, `of` its name. */
  readonly output?: { readonly of: string; readonly index: number; readonly count: number };
}

/** Same elements in the same order: no instruction, a view. */
export interface ViewOperation extends OperationBase {
  readonly kind: 'view';
}

/** Where values come from: literals, data, parameters. */
export interface LeafOperation extends OperationBase {
  readonly kind: 'leaf';
}

/** Σ of a fused density kernel over all elements, and its partial derivatives, all from one instruction. */
export interface FusedOperation extends OperationBase {
  readonly kind: 'fused';
  readonly opcode: Opcode;
  readonly run: BaselineKernel;
  /** Number of inputs. */
  readonly arity: number;
  /** The elementwise expression that the kernel sums. */
  readonly definition: (inputs: readonly Expression[]) => Expression;
  /** How it runs by blocks, where the longest input does not tell. */
  readonly blocks?: (inputs: readonly Expression[]) => RowBlocks;
  /** The instruction's words, where they are not the common ones. */
  readonly encode?: (to: Encoder, inputs: readonly Expression[]) => void;
}

/** ∂(fused sum)/∂(input `index`), opaque until it is differentiated in turn. */
export interface PartialOperation extends OperationBase {
  readonly kind: 'partial';
  readonly of: FusedOperation;
  readonly index: number;
}

/** What a scan does at every step. Placeholders stand for what changes from step to step, and for what it reads. */
export interface ScanBody {
  /** Carried state; `next` has its values after the step. */
  readonly carries: readonly Expression[];
  readonly next: readonly Expression[];
  /** The step's elements of sequences. */
  readonly elements: readonly Expression[];
  /** Values from outside, the same at every step. */
  readonly captured: readonly Expression[];
  /** Results kept for every step. */
  readonly stacked: readonly Expression[];
  /** Results added up over the steps. */
  readonly summed: readonly Expression[];
}

/**
 * A loop over time with carried state. Inputs: initial state, sequences, captured values. The result is one vector: the
 * final state, the stacked results, the summed ones; parts of it are views.
 */
export interface ScanOperation extends OperationBase {
  readonly kind: 'scan';
  readonly opcode: Opcode;
  readonly body: ScanBody;
  readonly length: number;
  /** From the last step to the first. */
  readonly reverse: boolean;
}

/** The right-hand side of a system of differential equations. */
export interface OdeBody {
  readonly time: Expression;
  /** [size]: blocks of the base system's size, the solution and its sensitivities. */
  readonly state: Expression;
  readonly captured: readonly Expression[];
  /** d state / d time */
  readonly slope: Expression;
  /** Of the base system: ∂slopeᵢ/∂stateⱼ; for the stiff method. */
  readonly jacobian: Expression | undefined;
}

/**
 * The solution of an initial value problem. Inputs: initial state, start, times, relative and absolute tolerance,
 * captured values. The result is the state at each time; NaN where the solver gave up.
 */
export interface OdeOperation extends OperationBase {
  readonly kind: 'ode';
  readonly opcode: Opcode;
  readonly body: OdeBody;
  /** Size of the base system. */
  readonly base: number;
  readonly stiff: boolean;
  readonly maxSteps: number;
  /** The solution as part of the larger one that its derivative needs, once there is one. */
  readonly shared: (node: Expression) => Expression | undefined;
}

export type Operation =
  | OdeOperation
  | ScanOperation
  | ElementwiseOperation
  | StructuredOperation
  | ViewOperation
  | LeafOperation
  | FusedOperation
  | PartialOperation;

export type { Graph };
