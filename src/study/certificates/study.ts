/** What the report shows of every family beside the main one: certificates over sizes, recipes, transition maps. */

import type { Catalogue } from "../../run/catalogue.ts";
import { builtIn } from "../registry.ts";
import type { JsonObject } from "../../base/checked.ts";
import type { Scale } from "../scale.ts";
import { certificateTask, type Task } from "../../run/task.ts";
import { transitionGrids, type TransitionPlan } from "../transition/study.ts";

/** The certificate table: the sizes that families choose for themselves. */
export const certificateTasks = ({ families }: Catalogue): Task[] =>
  families.flatMap((family) =>
    (family.settings?.certified ?? []).map((params) => certificateTask(family, params)),
  );

const recipe = (name: string, family: string, params: JsonObject): Task => ({
  kind: "recipe",
  family,
  recipe: name,
  params,
});
const curve = (learner: string, family: string, params: JsonObject, samples: readonly number[]): Task =>
  recipe("sample-curve", family, { family, params, learner, samples, seeds: 5 });

const shortRecipes: readonly Task[] = [
  curve("f2-elimination", "gnn-degree-parity", { n: 12 }, [5, 10, 20, 40, 80, 160, 320, 1280]),
  curve(
    "label-squared-pca",
    "gnn-hidden-plane",
    { n: 1, d: 32, k: 6 },
    [300, 1000, 3000, 10_000, 30_000, 100_000],
  ),
  recipe("play", "gnn-degree-parity", {
    family: "gnn-degree-parity",
    params: { n: 8 },
    seed: 0,
    tau: 0.5,
    queries: 120,
  }),
  recipe("planes", "gnn-hidden-plane", {
    seed: 0,
    dimensions: [16, 32, 64, 128, 256, 512, 1024],
    degrees: [2, 4, 6],
    planes: 200,
    lists: [
      { d: 6, k: 2 },
      { d: 4, k: 4 },
      { d: 5, k: 4 },
      { d: 6, k: 4 },
    ],
    counts: [20, 50, 100, 200, 400, 800, 1600],
    heat: { d: 8, k: 4, count: 28 },
  }),
  recipe("frames", "frame-parity", {
    seed: 0,
    paritySizes: [32, 64, 128, 256, 512, 1024],
    degrees: [4, 6],
    planeSizes: [16, 32, 64, 128],
    planeDegrees: [2, 4],
    planes: 14,
    groups: [
      "trivial:32",
      "cyclic:2xtrivial:16",
      "cyclic:4xtrivial:8",
      "cyclic:8xtrivial:4",
      "cyclic:32",
      "dihedral:32",
    ],
    groupDegree: 4,
  }),
  recipe("invariant-dimensions", "invariant-polynomial", {
    degrees: [2, 3, 4],
    variables: [8, 16, 32, 64, 128, 256, 512, 1024],
  }),
];

/** What Growing-Basis needs, and how long it takes, as the number of variables grows. */
const variablesNeed = (invariants: string, degree: number, least: number): Task =>
  recipe("sample-need", "invariant-polynomial", {
    family: "invariant-polynomial",
    params: { invariants, degree, terms: 3 },
    learner: "growing-basis",
    parameter: "variables",
    values: [20, 50, 100, 200, 500],
    least,
    most: 200_000,
    seeds: 4,
  });

const longRecipes: readonly Task[] = [
  curve(
    "growing-basis",
    "invariant-polynomial",
    { invariants: "legendre", degree: 3 },
    [1000, 3000, 10_000, 30_000],
  ),
  recipe("sample-need", "gnn-hidden-plane", {
    family: "gnn-hidden-plane",
    params: { n: 1, k: 4 },
    learner: "label-squared-pca",
    parameter: "d",
    values: [8, 16, 32, 64],
    overlap: 0.95,
    least: 100,
    most: 200_000,
    seeds: 8,
  }),
  variablesNeed("legendre", 2, 20),
  recipe("play", "frame-parity", {
    family: "frame-parity",
    params: { group: "cyclic:20", k: 6 },
    seed: 0,
    tau: 0.25,
    queries: 300,
  }),
  recipe("reduction-times", "gnn-degree-parity", {
    vertices: [8, 12, 16, 20],
    densities: [1.5, 1.8, 2.1],
    instances: 4,
    timeLimit: 20,
    seed: 0,
  }),
];

/** Growing-Basis at the largest degree, up to 10^7 examples. */
const largestSamples = curve(
  "growing-basis",
  "invariant-polynomial",
  { invariants: "hermite", degree: 6 },
  [100_000, 316_000, 1_000_000, 3_160_000, 10_000_000],
);

/** What Growing-Basis needs as the terms' degree grows. */
const degreeNeed = (values: readonly number[], most: number, seeds: number): Task =>
  recipe("sample-need", "invariant-polynomial", {
    family: "invariant-polynomial",
    params: { invariants: "hermite", variables: 20, terms: 3 },
    learner: "growing-basis",
    parameter: "degree",
    values,
    least: 610,
    most,
    seeds,
    against: "value",
  });

/** The recipes of a scale; each of the quick one's stays within a few seconds. */
export const recipeTasks = (scale: Scale): readonly Task[] =>
  ({
    quick: shortRecipes,
    laptop: [
      ...shortRecipes,
      ...longRecipes,
      variablesNeed("hermite", 2, 610),
      degreeNeed([2, 3, 4, 5], 400_000, 4),
    ],
    paper: [
      ...shortRecipes,
      ...longRecipes,
      variablesNeed("hermite", 2, 610),
      variablesNeed("hermite", 3, 610),
      degreeNeed([2, 3, 4, 5, 6], 10_000_000, 8),
      largestSamples,
    ],
  })[scale];

/** Seeds of the comparison of losses. */
export const lossSeeds = (scale: Scale): number => ({ quick: 0, laptop: 3, paper: 10 })[scale];

/** The maps of a scale: none in the quick one, where the matrix stands for them. */
export const transitionPlan = (scale: Scale, catalogue: Catalogue = builtIn): TransitionPlan => ({
  grids: scale === "quick" ? [] : transitionGrids(catalogue),
  seeds: scale === "paper" ? 5 : 1,
});
