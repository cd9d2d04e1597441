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

/**
 * Coordinates of vectors of R^d, given one after the other, in the plane. A function of its own, so that it is compiled
 * well: four vectors at a time, as the sums of one alone wait for each addition.
 */
export function project(vectors: Float32Array, plane: Plane): [first: Float64Array, second: Float64Array] {
  const d = plane.length / 2;
  const count = vectors.length / d;
  const [first, second] = [new Float64Array(count), new Float64Array(count)];
  for (let i = 0; i < count; i += 4) {
    const last = count - 1;
    // at the end the last one is projected several times
    const [i1, i2, i3] = [Math.min(i + 1, last), Math.min(i + 2, last), Math.min(i + 3, last)];
    const [a0, a1, a2, a3] = [i * d, i1 * d, i2 * d, i3 * d];
    let [x0, x1, x2, x3, y0, y1, y2, y3] = [0, 0, 0, 0, 0, 0, 0, 0];
    for (let j = 0; j < d; j++) {
      const u = plane[j];
      const v = plane[d + j];
      const p = vectors[a0 + j];
      const q = vectors[a1 + j];
      const r = vectors[a2 + j];
      const s = vectors[a3 + j];
      x0 += u * p;
      y0 += v * p;
      x1 += u * q;
      y1 += v * q;
      x2 += u * r;
      y2 += v * r;
      x3 += u * s;
      y3 += v * s;
    }
    first[i] = x0;
    second[i] = y0;
    first[i1] = x1;
    second[i1] = y1;
    first[i2] = x2;
    second[i2] = y2;
    first[i3] = x3;
    second[i3] = y3;
  }
  return [first, second];
}
