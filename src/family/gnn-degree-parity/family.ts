/**
 * `gnn-degree-parity`: the parity of the number of nodes whose degree lies in a hidden set S of degrees.
 *
 * chi_{S,b}(A) = (-1)^{b + sum_{j in S} c_j(A)}, c_j(A) the number of nodes of (out-)degree j. Two-layer graph networks
 * represent it exactly, yet the class is hard for statistical queries in the number of nodes (Kiani et al. 2024,
 * "Exponential lower bounds in number of nodes"). Easy twin: is the same count at least its median?
 */

import { defineStudent, perceptronSizes, plainMlp, studentSizes } from "../student.ts";
import type { Student, StudentSizes, StudentOptions } from "../family.ts";
import { reject } from "../../base/errors.ts";
import { foldIn, stream, type Key } from "../../base/random.ts";
import type { Checked } from "../../base/checked.ts";
import {
  degreesOf,
  erdosRenyi,
  largestDegree,
  sampleDegrees,
  type GraphLaw,
} from "../../distribution/erdos-renyi.ts";
import { characterMean } from "./degree-character.ts";
import type { Samples } from "../../distribution/law.ts";
import { attention } from "../../network/attention.ts";
import { canonicalMlp } from "../../network/canonical.ts";
import { gin } from "../../network/gin.ts";
import { gnn } from "../../network/gnn.ts";
import { lieUnitary } from "../../network/lie-unitary.ts";
import { unitary } from "../../network/unitary.ts";
import type { DrawnGraphs } from "../../network/graph-input.ts";
import type { Weights, Network } from "../../network/network.ts";
import { binomialPmf } from "../../numeric/binomial.ts";
import type { Instance, Target } from "../instance.ts";
import { checkDegrees, equivalentSets, id, isConstant, type DegreeParityValues } from "./params.ts";

/** S, by its degrees, and the sign bit b. */
export type DegreeParityHidden = { readonly degrees: number[]; readonly bit: number };
export type DegreeParityInstance = Instance<DegreeParityValues, DegreeParityHidden>;

/** The labelled count m(A) = sum_{j in S} c_j(A) of each graph. */
export function counts(degrees: Uint16Array, n: number, member: Uint8Array): Int32Array {
  const m = new Int32Array(degrees.length / n);
  for (let g = 0, at = 0; g < m.length; g++) {
    let sum = 0;
    for (const end = at + n; at < end; at++) sum += member[degrees[at]];
    m[g] = sum;
  }
  return m;
}

/** mu(S): the least expected count among the sets equivalent to S. */
function leastExpectedCount(member: Uint8Array, law: GraphLaw): number {
  const pmf = binomialPmf(largestDegree(law), law.p);
  const expected = (set: Uint8Array): number => set.reduce((sum, x, j) => sum + x * law.n * pmf[j], 0);
  return Math.min(...equivalentSets(member, law.edges).map(expected));
}

const listed = (member: Uint8Array): number[] => Array.from(member.keys()).filter((j) => member[j] === 1);

function drawDegrees(key: Key, law: GraphLaw): Uint8Array {
  const { word } = stream(key);
  for (;;) {
    const member = Uint8Array.from({ length: largestDegree(law) + 1 }, () => word() & 1);
    if (!isConstant(member, law.edges)) return member;
  }
}

/** Samples for the twin's median: 10^5, fewer where a graph has so many edges that drawing them would dominate. */
const medianSamples = (n: number): number => Math.max(2000, Math.min(100_000, Math.floor(1e9 / (n * n))));

/** How many of the counts are 0, 1, ..., n. */
function histogram(of: Int32Array, n: number): Float64Array {
  const times = new Float64Array(n + 1);
  for (let g = 0; g < of.length; g++) times[of[g]]++;
  return times;
}

/** The upper one of the middle two of `size` counts: a count, as the twin's threshold is one. */
function upperMedian(times: Float64Array, size: number): number {
  let [m, below] = [0, times[0]];
  while (below <= Math.floor(size / 2)) below += times[++m];
  return m;
}

