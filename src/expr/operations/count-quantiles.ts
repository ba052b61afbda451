/** Quantiles of counts, by a uniform number and parameters. They are steps, and have no derivatives. */
import { Opcode } from '../../../assembly/program/opcodes';
import { binomialQuantile, negativeBinomialQuantile, poissonQuantile } from '../special-counts';
import { elementwise } from './elementwise';

export const countQuantiles = {
  /** By mean. */
  poisson: elementwise({
    name: 'poissonQuantile',
    opcode: Opcode.PoissonQuantile,
    compute: poissonQuantile,
  }),
  /** By trials and probability. */
  binomial: elementwise({
    name: 'binomialQuantile',
    opcode: Opcode.BinomialQuantile,
    compute: binomialQuantile,
  }),
  /** By mean and dispersion. */
  negativeBinomial: elementwise({
    name: 'negativeBinomialQuantile',
    opcode: Opcode.NegativeBinomialQuantile,
    compute: negativeBinomialQuantile,
  }),
};
