/** The full build: what `index.ts` exports, and the methods that few pages need. */
import { further } from "./program/further";
import { extendInterpreter } from "./program/interpreter";

extendInterpreter(further);

export * from "./index";
export { logDensities, quantitiesOf } from "./approximation/draws";
export { sampleByWeight, smoothTail } from "./approximation/pareto";
export {
  advanceLbfgs,
  beginLbfgs,
  createLbfgs,
  lbfgsDecrement,
  lbfgsEvaluations,
  lbfgsGradient,
  lbfgsLogDensity,
  lbfgsPosition,
  lbfgsStatus,
} from "./optimize/lbfgs";
export {
  advanceNewton,
  advanceNewtonDense,
  beginNewton,
  createNewton,
  newtonEvaluations,
  newtonGradient,
  newtonLogDensity,
  newtonMove,
  newtonPosition,
  newtonStatus,
  newtonStep,
} from "./optimize/newton";
export { advanceProximal } from "./optimize/proximalNewton";
export { configureProducts, productCount } from "./curvature/product";
export { factorPrecision } from "./curvature/definite";
export { drawDense, logDeterminant, precisionRows, quantityGradients, symmetrise, whitenRows } from "./curvature/dense";
export { createRandom } from "./curvature/random";
export { diagonalOfColour, drawDiagonal, probeDiagonal } from "./curvature/diagonal";
export { basisRow, combineBasis, drawLowRank, eigenOf, lanczos } from "./curvature/lanczos";
export { sumOfLogs } from "./curvature/logSum";
export { configureMarginal, drawLatents, marginalDensity, marginalOrigin, marginalPosition } from "./curvature/marginal";
export {
  chainExtra,
  configureEllipticalSlice,
  configureHost,
  configureMclmc,
  configureMetropolis,
  configureSlice,
  configureWalnuts,
  drawFrom,
  metropolisTable,
  restart,
  setRoot,
  setStepSize,
  settleHost,
} from "./samplers/index";
export { chainDirections, copyDirections } from "./lowrank/index";
export * from "./variational/index";
export * from "./pathfinder/index";
export { exp, log } from "./math/scalar";
export { createParticles, moveParticles, particleLogDensities, particlePosition, particleScales } from "./stein/svgd";
