/**
 * The arc-cosine kernel of degree 1 (Cho and Saul 2009): E relu(X) relu(Y) for standard normals X, Y of correlation c
 * is
 *
 *     kappa(c) = (sqrt(1 - c^2) + c (pi - arccos c)) / (2 pi) = c/4 + evenKappa(c) + 1 / (2 pi).
 */

/** kappa(c), -1 <= c <= 1. */
export const kappa = (c: number): number => c / 4 + 1 / (2 * Math.PI) + evenKappa(c);

/**
 * The even part of kappa without its constant, (c arcsin c + sqrt(1 - c^2) - 1) / (2 pi): about c^2 / (4 pi). The two
 * constants have cancelled before anything is rounded, so a small c costs no accuracy; error at most 6 roundings of
 * c^2 / (2 pi) for a given c.
 */
export function evenKappa(c: number): number {
  const square = c * c;
  return (c * Math.asin(c) - square / (1 + Math.sqrt((1 - c) * (1 + c)))) / (2 * Math.PI);
}

/**
 * Coefficients of c^0, c^1, ..., c^degree in kappa: 1/(2 pi), 1/4, 1/(4 pi), then ((t-3)!!)^2 / (2 pi t!) for even t.
 */
export function kappaCoefficients(degree: number): Float64Array {
  const all = new Float64Array(Math.max(degree, 2) + 1);
  all[0] = 1 / (2 * Math.PI);
  all[1] = 1 / 4;
  all[2] = 1 / (4 * Math.PI);
  for (let t = 4; t <= degree; t += 2) all[t] = (all[t - 2] * (t - 3) ** 2) / ((t - 1) * t);
  return all.slice(0, degree + 1);
}
