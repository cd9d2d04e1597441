/**
 * `cnn-hidden-plane`: a hidden plane looked at through all elements of a permutation group.
 *
 * f_U(X) = mean over g in G of the sum over columns x of F(U g^-1 x): X in R^(n x columns) standard normal, U a plane in R^n, F
 * the alternating polygon of 2k relus (Kiani et al. 2024; design mathematics, section 4). With cyclic shifts it is a one-layer
 * convolutional network with full-length filters and average pooling. Easy twin: as in `gnn-hidden-plane`.
 */

import * as z from "zod/mini";
import { reject } from "../../base/errors.ts";
import { foldIn, keyFor, type Key } from "../../base/random.ts";
import { described, integer, parseWith } from "../../base/schema.ts";
import { gaussian } from "../../distribution/gaussian.ts";
import type { Samples } from "../../distribution/law.ts";
import { frameAveraged, frameAveragedTeacher, requireTeacherWidth } from "../../network/frame-averaged.ts";
import type { Weights } from "../../network/network.ts";
import { kappa } from "../../numeric/arc-cosine.ts";
import { alternating, directions, easyCoefficients, largestPolygon, polygonNormSquared, reluPolygon, requirePolygon, type PlaneFunction } from "../plane/polygon.ts"; // prettier-ignore
import type { OverlapFunction } from "../plane/polygon-product.ts";
import type { PermutationGroup } from "../../symmetry/groups.ts";
import type { Permutation } from "../../symmetry/permutation.ts";
import type { ConceptList, ConceptOptions, Family, Instance, Params, ReadFile, StudentOptions, StudentSizes, Target } from "../family.ts"; // prettier-ignore
import {
  equivariantStudents,
  filesField,
  groupField,
  groupOf,
  resolveGroup,
} from "../parameter/group-parameter.ts";
import { averagedElements, groupProduct, meanOverlap } from "../plane/group-product.ts";
import { drawPlane, rowsOf, type Plane } from "../plane/plane.ts";
import { defineStudent, studentSizes } from "../student.ts";

const id = "cnn-hidden-plane";

/** Most listed planes, and most evaluations of the kernel for their Gram matrix. */
export const LARGEST_LIST = 2000;
const GRAM_WORK_LIMIT = 100_000_000;

const schema = z.strictObject({
  group: groupField("cyclic:32"),
  k: described(integer(1, largestPolygon), "half the number of relus, even; 4 or more makes the family hard"),
  columns: described(z._default(integer(1, 256), 1), "columns of X, added up"),
  count: described(
    z.optional(integer(2, LARGEST_LIST)),
    "certify this many drawn planes by their Gram matrix (absent: all planes, by Schur's lemma)",
  ),
});
const withFiles = z.extend(schema, { files: filesField });

export type CnnPlaneParams = z.output<typeof withFiles>;

export function parse(input: unknown, readFile?: ReadFile): Params {
  const checked = parseWith(withFiles, input);
  const { group: _group, files: _files, ...rest } = checked;
  const params = { ...resolveGroup(checked, readFile), ...rest };
  requirePolygon(params.k, "k");
  requirePlane(groupOf(params));
  return params;
}

/** @throws InputError for a group on one point */
export function requirePlane(group: PermutationGroup): void {
  if (group.degree < 2)
    reject({ where: "group", what: `${group.name} has one coordinate, a plane needs two`, allowed: "degree at least 2" }); // prettier-ignore
}

/** @throws InputError for a list whose Gram matrix is too long to compute */
export function requireListed(count: number, group: PermutationGroup): void {
  const work = (count * (count + 1)) / 2;
  if (BigInt(work) * group.order() > BigInt(GRAM_WORK_LIMIT))
    reject({
      where: "count",
      what: `${count} planes through ${group.order()} elements need ${BigInt(work) * group.order()} inner products`,
      allowed: `at most ${GRAM_WORK_LIMIT}`,
      next: "leave --count out: the certificate over all planes needs no list",
    });
}

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

/** Labels as if `plane` were the hidden one: all else of the instance is known to a learner. */
export const labelsOnPlane = (
  { params }: Instance,
  plane: Plane,
  easy: boolean,
): ((samples: Samples) => Float64Array) => {
  const { k, columns, ...group } = params as unknown as CnnPlaneParams;
  const coefficients = easy ? easyCoefficients(k) : alternating(k);
  return planeLabels(averagedElements(groupOf(group)), columns, plane, reluPolygon(k, coefficients));
};

