/** The module's exports. */
export { attachHost, dimension } from "./program/target";
