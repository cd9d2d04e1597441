/** What the report shows of every family beside the main one: certificates over sizes, recipes, transition maps. */

import type { Params } from "../family/family.ts";
import { families, familyById } from "../family/registry.ts";
import type { Task } from "./task.ts";
import { transitionGrids, type TransitionPlan } from "./transition.ts";

/** A row of the certificate table. */
interface Certified {
  readonly family: string;
  readonly params: Params;
}

const over = <T extends object>(family: string, list: readonly T[]): Certified[] =>
  list.map((params) => ({ family, params: params as unknown as Params }));

/** From toy sizes to beyond enumeration; each takes well below a second. */
export const certifiedSizes: readonly Certified[] = [
  ...over("gnn-degree-parity", [{ n: 6 }, { n: 10 }, { n: 100, edges: "directed" }, { n: 10_000, edges: "directed" }]), // prettier-ignore
  ...over("invariant-polynomial", [
    { variables: 20, degree: 2 },
    { variables: 20, degree: 3 },
    { variables: 100, degree: 4 },
    { variables: 1000, degree: 10, invariants: "power-spectrum" },
  ]),
];

export const certificateTasks = (): Task[] =>
  certifiedSizes.map(({ family, params }) => ({
    kind: "certify",
    family,
    params: familyById(family).parse(params),
    tau: 1 / 16,
    rho: 1 / 2,
  }));

/** Recipes with their parameters; each stays within a few seconds. */
export const recipeTasks: readonly Task[] = [
  {
    kind: "recipe",
    family: "gnn-degree-parity",
    recipe: "sample-curve",
    params: {
      family: "gnn-degree-parity",
      params: { n: 12 },
      learner: "f2-elimination",
      samples: [5, 10, 20, 40, 80, 160, 320],
      seeds: 5,
    },
  },
];

/** The maps of a scale: none in the quick one, where the matrix stands for them. */
export const transitionPlan = (scale: "quick" | "laptop" | "paper"): TransitionPlan => ({
  grids: scale === "quick" ? [] : transitionGrids.filter((g) => families.some((f) => f.id === g.family)),
  seeds: scale === "paper" ? 5 : 1,
});
