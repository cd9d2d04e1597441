/**
 * Kernel ridge regression with the arc-cosine kernel, averaged over the group: what training the last layer of a wide
 * network with the group's symmetry can reach. For a group too large to list it reads the invariant polynomials of
 * degree 1 and 2 instead, which no element changes.
 */

import { groupKernel } from "../../learner/kernel-ridge.ts";
import { hermite } from "../../numeric/orthonormal.ts";
import { bestRidge, ridgeWork } from "../../numeric/ridge.ts";
import { identity, type Permutation } from "../../symmetry/permutation.ts";
import { elementsOf } from "../action.ts";
import {
  validationError,
  type DataLearner,
  type HeldOut,
  type Learned,
  type LearningJob,
} from "./learner.ts";
import { invariantValues } from "./low-degree.ts";

/** Training examples, and multiplications for all kernel values, at most. */
const [mostExamples, mostWork] = [1000, 4e9];

interface Inputs {
  /** Row-major, (examples, dimension). */
  readonly x: Float64Array;
  readonly dimension: number;
  readonly moved: readonly Permutation[];
}

function averaged({ all }: HeldOut): Inputs | null {
  const { x, dimension } = all;
  const moved = elementsOf(all);
  return moved === null ? null : { x, dimension, moved };
}

function invariantInputs(data: HeldOut): Inputs {
  const { values } = invariantValues(data, 2);
  const { count } = data.all;
  const dimension = values.length / count;
  const x = new Float64Array(values.length);
  for (let i = 0; i < count; i++)
    for (let f = 0; f < dimension; f++) x[i * dimension + f] = values[f * count + i];
  return { x, dimension, moved: [identity(dimension)] };
}

/** Multiplications for the kernel of two examples. */
const perPair = (dimension: number, moved: number): number => moved * (dimension + 20);

/** Training examples that there is time for. */
const affordable = (train: number, others: number, each: number): number =>
  Math.max(20, Math.min(mostExamples, train, Math.floor(mostWork / (each * (others + mostExamples)))));

/** Multiplications of one regression: its kernel, and the factorisations for all penalties. */
export function regressionWork(
  { train, validation, test }: Pick<HeldOut, "train" | "validation" | "test">,
  dimension: number,
  moved: number,
): number {
  const [others, each] = [validation + test, perPair(dimension, moved)];
  const used = affordable(train, others, each);
  return each * used * (used + others) + ridgeWork(used);
}

/** Held-out predictions with these inputs; fewer examples are used where there is too much to compute. */
async function regression(
  data: HeldOut,
  { x, dimension, moved }: Inputs,
  told: LearningJob["told"],
): Promise<Learned> {
  const { y, train, validation, test } = data;
  const others = validation + test;
  const used = affordable(train, others, perPair(dimension, moved.length));
  const of = { dimension, vectors: 1, law: hermite, generators: [], read: () => x };
  const rows = (from: number, size: number): Float64Array =>
    x.subarray(from * dimension, (from + size) * dimension);
  const fitted = rows(0, used);
  const gram = groupKernel(of, moved, fitted, fitted);
  told(0.3);
  const kernel: Float64Array[] = [];
  for (let from = train; from < train + others; from += 100) {
    kernel.push(groupKernel(of, moved, rows(from, Math.min(100, train + others - from)), fitted));
    told(0.3 + (0.6 * (from - train)) / others);
    await Promise.resolve();
  }
  const predict = (weights: Float64Array): Float64Array =>
    Float64Array.from(kernel.flatMap((block) => blockTimes(block, weights)));
  const { solution } = bestRidge(gram, y.slice(0, used), (weights) =>
    validationError(predict(weights), data),
  );
  return { predictions: predict(solution).subarray(validation), note: `${used} examples` };
}

const blockTimes = (block: Float64Array, weights: Float64Array): number[] =>
  Array.from({ length: block.length / weights.length }, (_, i) =>
    weights.reduce((sum, w, j) => sum + w * block[i * weights.length + j], 0),
  );

export const kernelRidge: DataLearner = {
  id: "kernel-ridge",
  summary: "ridge regression with the arc-cosine kernel, averaged over the group",
  statistic: "correlations",
  async learn({ data, told }) {
    const own = averaged(data);
    const { predictions, note } = await regression(data, own ?? invariantInputs(data), told);
    return { predictions, note: own === null ? `${note}, on invariant polynomials` : note };
  },
};

/** The same without any symmetry: what imposing the group gains or costs. */
export const plainKernelRidge: DataLearner = {
  id: "kernel-ridge without symmetry",
  summary: "ridge regression with the arc-cosine kernel, not averaged",
  statistic: "correlations",
  async learn({ data, told }) {
    const { x, dimension, group } = data.all;
    if (group.generators.length === 0) return "the group is trivial: it would be the same";
    return regression(data, { x, dimension, moved: [identity(dimension)] }, told);
  },
};
