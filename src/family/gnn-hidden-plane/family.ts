/**
 * `gnn-hidden-plane`: a one-hidden-layer graph network that looks at node features in a hidden plane only.
 *
 * f_U(X) = sum_i F(U (A X)_i): A the adjacency matrix of a fixed graph, X standard normal features (n x d), U a plane
 * in R^d, F the alternating polygon of 2k relus (Kiani et al. 2024, hardness in the feature dimension; Diakonikolas et
 * al. 2020). Two planes' functions correlate at most as ||U V^T||^k, hence hard for correlational queries in d. Easy
 * twin: the polygon's coefficients cos(2 pi m/k) on the same plane, a function whose Hermite series begins at degree 2.
 */

import { defineStudent, plainMlp, studentSizes } from "../student.ts";
import type { StudentSizes, StudentOptions } from "../family.ts";
import { reject } from "../../base/errors.ts";
import { foldIn, type Key } from "../../base/random.ts";
import { gaussian } from "../../distribution/gaussian.ts";
import type { Samples } from "../../distribution/law.ts";
import { featureGnn } from "../../network/feature-gnn.ts";
import { attention } from "../../network/attention.ts";
import { gin } from "../../network/gin.ts";
import { edgeWeight, type FixedGraph } from "../../network/graph-input.ts";
import { unitary } from "../../network/unitary.ts";
import type { Weights, Network } from "../../network/network.ts";
import { kappa } from "../../numeric/arc-cosine.ts";
import { polygonProduct, type Correlations } from "../plane/polygon-product.ts";
import {
  alternating,
  directions,
  easyCoefficients,
  reluPolygon,
  type PlaneFunction,
} from "../plane/polygon.ts";
import type { Checked } from "../../base/checked.ts";
import type { Instance } from "../instance.ts";
import { buildGraph, edgesOf, isDrawn, meanDegreeOf, type Graph } from "../parameter/graph-parameter.ts";
import { correlationsOf } from "../plane/node-correlations.ts";
import { drawPlane, rowsOf, type Plane, planeOf, type PlaneRows } from "../plane/plane.ts";
import { project } from "../plane/project.ts";
import type { HiddenPlane } from "../plane/hidden-plane.ts";
import { parse, requireDrawable, type HiddenPlaneValues } from "./params.ts";

const TEACHER_UNITS = 100_000;

export type HiddenPlaneInstance = Instance<HiddenPlaneValues, PlaneRows>;

/**
 * The two coordinates of every node's features in the plane, summed over neighbours; then the function, summed over
 * nodes.
 */
export function labelsOf(graph: Graph, plane: Plane, f: PlaneFunction): (samples: Samples) => Float64Array {
  const { n, adjacency } = graph;
  const neighbours = Array.from({ length: n }, (_, i) =>
    Array.from({ length: n }, (__, j) => j).filter((j) => adjacency[i * n + j] === 1),
  );
  return ({ count, data }) => {
    const [first, second] = project(data as Float32Array, plane);
    const labels = new Float64Array(count);
    for (let example = 0; example < count; example++) {
      const base = example * n;
      let sum = 0;
      for (const list of neighbours) {
        let [x, y] = [0, 0];
        for (const j of list) {
          x += first[base + j];
          y += second[base + j];
        }
        sum += f(x, y);
      }
      labels[example] = sum;
    }
    return labels;
  };
}

/** E of the square of a sum over nodes of a polygon with any coefficients, by the arc-cosine kernel. */
function secondMoment(k: number, coefficients: Float64Array, correlations: Correlations): number {
  const w = directions(k);
  let sum = 0;
  for (const { correlation, weight } of correlations)
    for (let m = 0; m < 2 * k; m++)
      for (let l = 0; l < 2 * k; l++) {
        const cosine = correlation * (w[2 * m] * w[2 * l] + w[2 * m + 1] * w[2 * l + 1]);
        sum += weight * coefficients[m] * coefficients[l] * kappa(Math.max(-1, Math.min(1, cosine)));
      }
  return sum;
}

export function draw(params: Checked<HiddenPlaneValues>, key: Key): HiddenPlaneInstance {
  const { n, d, k, graph: named } = params.values;
  requireDrawable(params.values);
  const graph = buildGraph(n, named, foldIn(key, "graph"));
  const plane = drawPlane(foldIn(key, "plane"), d);
  const correlations = correlationsOf(graph);
  const { normSquared } = polygonProduct(k, correlations);
  const easy = easyCoefficients(k);
  const exact = (value: number) => ({ value, standardError: 0 });
  return {
    family: "gnn-hidden-plane",
    params,
    hidden: rowsOf(plane),
    facts: {
      normSquared,
      easyNormSquared: secondMoment(k, easy, correlations),
      easyEqualsHard: k === 2,
      edges: edgesOf(graph),
      meanDegree: meanDegreeOf(graph),
    },
    labels: "real",
    law: gaussian([n, d]),
    hard: {
      label: labelsOf(graph, plane, reluPolygon(k, alternating(k))),
      mean: exact(0),
      secondMoment: exact(normSquared),
    },
    easy: {
      label: labelsOf(graph, plane, reluPolygon(k, easy)),
      mean: exact(0),
      secondMoment: exact(secondMoment(k, easy, correlations)),
    },
    key,
  };
}

