/** From an expression graph to a program: schedule, storage, instructions, image. */
export { compileProgram, type ProgramSource } from './program';
export * from './image';
