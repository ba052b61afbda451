/** Expressions: immutable, hash-consed nodes with static shapes, the operations on them, and their derivatives. */
export { Expression } from './expression';
export { Graph, withGraph } from './graph';
export { gradient, valueAndGradient } from './gradient';
export * from './functions';
export * from './linear-algebra';
export * from './special-functions';
export * from './composed';
export type * from './rank';
export { broadcastShapes, describeShape, sameShape, sizeOf, type Shape } from './shape';
