/**
 * `gnn-hidden-plane`: a one-hidden-layer graph network that looks at node features in a hidden plane only.
 *
 * f_U(X) = sum_i F(U (A X)_i): A the adjacency matrix of a fixed graph, X standard normal features (n x d), U a plane in R^d,
 * F the alternating polygon of 2k relus (Kiani et al. 2024, hardness in the feature dimension; Diakonikolas et al. 2020). Two
 * planes' functions correlate at most as ||U V^T||^k, hence hard for correlational queries in d. Easy twin: the polygon's
 * coefficients cos(2 pi m/k) on the same plane, a function whose Hermite series begins at degree 2.
 */

import * as z from "zod/mini";
import { reject } from "../../base/errors.ts";
import { foldIn, keyFor, type Key } from "../../base/random.ts";
import { described, integer, parseWith } from "../../base/schema.ts";
import { gaussian } from "../../distribution/gaussian.ts";
import type { Samples } from "../../distribution/law.ts";
import { edgeWeight, featureGnn } from "../../network/feature-gnn.ts";
import type { Weights } from "../../network/network.ts";
import { kappa } from "../../numeric/arc-cosine.ts";
import { polygonProduct, type Correlations } from "../plane/polygon-product.ts";
import { alternating, directions, easyCoefficients, largestPolygon, reluPolygon, requirePolygon, type PlaneFunction } from "../plane/polygon.ts"; // prettier-ignore
import type {
  ConceptList,
  ConceptOptions,
  Family,
  Instance,
  Params,
  ReadFile,
  StudentOptions,
  StudentSizes,
} from "../family.ts";
import {
  buildGraph,
  correlationsOf,
  edgesOf,
  graphParameter,
  LARGEST_GRAPH,
  meanDegreeOf,
  resolveGraph,
  type Graph,
} from "../parameter/graph-parameter.ts";
import { drawPlane, project, rowsOf, type Plane } from "../plane/plane.ts";
import { defineStudent, plainMlp, studentSizes } from "../student.ts";

const id = "gnn-hidden-plane";

/** Numbers in one example, and in a list of planes. */
const EXAMPLE_LIMIT = 2 ** 22;
const LIST_LIMIT = 2 ** 26;
/** Planes whose Gram matrix may be certified: 1 GiB of 32-bit entries. */
export const LARGEST_LIST = 16_000;
const TEACHER_UNITS = 100_000;

const schema = z.strictObject({
  n: described(z.optional(integer(1, LARGEST_GRAPH)), "number of nodes, 5 unless a file says; 1: f = F(U x)"),
  d: described(integer(2, 1_000_000), "features of a node: the dimension that makes it hard"),
  k: described(integer(1, largestPolygon), "half the number of relus, even; no correlation below degree k"),
  graph: described(
    z._default(graphParameter, "complete"),
    "er:P (drawn from the seed), cycle, path, complete, star or file:edges.json; at least one edge",
  ),
  count: described(
    z.optional(integer(2, LARGEST_LIST)),
    "certify this many drawn planes by their Gram matrix (absent: all planes, by Schur's lemma)",
  ),
});

export type HiddenPlaneParams = z.output<typeof schema> & { readonly n: number };

const paramsOf = (params: Params): HiddenPlaneParams => params as HiddenPlaneParams;

function parse(input: unknown, readFile?: ReadFile): Params {
  const { n, d, k, graph, count } = parseWith(schema, input);
  requirePolygon(k, "k");
  const resolved = resolveGraph(n, graph, readFile);
  return { n: resolved.n, d, k, graph: resolved.graph, ...(count === undefined ? {} : { count }) };
}

