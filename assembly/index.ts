/** The module's exports. */
export { slotAddress } from "./program/image";
export { attachHost, call, density, dimension, loadProgram } from "./program/target";
export { allocate } from "./memory";
export {
  chainBytes,
  chainDivergences,
  chainGradients,
  chainIsDense,
  chainIteration,
  chainLogDensity,
  chainPosition,
  chainStatus,
  chainStepSize,
  configureHmc,
  configureNuts,
  configureRun,
  copyRoot,
  createChain,
  scoreBytes,
} from "./mcmc/chain";
export { drawPosition, evaluate } from "./mcmc/start";
export { advance } from "./mcmc/advance";
