/** a·b + c, rounded after each step: what the compiler makes of a product that only a sum reads. */
import { Opcode } from '../../../assembly/program/opcodes';
import type { ElementwiseOperation } from '../operation';

export const multiplyAddOperation: ElementwiseOperation = {
  kind: 'elementwise',
  name: 'multiplyAdd',
  opcode: Opcode.MultiplyAdd,
  exact: true,
  compute: (a, b, c) => a * b + c,
};