/** The two coordinates of every node's features in the plane, summed over neighbours; then the function, summed over nodes. */
function labelsOf(graph: Graph, plane: Plane, f: PlaneFunction): (samples: Samples) => Float64Array {
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

function draw(params: Params, key: Key): Instance {
  const { n, d, k, graph: named } = paramsOf(params);
  if (n * d > EXAMPLE_LIMIT)
    reject({ where: "d", what: `${n} x ${d} numbers are too many for one example`, allowed: `n d up to ${EXAMPLE_LIMIT}; certificates have no such limit` }); // prettier-ignore
  const graph = buildGraph(n, named, foldIn(key, "graph"));
  const plane = drawPlane(foldIn(key, "plane"), d);
  const correlations = correlationsOf(graph);
  const { normSquared } = polygonProduct(k, correlations);
  const easy = easyCoefficients(k);
  const exact = (value: number) => ({ value, standardError: 0 });
  return {
    family: id,
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
export const graphOf = ({ params, key }: Instance): Graph =>
  buildGraph(paramsOf(params).n, paramsOf(params).graph, foldIn(key, "graph"));

/** Labels as if `plane` were the hidden one: all else of the instance is known to a learner. */
export const labelsOnPlane = (instance: Instance, plane: Plane, easy: boolean) => {
  const { k } = paramsOf(instance.params);
  return labelsOf(graphOf(instance), plane, reluPolygon(k, easy ? easyCoefficients(k) : alternating(k)));
};

function graphStudent(instance: Instance, options: StudentSizes) {
  const { layers, width, readoutLayers, pool } = options;
  const { n, adjacency } = graphOf(instance);
  return featureGnn({
    n,
    adjacency,
    features: paramsOf(instance.params).d,
    layers,
    width,
    readoutLayers,
    pool,
  });
}

/**
 * The hard target as weights: layer 1 holds the 2k relus, which later layers copy (they are not negative, so relu is the
 * identity on them) and the output sums with their signs. relu is homogeneous, so mean pooling's factors go to the output.
 */
function teacher(instance: Instance, options: StudentOptions): Weights {
  const { d, k, n } = paramsOf(instance.params);
  const { u, v } = instance.hidden as { u: number[]; v: number[] };
  const { layers, width, readoutLayers, pool } = options;
  if (width < 2 * k)
    reject({ where: "width", what: `${width} units cannot hold the target's weights`, allowed: `at least 2 k = ${2 * k}` }); // prettier-ignore
  const units = width * (layers + readoutLayers);
  if (units > TEACHER_UNITS)
    reject({ where: "width", what: `${units} units are too many for a teacher`, allowed: `at most ${TEACHER_UNITS}` }); // prettier-ignore
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

/** Plane `index` of the list that a seed draws: of the seed and the dimension only. */
export const listedPlane = (d: number, seed: number, index: number): Plane =>
  drawPlane(foldIn(keyFor("listed planes", d, seed), index), d);

/** The graph that listed planes share. */
export const listedGraph = ({ n, graph }: Pick<HiddenPlaneParams, "n" | "graph">, seed: number): Graph =>
  buildGraph(n, graph, keyFor("graph of listed planes", n, graph, seed));

/** Rejects lists of planes that are too large to hold. */
export function requireListed(count: number, d: number): void {
  if (2 * count * d > LIST_LIMIT)
    reject({ where: "count", what: `${count} planes in dimension ${d} are too many to list`, allowed: `at most ${Math.floor(LIST_LIMIT / (2 * d))} here` }); // prettier-ignore
}

/** Row i of A X for every node i with neighbours: a matrix (sample, feature) each. */
function aggregated({ n, adjacency }: Graph, { count, shape, data }: Samples): Float64Array[] {
  const d = shape[1];
  const nodes = Array.from({ length: n }, (_, i) => i).filter((i) => adjacency.subarray(i * n, (i + 1) * n).includes(1)); // prettier-ignore
  return nodes.map((i) => {
    const rows = new Float64Array(count * d);
    for (let j = 0; j < n; j++) {
      if (adjacency[i * n + j] !== 1) continue;
      for (let s = 0; s < count; s++)
        for (let a = 0, from = (s * n + j) * d, to = s * d; a < d; a++) rows[to + a] += data[from + a];
    }
    return rows;
  });
}

function concepts(params: Params, { count, seed }: ConceptOptions): ConceptList {
  const { n, d, k, count: listed } = paramsOf(params);
  const wanted = count ?? listed;
  if (wanted === undefined)
    return reject({ where: "count", what: "missing: there are infinitely many planes", allowed: "how many to draw" }); // prettier-ignore
  requireListed(wanted, d);
  if (n * d > EXAMPLE_LIMIT)
    reject({ where: "d", what: `${n} x ${d} numbers are too many for one example`, allowed: `n d up to ${EXAMPLE_LIMIT}` }); // prettier-ignore
  const graph = listedGraph(paramsOf(params), seed);
  const planes = Array.from({ length: wanted }, (_, i) => listedPlane(d, seed, i));
  const scale = 1 / Math.sqrt(polygonProduct(k, correlationsOf(graph)).normSquared);
  const f = reluPolygon(k, alternating(k));
  return {
    count: wanted,
    law: gaussian([n, d]),
    values(samples, from, to) {
      const values = new Float32Array((to - from) * samples.count);
      for (let i = from; i < to; i++) {
        const row = (i - from) * samples.count;
        labelsOf(graph, planes[i], f)(samples).forEach((y, s) => (values[row + s] = y * scale));
      }
      return values;
    },
    planes: { k, scale, plane: (index) => planes[index], vectors: (samples) => aggregated(graph, samples) },
    hidden: (index) => rowsOf(planes[index]),
  };
}

export const gnnHiddenPlane: Family = {
  id,
  title: "A hidden plane of node features, by a graph network",
  source: "Kiani et al. 2024, hardness in the feature dimension; Diakonikolas et al. 2020",
  model: "CSQ",
  schema,
  explanation: `A fixed graph on n nodes with adjacency matrix A; features X in R^(n x d), standard normal. A hidden plane U in R^d
(two orthonormal rows). F on the plane is the alternating polygon F(z) = sum over m = 1..2k of (-1)^m relu(w_m . z), w_m at the
angle pi m / k. The label is f(X) = sum over nodes i of F(U (A X)_i): a graph network with one hidden layer of 2k units.

F has no Hermite component below degree k, so the functions of two planes correlate at most as the k-th power of the
largest cosine between them. For a uniformly drawn plane no correlational learner does better than the spectral dimension
dim H_k(R^d) = C(d+k-1, k) - C(d+k-3, k-2) allows, for every graph with an edge; 'certify' gives it exactly, up to d = 10^6.
With --count D it is instead the Gram matrix of D planes drawn from the seed, in closed form (the arc-cosine kernel).
k must be even: for relu and odd k > 1 the sum is 0 everywhere. A is used as given, without self-loops; one node stands
for A = [1], that is f = F(U x).

Easy twin: coefficients cos(2 pi m / k) instead of (-1)^m on the same plane, a function of degree 2 with mean 0. At k = 2
they are the same numbers: the twin is the target itself, which already has degree 2.
Not correlational, and finds the plane: the top two eigenvectors of E[y^2 sum over v of (x_v x_v^T - I)].`,
  parse,
  draw,
  students: {
    gnn: defineStudent(studentSizes, graphStudent),
    mlp: plainMlp,
  },
  teacher,
  concepts,
};
