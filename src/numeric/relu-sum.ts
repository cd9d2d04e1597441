/** Sums of relus of one standard normal vector, f(x) = sum_m a_m relu(v_m . x). */

export interface ReluSum {
  readonly dimension: number;
  /** v_1, v_2, ..., row-major. */
  readonly vectors: Float64Array;
  readonly coefficients: Float64Array;
}
