import { DeepDiveError } from '@deepdive/tensor'

/** A graph that cannot do what is asked: used up, overwritten, or not there at all. */
export class GraphError extends DeepDiveError {}

/** A NaN or Infinity, found by anomaly mode. */
export class AnomalyError extends DeepDiveError {}

/** A gradient that differs from finite differences, found by gradcheck. */
export class GradcheckError extends DeepDiveError {}
