/** Every operation that has an instruction. */
import type { ElementwiseOperation, FusedOperation, StructuredOperation } from '../operation';
import { binary } from './binary';
import { matrixProductOperation, matrixVectorOperation, rowDotsOperation } from './contract';
import {
  bernoulliLogitOperation,
  binomialLogitOperation,
  gaussianOperation,
  poissonLogOperation,
} from './fused';
import { groupedGaussianOperation } from './grouped-gaussian';
import { groupResidualOperation } from './group-residual';
import { gatherOperation, gatherPositionsOperation, scatterAddOperation } from './indexing';
import { concatenateOperation, padOperation, sliceOperation, transposeOperation } from './layout';
import { batchedProductOperation } from './batched';
import { countQuantiles } from './count-quantiles';
import { cumulativeSumOperation } from './cumulative';
import { upperCholeskyAdjointOperation, upperCholeskyOperation } from './linear-algebra/cholesky';
import { symmetricEigenOperation } from './linear-algebra/eigen';
import { luOperation, luSolveOperation } from './linear-algebra/lu';
import { symmetricPackOperation, symmetricUnpackOperation } from './linear-algebra/symmetric';
import { triangularPartOperation, triangularSolveOperation } from './linear-algebra/triangular';
import { logSumExpOperation, softmaxOperation } from './log-sum-exp';
import { logSumExpRowsOperation } from './log-sum-exp-rows';
import { multiplyAddOperation } from './multiply-add';
import { dotOperation, expandOperation, maxOperation, sumOperation, totalOperation } from './reduce';
import { affineScanOperation } from '../scan/affine';
import { special } from './special-functions';
import { unary } from './unary';

export const elementwiseOperations: readonly ElementwiseOperation[] = [
  ...Object.values(unary),
  ...Object.values(binary),
  ...Object.values(special),
  ...Object.values(countQuantiles),
  multiplyAddOperation,
];

export const structuredOperations: readonly (StructuredOperation | FusedOperation)[] = [
  sumOperation,
  maxOperation,
  logSumExpOperation,
  softmaxOperation,
  logSumExpRowsOperation(2),
  expandOperation,
  dotOperation,
  totalOperation,
  sliceOperation,
  padOperation,
  gatherPositionsOperation,
  concatenateOperation,
  transposeOperation,
  gatherOperation,
  scatterAddOperation,
  matrixVectorOperation,
  rowDotsOperation,
  matrixProductOperation,
  gaussianOperation,
  bernoulliLogitOperation,
  binomialLogitOperation,
  poissonLogOperation,
  groupedGaussianOperation,
  groupResidualOperation,
  affineScanOperation,
  triangularPartOperation,
  triangularSolveOperation,
  upperCholeskyOperation,
  upperCholeskyAdjointOperation,
  luOperation,
  luSolveOperation,
  symmetricEigenOperation,
  cumulativeSumOperation,
  batchedProductOperation,
  symmetricUnpackOperation,
  symmetricPackOperation,
];
