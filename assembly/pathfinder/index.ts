/** What the full build exports of Pathfinder. */

export {
  createPath,
  extendPath,
  loadPath,
  mixtureLogDensities,
  pathBest,
  pathBound,
  pathBytes,
  pathDraws,
  pathEvaluations,
  pathMoments,
  pathPoint,
  pathVectorBytes,
  savePath,
} from "./path";
