/** Point estimates. */

export type { ClimbProgress } from './climb';
export { type AscentEnding } from './lbfgs';
export {
  maximumAPosteriori,
  type MaximumAPosterioriOptions,
  maximumLikelihood,
  type OptimizeOptions,
} from './maximize';
export type { Objective } from './objective';
export { type Certainty, PointEstimate, type StartReport } from './point-estimate';
export { type Pole, PoleError } from './pole';