/** The set S that `draw` hides for these parameters and key, as an indicator over the degrees. */
function drawSet({ values }: Checked<DegreeParityValues>, key: Key): Uint8Array {
  const { degrees } = values;
  return degrees === undefined ? drawDegrees(foldIn(key, "degrees"), values) : checkDegrees(degrees, values);
}

/** The hidden degrees alone, for plans that need S but not the instance with its median. */
export const hiddenDegrees = (params: Checked<DegreeParityValues>, key: Key): number[] =>
  listed(drawSet(params, key));

export function draw(params: Checked<DegreeParityValues>, key: Key): DegreeParityInstance {
  const { n, edges, p, bit } = params.values;
  const law: GraphLaw = { n, edges, p };
  const member = drawSet(params, key);
  const set = listed(member);
  const sign = bit === 1 ? -1 : 1;

  const size = medianSamples(n);
  const sampled = histogram(counts(sampleDegrees(foldIn(key, "median"), law, size), n, member), n);
  const median = upperMedian(sampled, size);
  const estimate = (label: (m: number) => number): Target["mean"] => {
    const value = sampled.reduce((sum, times, m) => sum + times * label(m), 0) / size;
    return { value, standardError: Math.sqrt((1 - value * value) / size) };
  };
  const target = (label: (m: number) => number, mean: Target["mean"]): Target => ({
    label(samples: Samples) {
      const m = counts(degreesOf(samples), n, member);
      const labels = new Float64Array(m.length);
      for (let g = 0; g < m.length; g++) labels[g] = label(m[g]);
      return labels;
    },
    mean,
    secondMoment: { value: 1, standardError: 0 },
  });
  const parity = (m: number): number => ((m & 1) === 1 ? -sign : sign);
  const threshold = (m: number): number => (m >= median ? 1 : -1);
  const exact = characterMean(law, set);
  const hard = target(parity, exact === null ? estimate(parity) : { value: sign * exact, standardError: 0 });
  const easy = target(threshold, estimate(threshold));
  return {
    family: id,
    params,
    hidden: { degrees: set, bit },
    facts: {
      mu: leastExpectedCount(member, law),
      median,
      majorityBaseline: (1 + Math.abs(hard.mean.value)) / 2,
      majorityBaselineExact: exact !== null,
      easyMajorityBaseline: (1 + Math.abs(easy.mean.value)) / 2,
    },
    labels: "sign",
    law: erdosRenyi(law),
    hard,
    easy,
    key,
  };
}

/** What graph networks are told of the law: the moments of a degree, to standardise it by. */
type LawOfDegrees = DrawnGraphs & { readonly largestDegree: number };

/** A network on the degrees and the adjacency matrix as a student class. */
const graphStudent = (network: (options: LawOfDegrees & StudentSizes) => Network) =>
  defineStudent(studentSizes, (instance: DegreeParityInstance, { layers, width, readoutLayers, pool }) => {
    const { n, edges, p } = instance.params.values;
    const largest = largestDegree({ n, edges });
    return network({
      n,
      largestDegree: largest,
      expectedDegree: largest * p,
      degreeSd: Math.sqrt(largest * p * (1 - p)),
      layers,
      width,
      readoutLayers,
      pool,
    });
  });

type DegreeStudent = Student<DegreeParityValues, DegreeParityHidden>;

/** A student with much work on each graph, whose matrix must be symmetric. */
const undirected = (student: DegreeStudent): DegreeStudent => ({
  ...student,
  slow: true,
  network(instance, sizes) {
    const { edges } = instance.params.values;
    if (edges !== "undirected")
      reject({ where: "student", what: `has no form for ${edges} graphs`, allowed: "edges undirected" });
    return student.network(instance, sizes);
  },
});

