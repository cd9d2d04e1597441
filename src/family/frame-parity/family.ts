/**
 * `frame-parity`: parities of 2^k relu units on a hidden set S of k coordinates, averaged over a frame of a group.
 *
 * f_S(x) = mean over g in F(x) of g_S(g^-1 x), with g_S of `numeric/relu-parity.ts` and x ~ N(0, I) (Kiani et al. 2024,
 * frame-averaged networks; Goel et al. 2020). g_S(g^-1 x) reads the coordinates g(S): over the whole group f_S is the
 * mean of g_T over the orbit of S. The frames here depend on |x| alone, so averages of different orbits are orthogonal.
 */

import { defineStudent, studentSizes } from "../student.ts";
import type { StudentSizes, StudentOptions } from "../family.ts";
import type { Checked } from "../../base/checked.ts";
import { reject } from "../../base/errors.ts";
import { foldIn, stream, type Key } from "../../base/random.ts";
import { gaussian } from "../../distribution/gaussian.ts";
import type { Samples } from "../../distribution/law.ts";
import {
  frameAveraged,
  frameAveragedTeacher,
  frameSize,
  requireTeacherWidth,
} from "../../network/frame-averaged.ts";
import type { Network, Weights } from "../../network/network.ts";
import { parityNormSquared, parityValues, twinProduct, type ParityWeight } from "./relu-parity.ts";
import { subsetOrbit } from "../../symmetry/actions.ts";
import { frameOf, type FrameId } from "../../symmetry/frames.ts";
import type { PermutationGroup } from "../../symmetry/groups.ts";
import { drawSubset } from "../../symmetry/subset-orbits.ts";
import { LABEL_WORK_LIMIT, requireEvaluated, id, type FrameParityValues } from "./params.ts";
import { equivariantStudents } from "../parameter/group-students.ts";
import type { Estimate } from "../../base/statistics.ts";
import type { Instance, Target } from "../instance.ts";

/** S, and its two points that the easy twin multiplies. */
export type FrameParityHidden = { readonly subset: number[]; readonly pair: number[] };
export type FrameParityInstance = Instance<FrameParityValues, FrameParityHidden>;

/** S with two of its points, the pair of the easy twin, marked by coming first. */
function drawSet(key: Key, n: number, k: number, given?: readonly number[]): Int32Array {
  const points = given === undefined ? drawSubset(stream(key), n, k) : Int32Array.from(given).sort();
  const { below } = stream(foldIn(key, "pair"));
  for (const i of [0, 1]) {
    const j = i + below(k - i);
    [points[i], points[j]] = [points[j], points[i]];
  }
  return pairFirst(points);
}

/** The pair first, then the rest, each ascending: one name for a set with a marked pair. */
const pairFirst = (points: Int32Array): Int32Array =>
  Int32Array.of(...points.slice(0, 2).sort(), ...points.slice(2).sort());

/** The images of a set under the group, each once: as sets, or as sets with a marked pair. */
function images(group: PermutationGroup, set: Int32Array, weight: ParityWeight): Int32Array[] {
  const k = set.length;
  const limit = Math.floor(LABEL_WORK_LIMIT / 2 ** (k - 2));
  if (weight === "parity") return subsetOrbit(group, set, limit);
  const orbit = [set];
  const seen = new Set([set.join()]);
  for (let i = 0; i < orbit.length; i++)
    for (const g of group.generators) {
      const image = pairFirst(orbit[i].map((p) => g[p]));
      const name = image.join();
      if (seen.has(name)) continue;
      if (orbit.length === limit)
        reject({
          where: "group",
          what: [
            `the orbit of [${Array.from(set).join(", ")}] with its marked pair`,
            `under ${group.name} is too long to list`,
          ].join(" "),
          allowed: `at most ${limit} images`,
        });
      seen.add(name);
      orbit.push(image);
    }
  return orbit;
}

const MOMENT_SAMPLES = 20_000;

export function draw(params: Checked<FrameParityValues>, key: Key): FrameParityInstance {
  const { k, frame, group, subset } = params.values;
  requireEvaluated(k);
  const n = group.degree;
  const law = gaussian([n]);
  const set = drawSet(foldIn(key, "subset"), n, k, subset);
  const target = (weight: ParityWeight): Target => {
    const label = averagedLabels(group, frame, set, weight);
    const secondMoment =
      frame === "reynolds"
        ? { value: reynoldsMoment(group, set, weight), standardError: 0 }
        : sampledMoment(label, foldIn(key, "moments"), n, k);
    return { label, mean: { value: 0, standardError: 0 }, secondMoment };
  };
  const hard = target("parity");
  const easy = target("pair");
  return {
    family: id,
    params,
    hidden: { subset: Array.from(set).sort((a, b) => a - b), pair: Array.from(set.slice(0, 2)) },
    facts: {
      orbit: frame === "reynolds" ? images(group, set, "parity").length : null,
      plainSecondMoment: parityNormSquared(k),
      secondMoment: hard.secondMoment.value,
      easySecondMoment: easy.secondMoment.value,
      secondMomentExact: frame === "reynolds",
      twinIsTarget: k === 2,
    },
    labels: "real",
    law,
    hard,
    easy,
    key,
  };
}