function draw(input: Params, key: Key): Instance {
  const params = input as CnnPlaneParams;
  const { k, columns } = params;
  const group = groupOf(params);
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
    params: input,
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

function groupStudent(instance: Instance, options: StudentSizes) {
  const params = instance.params as CnnPlaneParams;
  const { layers, width, readoutLayers, pool } = options;
  return frameAveraged({ group: groupOf(params), frame: "reynolds", columns: params.columns, layers, width, readoutLayers, pool }); // prettier-ignore
}

/** 2k units a column: relu(w_m . U x), with alternating signs at the output. */
function teacher(instance: Instance, options: StudentOptions): Weights {
  const params = instance.params as CnnPlaneParams;
  const { k, columns } = params;
  const { u, v } = instance.hidden as { u: number[]; v: number[] };
  requireTeacherWidth(2 * k * columns, options.width);
  const network = groupStudent(instance, options);
  const [inputs] = network.inputs["x"];
  const size = Number(groupOf(params).order());
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

/** Plane `index` of the list that a seed draws. */
export const listedPlane = (n: number, seed: number, index: number): Plane =>
  drawPlane(foldIn(keyFor("listed planes", n, seed), index), n);

function concepts(input: Params, { count, seed }: ConceptOptions): ConceptList {
  const params = input as CnnPlaneParams;
  const { k, columns } = params;
  const wanted = count ?? params.count;
  if (wanted === undefined)
    return reject({ where: "count", what: "missing: there are infinitely many planes", allowed: "how many to draw" }); // prettier-ignore
  const group = groupOf(params);
  const elements = averagedElements(group);
  const n = group.degree;
  const planes = Array.from({ length: wanted }, (_, i) => listedPlane(n, seed, i));
  const { value } = groupProduct(elements, k, columns);
  const scales = planes.map((plane) => 1 / Math.sqrt(value(plane, plane)));
  const f = reluPolygon(k, alternating(k));
  return {
    count: wanted,
    law: gaussian([n, columns]),
    values(samples, from, to) {
      const values = new Float32Array((to - from) * samples.count);
      for (let i = from; i < to; i++) {
        const labels = planeLabels(elements, columns, planes[i], f)(samples);
        values.set(
          labels.map((y) => y * scales[i]),
          (i - from) * samples.count,
        );
      }
      return values;
    },
    hidden: (index) => rowsOf(planes[index]),
  };
}

export const cnnHiddenPlane: Family = {
  id,
  title: "A hidden plane seen through a permutation group, by a convolutional network",
  source: "Kiani et al. 2024, invariant networks by group averages; Diakonikolas et al. 2020",
  model: "CSQ",
  schema,
  explanation: `A permutation group G on n coordinates (cyclic shifts by default), X in R^(n x columns) standard normal, a hidden plane U in
R^n. F is the alternating polygon of 2k relus, F(z) = sum over m = 1..2k of (-1)^m relu(w_m . z), w_m at the angle pi m / k. The
label is f(X) = mean over g in G of the sum over columns x of F(U g^-1 x): for cyclic shifts a one-layer convolutional network with
full-length filters and average pooling.

Averaging shrinks the squared norm about as 1/|G|, so planes are weighted by it: with density proportional to ||f_U||^2 the
spectral dimension is at least dim H_k(R^n) times the mean of ||f_U||^2 over that of the function before averaging, about
dim H_k / |G|. The mean norm is computed from the invariants of G, degree by degree (Molien's series), never by sampling.
With --count D it is instead the Gram matrix of D planes drawn from the seed, in closed form.
k must be even. Use k >= 4: at k = 2 two planes of a cyclic family correlate by 0.25 to 0.8.

Easy twin: coefficients cos(2 pi m / k) instead of (-1)^m on the same plane, a function of degree 2. At k = 2 it is the target.
Students: group-cnn (an MLP on every transformed input, averaged; with cyclic shifts the convolutional network; it holds the
target from width 2 k columns on), group-linear (layers that commute with the group), deep-sets (those of all permutations)
and mlp.`,
  parse,
  draw,
  students: { "group-cnn": defineStudent(studentSizes, groupStudent), ...equivariantStudents },
  teacher,
  concepts,
};
