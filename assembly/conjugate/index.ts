/** The module of exact inference: special functions of one number, and statistics of long arrays. */
export { allocate } from "../memory";
export * from "./special";
export { sumLog } from "../math/sumLog";
export { histogram } from "./histogram";
export { logFactorials, logRisings } from "./log-factorials";
export { moments } from "./moments";
export { absorbRows } from "./absorb-rows";
export { scatter } from "./scatter";
export { totals } from "./totals";
