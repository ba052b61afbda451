/** The full build: what `index.ts` exports, and the methods that few pages need. */
import { further } from "./program/further";
import { extendInterpreter } from "./program/interpreter";

extendInterpreter(further);

export * from "./index";
export { logDensities, quantitiesOf } from "./approximation/draws";
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
