/** Samplers of one's own. */

export type { ChainRandom, Kernel, KernelChain, Transition } from './kernel';
export { runKernel, sampleWith, type SampleWithOptions } from './sample-with';