/** ||f||^2 over the whole group: the mean product of one image with all of them. */
function reynoldsMoment(group: PermutationGroup, set: Int32Array, weight: ParityWeight): number {
  const k = set.length;
  const all = images(group, set, weight);
  // different sets give orthogonal parities
  if (weight === "parity" || k === 2) return parityNormSquared(k) / images(group, set, "parity").length;
  const [first] = all;
  const inside = new Set(first);
  let sum = 0;
  for (const image of all)
    if (image[0] === first[0] && image[1] === first[1])
      sum += twinProduct(
        k,
        image.reduce((common, p) => common + (inside.has(p) ? 1 : 0), 0),
      );
  return sum / all.length;
}

/** Labels of the average over the frame of g (or its twin, the pair coming first in `set`). */
export function averagedLabels(
  group: PermutationGroup,
  frame: FrameId,
  set: Int32Array,
  weight: ParityWeight,
): Target["label"] {
  if (frame === "sort-abs") return sortedLabels(group, set, weight);
  const n = group.degree;
  const all = images(group, set, weight);
  const value = parityValues(set.length, weight);
  return ({ count, data }) =>
    Float64Array.from({ length: count }, (_, e) => {
      let sum = 0;
      for (const image of all) sum += value(data, e * n, image);
      return sum / all.length;
    });
}

/** Labels by the frame of each example: one element, unless |x| has ties. */
function sortedLabels(group: PermutationGroup, set: Int32Array, weight: ParityWeight): Target["label"] {
  const n = group.degree;
  const value = parityValues(set.length, weight);
  const frame = frameOf("sort-abs", group);
  return ({ count, data }: Samples) =>
    Float64Array.from({ length: count }, (_, e) => {
      const elements = frame.elements(data.subarray(e * n, (e + 1) * n));
      const sum = elements.reduce(
        (total, g) =>
          total +
          value(
            data,
            e * n,
            set.map((p) => g[p]),
          ),
        0,
      );
      return sum / elements.length;
    });
}

/** E y^2 from samples, fewer where a label takes long. */
function sampledMoment(label: Target["label"], key: Key, n: number, k: number): Estimate {
  const count = Math.max(1000, Math.min(MOMENT_SAMPLES, Math.floor(2e8 / (n * n + 2 ** (k - 2)))));
  const squares = label(gaussian([n]).sample(key, count)).map((y) => y * y);
  const value = squares.reduce((a, b) => a + b, 0) / count;
  const spread = squares.reduce((sum, y) => sum + (y - value) ** 2, 0) / (count - 1);
  return { value, standardError: Math.sqrt(spread / count) };
}

function averagedStudent(instance: FrameParityInstance, options: StudentSizes): Network {
  const { group, frame } = instance.params.values;
  const { layers, width, readoutLayers, pool } = options;
  return frameAveraged({ group, frame, columns: 1, layers, width, readoutLayers, pool });
}

export const students = {
  "frame-averaged": defineStudent(studentSizes, averagedStudent),
  ...equivariantStudents,
};

/** The 2^k units relu(<w, x_S> / sqrt k), with output weights prod_i w_i. */
export function teacher(instance: FrameParityInstance, options: StudentOptions): Weights {
  const { subset } = instance.hidden;
  const { frame, group } = instance.params.values;
  const size = frameSize(frame, group);
  const k = subset.length;
  requireTeacherWidth(2 ** k, options.width);
  const network = averagedStudent(instance, options);
  const [n] = network.inputs["x"];
  const sign = (unit: number, i: number): number => ((unit >> i) & 1 ? -1 : 1);
  const rows = Array.from({ length: 2 ** k }, (_, unit) => {
    const row = new Float64Array(n);
    subset.forEach((p, i) => (row[p] = sign(unit, i) / Math.sqrt(k)));
    return row;
  });
  const coefficients = rows.map((_, unit) => subset.reduce((product, _p, i) => product * sign(unit, i), 1));
  return frameAveragedTeacher(
    network,
    { rows, coefficients },
    options.pool === "mean" ? 1 : 1 / Number(size),
  );
}
