/** The module of random variates, which only those who draw them load. */
export { allocate } from "../memory";
export * from "./variates";