const canonical = defineStudent(
  perceptronSizes,
  ({ params }: DegreeParityInstance, { layers, readoutLayers, width }) =>
    canonicalMlp({ n: params.values.n, layers: layers + readoutLayers, width }),
);

export const students = {
  gnn: graphStudent(gnn),
  gin: graphStudent(gin),
  attention: graphStudent(attention),
  unitary: undirected(graphStudent(unitary)),
  "unitary-lie": undirected(graphStudent(lieUnitary)),
  canonical: undirected(canonical),
  mlp: plainMlp,
};

/**
 * The second differences 1[deg=j] = relu(deg-j+1) - 2 relu(deg-j) + relu(deg-j-1), summed over S: threshold -> integer
 * coefficient. Units that are 0 on every graph and cancelled ones are left out.
 */
function degreeUnits(set: readonly number[], largest: number): Map<number, number> {
  const units = new Map<number, number>();
  for (const j of set)
    for (const [step, c] of [1, -2, 1].entries()) units.set(j - 1 + step, (units.get(j - 1 + step) ?? 0) + c);
  for (const [t, c] of units) if (c === 0 || t >= largest) units.delete(t);
  return units;
}

/**
 * The hard target as weights of the student class: layer 1 holds the degree units, further layers copy them (relu is
 * the identity on them), the first readout layer holds the units of parity(m) = relu(m) + 2 sum (-1)^t relu(m-t).
 */
export function teacher(instance: DegreeParityInstance, options: StudentOptions): Weights {
  const { n, edges, p } = instance.params.values;
  const { degrees: set, bit } = instance.hidden;
  const { layers, width, readoutLayers, pool } = options;
  if (readoutLayers < 1)
    reject({
      where: "readoutLayers",
      what: "the parity of the count needs a hidden readout layer",
      allowed: "at least 1",
    });
  const largest = largestDegree({ n, edges });
  const units = [...degreeUnits(set, largest)];
  const needed = Math.max(units.length, n);
  if (width < needed)
    reject({
      where: "width",
      what: `${width} units cannot hold the target's weights`,
      allowed: `at least ${needed} (${units.length} degree units, ${n} parity units)`,
    });
  const mean = pool === "mean";
  const identity = (): Float32Array => {
    const matrix = new Float32Array(width * width);
    for (let i = 0; i < width; i++) matrix[i * width + i] = 1;
    return matrix;
  };
  const weights: Weights = { "layer1.w": new Float32Array(width), "layer1.b": new Float32Array(width) };
  units.forEach(([t], unit) => {
    weights["layer1.w"][unit] = mean ? Math.sqrt(largest * p * (1 - p)) : 1;
    weights["layer1.b"][unit] = mean ? largest * p - t : -t;
  });
  for (let l = 2; l <= layers; l++) {
    weights[`layer${l}.self`] = identity();
    weights[`layer${l}.neighbour`] = new Float32Array(width * width);
    weights[`layer${l}.b`] = new Float32Array(width);
  }
  const count = new Float32Array(width * width);
  units.forEach(([, c], unit) => {
    for (let t = 0; t < n; t++) count[unit * width + t] = mean ? c * n : c;
  });
  weights["readout1.w"] = count;
  weights["readout1.b"] = Float32Array.from({ length: width }, (_, t) => (t < n ? -t : 0));
  for (let r = 2; r <= readoutLayers; r++) {
    weights[`readout${r}.w`] = identity();
    weights[`readout${r}.b`] = new Float32Array(width);
  }
  const sign = bit === 1 ? -1 : 1;
  // slopes 1, -2, 2, -2, ... from 0, 1, 2, ... on: the zigzag through the parities of the whole numbers
  const parity = (t: number): number => (t % 2 === 0 ? 2 : -2) / (t === 0 ? 2 : 1);
  weights["out.w"] = Float32Array.from({ length: width }, (_, t) => (t < n ? -2 * sign * parity(t) : 0));
  weights["out.b"] = Float32Array.of(sign);
  return weights;
}
