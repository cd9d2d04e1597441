/** Fitting the threshold network to labelled graphs: a mixed-integer program for HiGHS (Huangfu and Hall 2018). */

import type { Highs } from "highs";
import { lazy } from "../base/lazy.ts";
import { missing } from "../base/optional.ts";
import { aggregate, type DataSet, type ThresholdGnn, type ThresholdUnit } from "./threshold-gnn.ts";

export interface FitOptions {
  /** Weights are integers from `low` to `high`, every unit's bias is `bias`. */
  readonly range: { readonly low: number; readonly high: number; readonly bias: number };
  /** Seconds given to the solver. */
  readonly timeLimit: number;
}

export type Fit =
  | { readonly outcome: "fitted"; readonly network: ThresholdGnn }
  | { readonly outcome: "infeasible" }
  | { readonly outcome: "time limit" };

/**
 * The program, in CPLEX's LP format. Variables: the weights a_s(i), and for every graph j labelled 0 and unit s a
 * binary r_s(j), "unit s rejects graph j". Constraints, with z_j the vector collected at graph j's node 0:
 *
 *     a_s . z_j + b >= 1                                      label 1, both s
 *     a_s . z_j + b <= -1 + (1 + top_j)(1 - r_s(j))           label 0, both s
 *     r_0(j) + r_1(j) >= 1                                    label 0
 *
 * top_j, the largest value of the left side, makes the second line void unless r_s(j) = 1. The units are
 * interchangeable, so r_0 = 1 is set for the first graph labelled 0.
 */
export function program({ features, graphs }: DataSet, { low, high, bias }: FitOptions["range"]): string {
  const rows: string[] = [];
  const rejections: string[] = [];
  graphs.forEach((graph, j) => {
    const z = [...aggregate(graph)];
    const sum = (s: number): string => z.map(([i, count]) => `${count} a${s}_${i}`).join(" + ");
    if (graph.label === 1) {
      if (z.length > 0) for (const s of [0, 1]) rows.push(`${sum(s)} >= ${1 - bias}`);
      else if (bias < 1)
        throw new RangeError("a graph without features and label 1 wants a bias of 1 or more");
      return;
    }
    const top = z.reduce((most, [, count]) => most + count * Math.max(low, high), bias);
    const names = [0, 1].map((s) => `r${s}_${j}`);
    const sums = z.length > 0 ? [0, 1].map((s) => `${sum(s)} + `) : ["", ""];
    names.forEach((r, s) => rows.push(`${sums[s]}${1 + top} ${r} <= ${top - bias}`));
    rows.push(`${names.join(" + ")} >= 1`);
    if (rejections.length === 0) rows.push(`${names[0]} >= 1`);
    rejections.push(...names);
  });
  const weights = [0, 1].flatMap((s) => Array.from({ length: features }, (_, i) => `a${s}_${i}`));
  return [
    "Minimize",
    ` objective: 0 ${weights[0]}`,
    "Subject To",
    ...rows.map((r, i) => ` c${i}: ${r}`),
    "Bounds",
    ...weights.map((w) => ` ${low} <= ${w} <= ${high}`),
    "Generals",
    ...weights.map((w) => ` ${w}`),
    "Binaries",
    ...rejections.map((r) => ` ${r}`),
    "End",
    "",
  ].join("\n");
}

/** HiGHS, compiled at the first use; every solve has a native instance of its own. */
const solver = lazy(async () => {
  const highs: { default: unknown } = await import("highs").catch(missing("highs"));
  // an ES module at run time, whose types are read as those of a CommonJS one
  const load = highs.default as () => Promise<Highs>;
  return load();
});

/**
 * Integer weights within the range that label every graph correctly, found or refuted by branch and bound. The solver
 * computes in floating point on small integers: what it finds is rounded and must be checked exactly by the caller;
 * "infeasible" is its word.
 */
export async function fitThresholdGnn(data: DataSet, { range, timeLimit }: FitOptions): Promise<Fit> {
  const highs = await solver();
  const solution = highs.solve(program(data, range), { output_flag: false, time_limit: timeLimit });
  if (solution.Status === "Infeasible") return { outcome: "infeasible" };
  if (solution.Status === "Time limit reached") return { outcome: "time limit" };
  if (solution.Status !== "Optimal") throw new Error(`HiGHS ended with status "${solution.Status}"`);
  const columns = solution.Columns as Readonly<Record<string, { readonly Primal: number }>>;
  const unit = (s: number): ThresholdUnit => ({
    weights: Array.from({ length: data.features }, (_, i) => Math.round(columns[`a${s}_${i}`].Primal) + 0),
    bias: range.bias,
  });
  return { outcome: "fitted", network: { units: [unit(0), unit(1)] } };
}
