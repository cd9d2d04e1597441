/** Trainings of one hidden set on graphs of many densities and on those of one, all judged on the latter. */

import * as z from "zod/mini";
import { foldIn, keyFor } from "../../base/random.ts";
import { integer, parseWith } from "../../base/schema.ts";
import { degreesOf, erdosRenyi, largestDegree } from "../../distribution/erdos-renyi.ts";
import type { Law } from "../../distribution/law.ts";
import { mixedDensity } from "../../distribution/mixed-density.ts";
import { drawInstance } from "../../family/draw.ts";
import { gnnDegreeParity } from "../../family/gnn-degree-parity/index.ts";
import { trainByGradient } from "../../learner/gradient-descent.ts";
import { factorise, solveFactorised } from "../../numeric/cholesky.ts";
import type { Recipe } from "../../run/catalogue.ts";
import { seedsOf } from "../study.ts";
import type { ShiftedSet } from "./study.ts";

const schema = z.strictObject({
  n: integer(3, 100),
  degrees: z.array(integer(0, 99)),
  steps: integer(0, 1_000_000),
  width: integer(1, 4096),
  batch: integer(1, 65_536),
  /** Probability of p = 1/2 in the mixture. */
  atHalf: z.number().check(z.gte(0), z.lte(1)),
  seeds: integer(1, 1000),
});
type Spec = z.output<typeof schema>;

const edges = "undirected";

export const distributionShift: Recipe = async (given, { signal, onProgress }) => {
  const spec = parseWith(schema, given, "distribution shift");
  const { n, degrees, steps, width, batch, atHalf } = spec;
  const laws = { mixture: mixedDensity({ n, edges }, atHalf), "p = 1/2": erdosRenyi({ n, edges, p: 0.5 }) };
  const seeds = seedsOf(spec.seeds);
  const runs: ShiftedSet["runs"] = [];
  for (const labels of ["degree parity", "easy twin"] as const)
    for (const trainedOn of ["mixture", "p = 1/2"] as const) {
      const finals: Awaited<ReturnType<typeof trained>>[] = [];
      for (const seed of seeds) {
        onProgress?.(`${labels} on ${trainedOn}`, (runs.length + seed / spec.seeds) / 4);
        finals.push(await trained(spec, laws[trainedOn], labels === "easy twin", seed, signal));
      }
      runs.push({
        labels,
        trainedOn,
        accuracies: finals.map((f) => f.accuracy),
        standardErrors: finals.map((f) => f.standardError),
        baseline: finals[0].baselineAccuracy ?? 1 / 2,
      });
    }
  const linear = [0.05, 0.15, 0.25, 0.5, 0.75, 0.85, 0.95].map((p) => ({ p, share: linearShare(spec, p) }));
  return { n, degrees, steps, width, batch, runs, linear } satisfies ShiftedSet;
};

/** What a training on the law's graphs has come to at p = 1/2, the instance's own law. */
async function trained(spec: Spec, law: Law, easy: boolean, seed: number, signal: AbortSignal | undefined) {
  const { n, degrees, steps, width, batch } = spec;
  const instance = drawInstance(gnnDegreeParity, gnnDegreeParity.parse({ n, degrees }), seed);
  const { label } = easy ? instance.easy : instance.hard;
  const key = foldIn(instance.key, "shifted");
  const { result } = await trainByGradient({
    family: gnnDegreeParity,
    instance,
    easy,
    seed,
    options: { steps, batch, width, lr: 3e-3, stopAt: 0.9 },
    phase: {
      before: 0,
      batches: {
        fixed: null,
        at(step) {
          const samples = law.sample(foldIn(key, step), batch);
          return { samples, labels: label(samples) };
        },
      },
    },
    ...(signal === undefined ? {} : { signal }),
  });
  signal?.throwIfAborted(); // half a training is no outcome
  return result.final;
}

/** As many that a function fitted to noise has less than a thousandth of the variance. */
const fitted = 20_000;

/**
 * Share of the variance of chi_S at density p that the best linear function of the counts of degrees has: what a
 * gradient sees there of the parity before anything else is learned.
 */
function linearShare({ n, degrees }: Spec, p: number): number {
  const { params, law, hard } = drawInstance(gnnDegreeParity, gnnDegreeParity.parse({ n, degrees, p }), 0);
  const samples = law.sample(keyFor("linear share", params.json), fitted);
  const size = largestDegree(params.values) + 1;
  const of = degreesOf(samples);
  const labels = hard.label(samples);
  // the counts add up to n, so that a constant is among their linear functions
  const [gram, cross, counts] = [
    new Float64Array(size * size),
    new Float64Array(size),
    new Float64Array(size),
  ];
  let sum = 0;
  for (let g = 0; g < fitted; g++) {
    counts.fill(0);
    for (let i = 0; i < n; i++) counts[of[g * n + i]]++;
    for (let a = 0; a < size; a++) {
      cross[a] += counts[a] * labels[g];
      for (let b = 0; b <= a; b++) gram[a * size + b] += counts[a] * counts[b];
    }
    sum += labels[g];
  }
  const right = Float64Array.from(cross);
  // degrees that no graph has leave a row of zeros
  for (let a = 0; a < size; a++) gram[a * size + a] += 1e-6;
  if (!factorise(gram, size)) throw new Error("the counts' Gram matrix is not positive definite");
  solveFactorised(gram, size, cross);
  const explained = cross.reduce((total, c, a) => total + c * right[a], 0) / fitted;
  const mean = sum / fitted;
  return (explained - mean ** 2) / (1 - mean ** 2);
}
