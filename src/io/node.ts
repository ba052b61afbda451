/** Runs on disk, for Node: the formats are in './index'. */

export { readRun, type ReadOptions } from './read-run';
export { runDirectory, type RunDirectoryOptions } from './run-directory';
export { RunWriter } from './run-writer';
export * from './index';