/** The instance's graph, drawn again. */
export const graphOf = ({ params: { values }, key }: HiddenPlaneInstance): Graph =>
  buildGraph(values.n, values.graph, foldIn(key, "graph"));

/** The parameters with the instance's graph in the place of a random one's name. */
export function settled(instance: HiddenPlaneInstance): Checked<HiddenPlaneValues> {
  const { params } = instance;
  if (!isDrawn(params.values.n, params.values.graph)) return params;
  return parse({ ...params.json, graph: { edges: edgesOf(graphOf(instance)) } });
}

export const hiddenPlane: HiddenPlane<HiddenPlaneValues, PlaneRows> = {
  size: ({ law }) => ({ vectors: law.shape[0], dimension: law.shape[1] }),
  strides: ({ law }) => ({ vector: law.shape[1], entry: 1 }),
  labels(instance, plane, easy) {
    const { k } = instance.params.values;
    return labelsOf(graphOf(instance), plane, reluPolygon(k, easy ? easyCoefficients(k) : alternating(k)));
  },
  hidden: ({ hidden }) => planeOf(hidden.u, hidden.v, "plane"),
};

function fixedGraph(instance: HiddenPlaneInstance): FixedGraph {
  const { n, adjacency } = graphOf(instance);
  return { n, adjacency, features: instance.params.values.d };
}

/** A network over the family's graph as a student class. */
const graphStudent = (network: (options: FixedGraph & StudentSizes) => Network) =>
  defineStudent(studentSizes, (instance: HiddenPlaneInstance, { layers, width, readoutLayers, pool }) =>
    network({ ...fixedGraph(instance), layers, width, readoutLayers, pool }),
  );

export const students = {
  gnn: graphStudent(featureGnn),
  gin: graphStudent(gin),
  attention: graphStudent(attention),
  unitary: { ...graphStudent(unitary), slow: true },
  mlp: plainMlp,
};

/**
 * The hard target as weights: layer 1 holds the 2k relus, which later layers copy (they are not negative, so relu is
 * the identity on them) and the output sums with their signs. relu is homogeneous, so mean pooling's factors go to the
 * output.
 */
export function teacher(instance: HiddenPlaneInstance, options: StudentOptions): Weights {
  const { d, k, n } = instance.params.values;
  const { u, v } = instance.hidden;
  const { layers, width, readoutLayers, pool } = options;
  if (width < 2 * k)
    reject({
      where: "width",
      what: `${width} units cannot hold the target's weights`,
      allowed: `at least 2 k = ${2 * k}`,
    });
  const units = width * (layers + readoutLayers);
  if (units > TEACHER_UNITS)
    reject({
      where: "width",
      what: `${units} units are too many for a teacher`,
      allowed: `at most ${TEACHER_UNITS}`,
    });
  const identity = (): Float32Array => {
    const matrix = new Float32Array(width * width);
    for (let i = 0; i < 2 * k; i++) matrix[i * width + i] = 1;
    return matrix;
  };
  const w = directions(k);
  const first = new Float32Array(d * width);
  for (let j = 0; j < d; j++)
    for (let m = 0; m < 2 * k; m++) first[j * width + m] = w[2 * m] * u[j] + w[2 * m + 1] * v[j];
  const weights: Weights = { "layer1.w": first, "layer1.b": new Float32Array(width) };
  for (let l = 2; l <= layers; l++) {
    weights[`layer${l}.self`] = identity();
    if (n > 1) weights[`layer${l}.neighbour`] = new Float32Array(width * width);
    weights[`layer${l}.b`] = new Float32Array(width);
  }
  for (let r = 1; r <= readoutLayers; r++) {
    weights[`readout${r}.w`] = identity();
    weights[`readout${r}.b`] = new Float32Array(width);
  }
  const scale = pool === "mean" ? n / edgeWeight(graphOf(instance).adjacency, n, pool) : 1;
  const signs = alternating(k);
  weights["out.w"] = Float32Array.from({ length: width }, (_, m) => (m < 2 * k ? signs[m] * scale : 0));
  weights["out.b"] = new Float32Array(1);
  return weights;
}
