/** The report's part on which graphs a network gets right. */

import { paragraph, sentences, table, type Block } from "../../report/page.ts";
import { hiddenSetText } from "../hidden-set-text.ts";
import type { GraphAccuracy } from "./study.ts";

export function graphAccuracyText(all: readonly GraphAccuracy[]): string {
  const told = all.flatMap((found) =>
    found.labellings.map(
      (l) =>
        `${hiddenSetText(found)}, ${l.labels}: ${l.correlation.toFixed(2)} (permuted ${l.permuted.toFixed(2)})`,
    ),
  );
  return sentences(
    "Does the distance of the classes say which graphs a trained network gets right? For each graph the share of",
    "trainings that label it rightly, against the ratio of its distances to the other class and to its own.",
    `Correlation with the logarithm of the ratio: ${told.join("; ")}.`,
    "Graphs whose degrees occur twice in the sample are left out.",
    "After Fesser and Weber 2025, who explain accuracies on data sets by this ratio; the graphs are ours.",
  );
}

export const graphAccuracyBlocks = (all: readonly GraphAccuracy[]): Block[] => [
  paragraph(graphAccuracyText(all)),
  table(
    ["hidden set", "labels", "accuracy", "trainings", "accuracy by quarters of the ratio (mean ratio)"],
    all.flatMap((found) =>
      found.labellings.map((l) => [
        hiddenSetText(found),
        l.labels,
        l.accuracy.toFixed(3),
        `${found.trainings}`,
        l.quarters.map((q) => `${q.accuracy.toFixed(3)} (${q.ratio.toFixed(2)})`).join(", "),
      ]),
    ),
  ),
];
