/** What the full build exports of assembly/pathfinder; `path` is a pointer to a path. */

export interface PathfinderExports {
  /** Remembers `history` pairs; bounds are estimated by `draws` draws. */
  createPath(history: number, draws: number, key: bigint, stream: number): number;
  /** Where the next point's position is to be written; its gradient belongs `pathVectorBytes()` on. */
  pathPoint(path: number): number;
  pathVectorBytes(): number;
  /** Takes in the point; returns the bound of its Gaussian. */
  extendPath(path: number): number;
  /** Number of the best point, −1 where there is none. */
  pathBest(path: number): number;
  pathBound(path: number): number;
  pathEvaluations(path: number): number;
  /** Bytes of a saved path: its generator and best Gaussian, good in any instance of the density. */
  pathBytes(path: number): number;
  savePath(path: number, to: number): void;
  /** Into a new path of the same history. */
  loadPath(path: number, from: number): void;
  pathMoments(path: number, location: number, deviations: number): void;
  /** Log density of the even mixture of paths (pointers, u32) at positions without padding. */
  mixtureLogDensities(paths: number, count: number, positions: number, draws: number, results: number): void;
  /** Draws of the best Gaussian, without padding. */
  pathDraws(path: number, count: number, positions: number): void;
}
