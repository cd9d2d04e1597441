/** Hard against easy per size, as a table of text: the report's first one, and what the command prints. */

import { shownBelow } from "../../numeric/rounding.ts";
import { mean, median } from "../../base/statistics.ts";
import type { Table } from "../../report/page.ts";
import { groupedBySet, type Digest, type Run } from "./digest.ts";
import { tally } from "./sentences.ts";

/** The values, or their median and range where they are many. */
function each(values: readonly number[], digits: number): string {
  const text = (x: number): string => x.toFixed(digits);
  if (values.length === 0) return "-";
  if (values.length <= 5) return values.map(text).join(" ");
  return `${text(median(values))} (${text(Math.min(...values))} to ${text(Math.max(...values))}, ${values.length})`;
}

/** Every accuracy where they are few, else what became of the runs; and the majority's, over the sets. */
const accuracies = (runs: readonly Run[]): string[] => [
  runs.length <= 5
    ? each(
        runs.map((r) => r.accuracy),
        3,
      )
    : tally(runs),
  each(
    groupedBySet(runs).map(([r]) => r.baseline),
    3,
  ),
];

const head = [
  "n",
  "mu(S)",
  "hard: accuracy",
  "majority",
  "easy: accuracy",
  "majority",
  "d_eff",
  "F2 elimination",
];

export function summary(digest: Digest): Table {
  const runs = digest.runs.filter((r) => r.role === "main");
  const sizes = [...new Set([...runs, ...digest.certificates].map((r) => r.n))].sort((a, b) => a - b);
  const rows = sizes.map((n) => {
    const [hard, easy] = [false, true].map((twin) => runs.filter((r) => r.n === n && r.easy === twin));
    const mus = groupedBySet(hard).map(([r]) => r.mu);
    const certificate = digest.certificates.find((c) => c.n === n);
    const escapes = digest.escapes.filter(
      (e) => e.n === n && e.noise === 0 && e.learner === "f2-elimination",
    );
    return [
      String(n),
      each(mus, 2),
      ...accuracies(hard),
      ...accuracies(easy),
      certificate === undefined ? "-" : shownBelow(certificate.dimension, 4),
      escapes.length === 0 ? "-" : mean(escapes.map((e) => e.accuracy ?? 0)).toFixed(4),
    ];
  });
  return { head, rows };
}
