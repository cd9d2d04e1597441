/**
 * The spectral query dimension of f_w(x) = f(w.x), w uniform on the sphere of R^d, x standard normal, for a link f with
 * Hermite coefficients c_l. E[f_w (x) f_w] commutes with rotations; on harmonics of degree j its eigenvalue is, by Funk
 * and Hecke,
 *
 *     lambda_j = sum_l c_l^2 a_lj,    a_lj = the mean of t^l against the zonal harmonic of degree j,
 *     a_jj = prod_(i<j) (i + 1)/(2 i + d),    a_(l+2)j = a_lj (l + 1)(l + 2)/((l - j + 2)(l + j + d)),
 *
 * 0 where l - j is odd or negative. The constant part (j = 0) is the members' mean, which no query needs to ask for:
 * d_eff = (sum_l c_l^2 - lambda_0) / max_(j >= 1) lambda_j.
 */

/** a_lj for l = 0, ..., degree. */
export function zonalMoments(d: number, j: number, degree: number): Float64Array {
  const a = new Float64Array(degree + 1);
  if (j > degree) return a;
  a[j] = 1;
  for (let i = 0; i < j; i++) a[j] *= (i + 1) / (2 * i + d);
  for (let l = j; l + 2 <= degree; l += 2)
    a[l + 2] = (a[l] * (l + 1) * (l + 2)) / ((l - j + 2) * (l + j + d));
  return a;
}

/**
 * lambda_j, from above. What lies beyond the coefficients weighs at most as the next moment, since these fall from some
 * degree on.
 * @param squares c_l^2, l = 0, ..., L
 * @param total sum of all c_l^2
 */
export function zonalEigenvalue(squares: Float64Array, total: number, d: number, j: number): number {
  const last = squares.length - 1;
  const a = zonalMoments(d, j, last + 2);
  const known = squares.reduce((sum, c) => sum + c, 0);
  const beyond = Math.max(0, total - known) * Math.max(a[last + 1], a[last + 2]);
  return squares.reduce((sum, c, l) => sum + c * a[l], beyond);
}

/** Degrees j that are looked at; the eigenvalues beyond are below total / dim H_j, far below the first ones. */
const HARMONICS = 24;

/** d_eff, in floating point. */
export function singleIndexDimension(squares: Float64Array, total: number, d: number): number {
  let most = 0;
  for (let j = 1; j <= HARMONICS; j++) most = Math.max(most, zonalEigenvalue(squares, total, d, j));
  return (total - zonalEigenvalue(squares, total, d, 0)) / most;
}
