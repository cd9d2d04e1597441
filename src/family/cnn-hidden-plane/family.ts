/**
 * `cnn-hidden-plane`: a hidden plane looked at through all elements of a permutation group.
 *
 * f_U(X) = mean over g in G of the sum over columns x of F(U g^-1 x): X in R^(n x columns) standard normal, U a plane
 * in R^n, F the alternating polygon of 2k relus (Kiani et al. 2024). With cyclic shifts it is a one-layer
 * convolutional network with full-length filters and average pooling. Easy twin: as in `gnn-hidden-plane`.
 */

import type { Checked } from "../../base/checked.ts";
import { defineStudent, studentSizes } from "../student.ts";
import type { StudentSizes, StudentOptions } from "../family.ts";
import { foldIn, type Key } from "../../base/random.ts";
import { gaussian } from "../../distribution/gaussian.ts";
import type { Samples } from "../../distribution/law.ts";
import { frameAveraged, frameAveragedTeacher, requireTeacherWidth } from "../../network/frame-averaged.ts";
import type { Network, Weights } from "../../network/network.ts";
import { kappa } from "../../numeric/arc-cosine.ts";
import {
  alternating,
  directions,
  easyCoefficients,
  reluPolygon,
  type PlaneFunction,
} from "../plane/polygon.ts";
import { polygonNormSquared } from "../plane/polygon-norm.ts";
import type { OverlapFunction } from "../plane/polygon-product.ts";
import type { Permutation } from "../../symmetry/permutation.ts";
import type { Instance, Target } from "../instance.ts";
import { equivariantStudents } from "../parameter/group-students.ts";
import { averagedElements, groupProduct, meanOverlap } from "../plane/group-product.ts";
import { drawPlane, planeOf, rowsOf, type Plane, type PlaneRows } from "../plane/plane.ts";
import type { HiddenPlane } from "../plane/hidden-plane.ts";
import { id, type CnnPlaneValues } from "./params.ts";

/** Labels: the plane is moved by every element once, then read off every column. */
export function planeLabels(
  elements: readonly Permutation[],
  columns: number,
  plane: Plane,
  f: PlaneFunction,
): (samples: Samples) => Float64Array {
  const n = plane.length / 2;
  // g^-1 x has entry i from x_g(i): the row entry i of U goes to g(i)
  const moved = elements.map((g) => {
    const rows = new Float64Array(2 * n);
    for (let i = 0; i < n; i++) [rows[2 * g[i]], rows[2 * g[i] + 1]] = [plane[i], plane[n + i]];
    return rows;
  });
  return ({ count, data }) => {
    const column = new Float64Array(n);
    const labels = new Float64Array(count);
    for (let e = 0; e < count; e++) {
      let sum = 0;
      for (let c = 0; c < columns; c++) {
        for (let i = 0, at = e * n * columns + c; i < n; i++, at += columns) column[i] = data[at];
        for (const rows of moved) {
          let [x, y] = [0, 0];
          for (let i = 0; i < n; i++) {
            x += rows[2 * i] * column[i];
            y += rows[2 * i + 1] * column[i];
          }
          sum += f(x, y);
        }
      }
      labels[e] = sum / moved.length;
    }
    return labels;
  };
}

/** E of the product of two polygons with any coefficients on overlapping planes, by the arc-cosine kernel. */
function kernelSum(k: number, coefficients: Float64Array): OverlapFunction {
  const w = directions(k);
  return (a, b, c, d) => {
    let sum = 0;
    for (let m = 0; m < 2 * k; m++)
      for (let l = 0; l < 2 * k; l++) {
        const cosine =
          w[2 * m] * (a * w[2 * l] + b * w[2 * l + 1]) + w[2 * m + 1] * (c * w[2 * l] + d * w[2 * l + 1]);
        sum += coefficients[m] * coefficients[l] * kappa(Math.max(-1, Math.min(1, cosine)));
      }
    return sum;
  };
}

export type CnnPlaneInstance = Instance<CnnPlaneValues, PlaneRows>;

export const hiddenPlane: HiddenPlane<CnnPlaneValues, PlaneRows> = {
  size: ({ law }) => ({ vectors: law.shape[1], dimension: law.shape[0] }),
  strides: ({ law }) => ({ vector: 1, entry: law.shape[1] }),
  labels({ params }, plane, easy) {
    const { k, columns, group } = params.values;
    const coefficients = easy ? easyCoefficients(k) : alternating(k);
    return planeLabels(averagedElements(group), columns, plane, reluPolygon(k, coefficients));
  },
  hidden: ({ hidden }) => planeOf(hidden.u, hidden.v, "plane"),
};

export function draw(params: Checked<CnnPlaneValues>, key: Key): CnnPlaneInstance {
  const { k, columns, group } = params.values;
  const elements = averagedElements(group);
  const n = group.degree;
  const plane = drawPlane(foldIn(key, "plane"), n);
  const normSquared = groupProduct(elements, k, columns).value(plane, plane);
  const easy = easyCoefficients(k);
  const easyNormSquared = columns * meanOverlap(elements, kernelSum(k, easy))(plane, plane);
  const target = (coefficients: Float64Array, secondMoment: number): Target => ({
    label: planeLabels(elements, columns, plane, reluPolygon(k, coefficients)),
    mean: { value: 0, standardError: 0 },
    secondMoment: { value: secondMoment, standardError: 0 },
  });
  return {
    family: id,
    params,
    hidden: rowsOf(plane),
    facts: {
      normSquared,
      // about 1 for planes in general position and groups far smaller than dim H_k
      normTimesOrder: (normSquared * elements.length) / (columns * polygonNormSquared(k)),
      easyNormSquared,
      easyEqualsHard: k === 2,
      ...(k === 2 ? { warning: "k = 2: planes of such families correlate strongly; use k >= 4" } : {}),
    },
    labels: "real",
    law: gaussian([n, columns]),
    hard: target(alternating(k), normSquared),
    easy: target(easy, easyNormSquared),
    key,
  };
}

function groupStudent(instance: CnnPlaneInstance, options: StudentSizes): Network {
  const { group, columns } = instance.params.values;
  const { layers, width, readoutLayers, pool } = options;
  return frameAveraged({ group, frame: "reynolds", columns, layers, width, readoutLayers, pool });
}

export const students = { "group-cnn": defineStudent(studentSizes, groupStudent), ...equivariantStudents };

/** 2k units a column: relu(w_m . U x), with alternating signs at the output. */
export function teacher(instance: CnnPlaneInstance, options: StudentOptions): Weights {
  const { k, columns, group } = instance.params.values;
  const { u, v } = instance.hidden;
  requireTeacherWidth(2 * k * columns, options.width);
  const network = groupStudent(instance, options);
  const [inputs] = network.inputs["x"];
  const size = Number(group.order());
  const w = directions(k);
  const signs = alternating(k);
  const rows: Float64Array[] = [];
  for (let c = 0; c < columns; c++)
    for (let m = 0; m < 2 * k; m++) {
      const row = new Float64Array(inputs);
      for (let i = 0; i < u.length; i++) row[i * columns + c] = w[2 * m] * u[i] + w[2 * m + 1] * v[i];
      rows.push(row);
    }
  const coefficients = rows.map((_, unit) => signs[unit % (2 * k)]);
  return frameAveragedTeacher(network, { rows, coefficients }, options.pool === "mean" ? 1 : 1 / size);
}
