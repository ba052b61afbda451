/** Loads and runs densities inside WebAssembly. */

export { compileEmbedded } from './embedded';
export { type Density, Instance } from './instance';
export { loadModule, setModule } from './module';
