/** What the full build exports of Pathfinder. */

export {
  createPath,
  extendPath,
  mixtureLogDensities,
  pathBest,
  pathBound,
  pathDraws,
  pathEvaluations,
  pathMoments,
  pathPoint,
  pathVectorBytes,
} from "./path";
