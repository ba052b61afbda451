/** The pure-TypeScript backend. */
export { BaselineProgram } from './interpreter';
