/**
 * What a diagnosis is expected to take, before any of it is done: a few steps of its network are taken and two small
 * products made, so that the rates are this machine's as it is now; the rest are counts of multiplications.
 */

import type { Cost } from "../base/cost.ts";
import { keyFor, normals } from "../base/random.ts";
import { matmul32 } from "../engine/run/matmul.ts";
import type { Backend } from "../engine/run/program.ts";
import { groupKernel, mostElements } from "../learner/kernel-ridge.ts";
import { weightCount } from "../network/network.ts";
import { hermite } from "../numeric/orthonormal.ts";
import { ridgeWork } from "../numeric/ridge.ts";
import { identity } from "../symmetry/permutation.ts";
import type { Examples } from "./action.ts";
import { affordableExamples } from "./degrees.ts";
import { FEW, MANY } from "./energy.ts";
import { mostValues as mostVariants } from "./invariance.ts";
import { labelTransforms } from "./labels.ts";
import { subgroups } from "./lattice.ts";
import { heldOut } from "./learners/compare.ts";
import { STEPS, stepSeconds } from "./learners/descent.ts";
import { regressionWork } from "./learners/kernel-ridge.ts";
import type { HeldOut } from "./learners/learner.ts";
import { mostFunctions } from "./learners/low-degree.ts";
import { networkFor } from "./learners/student.ts";
import { mostProducts, productCount } from "./polynomials.ts";

/** Hypotheses of each test. */
const HYPOTHESES = 2;
/** Draws for a hypothesis: few where nothing is seen, many where something is, which is not known yet. */
const DRAWS = (FEW + MANY) / 2;
/** Multiplications that drawing the label of an example takes as long as, and comparing two examples. */
const [DRAWN, COMPARED] = [2, 25];
/** Share of the time of training that looking at the network takes beside the steps. */
const LOOKING = 0.1;
/** Of the program and its libraries; numbers that a weight takes while it is trained. */
const [BASE, PER_WEIGHT] = [2 ** 28, 16];

/** Multiplications a second: of dense products, and one by one. */
interface Rates {
  readonly dense: number;
  readonly plain: number;
}

/**
 * @param most the largest degree
 * @param engine what trains the network
 */
export async function costOf(examples: Examples, most: number, engine?: Backend): Promise<Cost> {
  const { dimension, count } = examples;
  const rates: Rates = { dense: await denseRate(), plain: await plainRate() };
  const data = heldOut(examples, 1);
  const transforms = labelTransforms(examples.y).length;
  const trainings = transforms > 1 ? 2 : 1;
  const seconds =
    degreeSeconds(examples, most, transforms, rates) +
    invarianceSeconds(examples, rates) +
    learnerSeconds(data, rates) +
    trainings * STEPS * (1 + LOOKING) * (await stepSeconds(data, engine));
  const weights = weightCount(networkFor(examples).network);
  // the examples as read, in random order, and standardised
  return { seconds, bytes: BASE + 3 * 8 * count * dimension + PER_WEIGHT * 4 * weights };
}

/** Of the second of two runs: the first loads and compiles. */
async function fastest(work: number, run: () => unknown): Promise<number> {
  await run();
  const start = performance.now();
  await run();
  return (1000 * work) / (performance.now() - start);
}

function denseRate(): Promise<number> {
  const [rows, inner] = [256, 2048];
  const values = normals(keyFor("probe"), new Float64Array(rows * inner));
  const a = Float32Array.from(values);
  return fastest(rows ** 2 * inner, () => matmul32(a, a, rows, inner, rows, { transposeB: true }));
}

/** By the kernel of examples, which is summed one by one. */
function plainRate(): Promise<number> {
  const [examples, dimension] = [150, 60];
  const x = normals(keyFor("probe"), new Float64Array(examples * dimension));
  const of = { dimension, vectors: 1, law: hermite, generators: [], read: () => x };
  return fastest(examples ** 2 * (dimension + 20), () => groupKernel(of, [identity(dimension)], x, x));
}

function degreeSeconds(
  { dimension, count, group }: Examples,
  most: number,
  transforms: number,
  { dense, plain }: Rates,
): number {
  let seconds = 0;
  for (let degree = 1; degree <= most; degree++) {
    const products = productCount(dimension, degree);
    if (products > mostProducts) break;
    const functions = functionCount(products, group.order());
    const examples = Math.min(count, affordableExamples(dimension, degree, products, functions));
    const draws = transforms * HYPOTHESES * DRAWS;
    seconds += (examples * (products * degree + DRAWN * draws)) / plain;
    seconds += (examples * functions * (Math.min(functions, examples) + draws)) / dense;
  }
  return seconds;
}

/** Orbits of so many products, about. */
const functionCount = (products: number, order: bigint): number =>
  Math.max(1, products / Number(order < BigInt(products) ? order : products));

function invarianceSeconds({ points, dimension, count }: Examples, { dense, plain }: Rates): number {
  const candidates = subgroups(points).filter(({ order }) => order > 1n).length;
  // of the label by two hypotheses, of the inputs by one
  const draws = (HYPOTHESES + 1) * DRAWS;
  const values = Math.min(mostVariants, count * productCount(dimension, 2));
  return candidates * ((values * draws) / dense + (count * DRAWN * draws) / plain);
}

function learnerSeconds(data: HeldOut, { dense, plain }: Rates): number {
  const { dimension, group } = data.all;
  const { train, validation, test } = data;
  const order = group.order();
  const moved = order <= BigInt(mostElements) ? Number(order) : 1;
  const regressions = new Set([moved, 1]);
  const kernels = [...regressions].reduce((sum, size) => sum + regressionWork(data, dimension, size), 0);
  const functions = functionCount(dimension, order);
  const largest = Math.max(
    functions,
    Math.min(mostFunctions, functionCount(productCount(dimension, 2), order)),
  );
  const size = Math.min(largest, train);
  const lowDegree = (largest * size * train) / dense + ridgeWork(size) / plain;
  const pairs = train * (validation + test);
  return kernels / plain + lowDegree + (pairs * dimension) / dense + (pairs * COMPARED) / plain;
}
