/** Planes in R^d as 2 x d matrices with orthonormal rows: the hidden parameter of the hidden-plane families. */

import { reject } from "../../base/errors.ts";
import { foldIn, keyFor, normals, type Key } from "../../base/random.ts";

/** Rows u, v one after the other: 2 d numbers. */
export type Plane = Float64Array;

/** How far from orthonormal the rows of a given plane may be. */
const defectLimit = 1e-6;

/** A Haar-random plane: two standard normal vectors, orthonormalised (twice, so that they are so to rounding). */
export function drawPlane(key: Key, d: number): Plane {
  const plane = normals(key, new Float64Array(2 * d));
  for (let pass = 0; pass < 2; pass++) orthonormalise(plane);
  return plane;
}

/** Plane `index` of the list that a seed draws: of the seed and the dimension only. */
export const listedPlane = (d: number, seed: number, index: number): Plane =>
  drawPlane(foldIn(keyFor("listed planes", d, seed), index), d);

/** Gram-Schmidt in place. */
function orthonormalise(plane: Plane): void {
  const d = plane.length / 2;
  const [u, v] = [plane.subarray(0, d), plane.subarray(d)];
  scale(u, 1 / Math.sqrt(dot(u, u)));
  const along = dot(u, v);
  for (let i = 0; i < d; i++) v[i] -= along * u[i];
  scale(v, 1 / Math.sqrt(dot(v, v)));
}

const scale = (x: Float64Array, factor: number): void => {
  for (let i = 0; i < x.length; i++) x[i] *= factor;
};

export function dot(x: Float64Array, y: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += x[i] * y[i];
  return sum;
}

/**
 * The plane of two rows as a user gives them, orthonormal up to 1e-6; brought to the nearest orthonormal rows.
 * @throws InputError for rows of different lengths, fewer than two entries, or not orthonormal
 */
export function planeOf(u: readonly number[], v: readonly number[], where: string): Plane {
  if (u.length !== v.length || u.length < 2)
    reject({
      where,
      what: `u has ${u.length} entries, v has ${v.length}`,
      allowed: "two rows of one length, at least 2",
    });
  const plane = Float64Array.from([...u, ...v]);
  const [uu, uv, vv] = gramOfRows(plane);
  if (!(Math.max(Math.abs(uu - 1), Math.abs(uv), Math.abs(vv - 1)) <= defectLimit))
    reject({
      where,
      what: [
        `the rows are not orthonormal (u.u = ${uu.toPrecision(7)},`,
        `v.v = ${vv.toPrecision(7)}, u.v = ${uv.toPrecision(3)})`,
      ].join(" "),
      allowed: `rows of length 1 at right angles, up to ${defectLimit}`,
    });
  // U - (U U^T - I) U / 2: the nearest orthonormal rows up to the square of the defect
  const d = u.length;
  for (let pass = 0; pass < 2; pass++) {
    const [a, b, c] = gramOfRows(plane);
    for (let i = 0; i < d; i++) {
      const [x, y] = [plane[i], plane[d + i]];
      plane[i] = x - ((a - 1) * x + b * y) / 2;
      plane[d + i] = y - (b * x + (c - 1) * y) / 2;
    }
  }
  return plane;
}

/** u.u, u.v, v.v. */
function gramOfRows(plane: Plane): [number, number, number] {
  const d = plane.length / 2;
  const [u, v] = [plane.subarray(0, d), plane.subarray(d)];
  return [dot(u, u), dot(u, v), dot(v, v)];
}

/** The two rows of a plane as plain lists, as records hold them. */
export type PlaneRows = { readonly u: number[]; readonly v: number[] };

export function rowsOf(plane: Plane): PlaneRows {
  const d = plane.length / 2;
  return { u: Array.from(plane.subarray(0, d)), v: Array.from(plane.subarray(d)) };
}

/** U V^T as [a, b, c, d], row-major. */
export function overlap(first: Plane, second: Plane): [number, number, number, number] {
  const d = first.length / 2;
  let [a, b, c, e] = [0, 0, 0, 0];
  for (let i = 0; i < d; i++) {
    const [x, y, u, v] = [first[i], first[d + i], second[i], second[d + i]];
    a += x * u;
    b += x * v;
    c += y * u;
    e += y * v;
  }
  return [a, b, c, e];
}
