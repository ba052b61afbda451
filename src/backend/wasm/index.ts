/** Loads and runs densities inside WebAssembly. */

export { type Density, Instance } from './instance';
export { loadModule, setModule } from './module';
