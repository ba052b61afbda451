/** The pure-TypeScript backend. */
export { Interpreter } from './interpreter';
export { BaselineProgram } from './program';
