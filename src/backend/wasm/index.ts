/** Loads and runs densities inside WebAssembly. */

export { moduleFor } from './build';
export { compileEmbedded } from './embedded';
export type { Exports } from './exports';
export { type FullExports } from './exports-full';
export { fullInstance, loadFullModule } from './full';
export { type Density, Instance } from './instance';
export { loadModule, setModule } from './module';
