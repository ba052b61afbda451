/** Numbers of the kernels that `repeat` in `bench/assembly/index.ts` runs; read by both compilers. */
export enum Kernel {
  /** The loaded program. */
  Interpreter,
  EightSchools,
  Hierarchical,
  Gaussian,
  Logistic,
  Poisson,
}
